"""What other people keep in the same database: counted, and otherwise left alone."""

from crm.store.neo4j import codec
from crm.store.neo4j.query import Runner, relations
from crm.store.protocol import Strangers
from graph_schema.registry import SCHEMA

_NODES = "MATCH (n) WHERE NOT (n:Record OR n:Store OR n:Commit OR n:Change) RETURN count(n)"
_RELATIONSHIPS = "MATCH ()-[r]->() RETURN count(r)"
_OURS = f"MATCH (:Record)-[r{relations(None)}]->(:Record) WHERE r.id IS NOT NULL"
_LABELS = "MATCH (n:Record) RETURN sum(size([label IN labels(n) WHERE NOT label IN $ours]))"
_PROPERTIES = "MATCH (n:{type}:Record) RETURN sum(size([name IN keys(n) WHERE NOT name IN $ours]))"
_OF_LINKS = "MATCH (:Record)-[r:{type}]->(:Record) WHERE r.id IS NOT NULL RETURN {sum}"
_SUM = "sum(size([name IN keys(r) WHERE NOT name IN $ours]))"


class StrangerReading(Runner):
    """See ``ReadTransaction``."""

    def strangers(self) -> Strangers:
        """How much of what the database holds is other people's (a look at every record)."""
        (ours,) = self.one(f"{_OURS} RETURN count(r)")
        return Strangers(
            nodes=int(self.one(_NODES)[0]),
            links=int(self.one(_RELATIONSHIPS)[0]) - int(ours),
            labels=int(self.one(_LABELS, ours=[codec.RECORD, *codec.OUR_LABELS])[0]),
            properties=sum(map(self._of_nodes, SCHEMA.nodes)) + sum(map(self._of_links, SCHEMA.links)),
        )

    def _of_nodes(self, type: str) -> int:
        declared = [*SCHEMA.nodes[type].fields, *codec.RESERVED_PROPERTIES]
        return int(self.one(_PROPERTIES.format(type=SCHEMA.nodes[type].name), ours=declared)[0])

    def _of_links(self, type: str) -> int:
        declared = [*SCHEMA.links[type].fields, *codec.RESERVED_PROPERTIES]
        return int(self.one(_OF_LINKS.format(type=SCHEMA.links[type].relation, sum=_SUM), ours=declared)[0])
