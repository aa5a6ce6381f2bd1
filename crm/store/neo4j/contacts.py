"""Exchanges folded by the organisations and people that they involve."""

from collections.abc import Collection, Iterator
from datetime import date

from crm.store.neo4j.query import BATCH, Row, Runner, batches, day
from graph_schema.exchanges import REFRESHING, Direction, Involves
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import Contact

_INVOLVES = SCHEMA.links[Involves.TYPE].relation

_FOLD = f"""
WITH n, e, {day("e.on")} AS met
WHERE met <= $on
WITH n,
     max(CASE WHEN e.direction IN $theirs THEN met END) AS received,
     max(CASE WHEN e.direction = $ours THEN met END) AS sent,
     count(DISTINCT CASE WHEN met >= $since THEN e END) AS count
WITH collect([n.id, received, sent, count]) AS folded
UNWIND range(0, size(folded), $many) AS first
RETURN folded[first..first + $many]
"""
_ALL = f"MATCH (e:Exchange:Record)-[r:{_INVOLVES}]->(n:Record) WHERE r.id IS NOT NULL {_FOLD}"
_THEIRS = (
    f"UNWIND $ids AS id MATCH (e:Exchange:Record)-[r:{_INVOLVES}]->(n:Record {{id: id}}) WHERE r.id IS NOT NULL {_FOLD}"
)


class ContactReading(Runner):
    """See ``ReadTransaction``."""

    def contacts(self, since: date, on: date, ids: Collection[str] | None = None) -> Iterator[tuple[str, Contact]]:
        """The exchanges of each organisation and person, folded."""
        days = {
            "since": since.isoformat(), "on": on.isoformat(), "ours": Direction.FROM_US.value, "theirs": [*REFRESHING],
            "many": BATCH,
        }  # fmt: skip
        if ids is None:
            yield from _contacts(self.run(_ALL, **days))
            return
        for batch in batches(set(ids)):
            yield from _contacts(self.run(_THEIRS, ids=batch, **days))


def _contacts(rows: Iterator[Row]) -> Iterator[tuple[str, Contact]]:
    for (folded,) in rows:
        for id, received, sent, count in folded:
            yield id, Contact(received and date.fromisoformat(received), sent and date.fromisoformat(sent), count)
