"""Reading links: by id, at the ends of nodes, in light rows."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from heapq import merge

from crm.store.journal import canonical
from crm.store.neo4j import codec
from crm.store.neo4j.query import VALID, Runner, batches, columns, relations
from crm.store.protocol import RecordText
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA

# An id says nothing of its link's type, and Neo4j indexes ids type by type: one seek in each.
BY_ID = " UNION ALL ".join(f"MATCH ()-[r:{link.relation} {{id: id}}]->() RETURN r" for link in SCHEMA.links.values())


def _text(record: NodeRecord | LinkRecord) -> RecordText:
    source, target = (record.source, record.target) if isinstance(record, LinkRecord) else (None, None)
    return RecordText(record.id, record.type, source, target, record.revision, canonical(record.values))


class LinkReading(Runner):
    """See ``ReadTransaction``."""

    def get_links(self, ids: Iterable[str]) -> dict[str, LinkRecord]:
        """The links with these ids, by id."""
        found: dict[str, LinkRecord] = {}
        for batch in batches(set(ids)):
            rows = self.together(f"UNWIND $ids AS id CALL (id) {{ {BY_ID} }}", codec.LINK, ids=batch)
            for record in codec.link_records(rows):
                found[record.id] = record
        return found

    def link_rows(self, type: str, fields: Sequence[str] = ()) -> Iterator[tuple[object, ...]]:
        """Every link of a type as its id, its ends and the values of these fields, streamed."""
        link = SCHEMA.links[type]
        others = columns("r", link.fields, fields)
        return self.run(
            f"MATCH (a:Record)-[r:{link.relation}]->(b:Record) WHERE r.id IS NOT NULL RETURN r.id, a.id, b.id{others}"
        )

    def links_of(
        self, ids: Collection[str], types: Collection[str] | None = None, on: date | None = None
    ) -> list[LinkRecord]:
        """The links at either end of these nodes, each once, by id."""
        match = f"UNWIND $ids AS id MATCH (:Record {{id: id}})-[r{relations(types)}]-() WHERE {VALID} WITH DISTINCT r"
        found: dict[str, LinkRecord] = {}
        for batch in batches(set(ids)):
            rows = self.together(match, codec.LINK, ids=batch, on=on and on.isoformat())
            for record in codec.link_records(rows):
                found[record.id] = record
        return [found[id] for id in sorted(found)]

    def record_texts(self) -> Iterator[RecordText]:
        """Every node and link as it is kept, streamed in order of ids: one stream for each index, merged."""
        nodes = self.run(f"MATCH (n:Record) WHERE n.id >= '' RETURN {codec.NODE} ORDER BY n.id")
        streams: list[Iterator[NodeRecord | LinkRecord]] = [codec.node_records(nodes, exact=True)]
        for link in SCHEMA.links.values():
            match = f"MATCH (:Record)-[r:{link.relation}]->(:Record) WHERE r.id >= ''"
            streams.append(codec.link_records(self.run(f"{match} RETURN {codec.LINK} ORDER BY r.id"), exact=True))
        return map(_text, merge(*streams, key=lambda record: record.id))

    def records(self) -> Iterator[NodeRecord | LinkRecord]:
        """Every node and link, streamed, values of another type than ours as what they are."""
        yield from codec.node_records(self.run(f"MATCH (n:Record) RETURN {codec.NODE}"), exact=True)
        match = f"MATCH (:Record)-[r{relations(None)}]->(:Record) WHERE r.id IS NOT NULL"
        yield from codec.link_records(self.run(f"{match} RETURN {codec.LINK}"), exact=True)
