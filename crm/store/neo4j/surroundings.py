"""What surrounds some nodes, level by level."""

from collections.abc import Collection
from datetime import date

from crm.store.neo4j import codec
from crm.store.neo4j.nodes import NodeReading
from crm.store.neo4j.query import VALID, Runner, relations
from crm.store.protocol import Neighbourhood
from graph_schema.records import LinkRecord


class SurroundingsReading(NodeReading):
    """See ``ReadTransaction``."""

    def neighbourhood(
        self,
        ids: Collection[str],
        depth: int,
        types: Collection[str] | None = None,
        on: date | None = None,
        limit: int = 300,
    ) -> Neighbourhood:
        """Breadth first, one query a level; within a level nodes are taken by id."""
        around = _Walk(self, types, on)
        starts = sorted(self.get(ids))
        levels = [starts[:limit]]
        shown = list(levels[0])
        while len(levels) <= depth and levels[-1] and len(shown) < limit:
            levels.append(around.next_level(levels[-1], shown, limit - len(shown)))
            shown += levels[-1]
        nodes = self.get(shown)
        return Neighbourhood(
            [nodes[id] for id in shown],
            around.links(shown),
            around.hidden(levels, shown, starts[limit:], depth) if len(shown) == limit else {},
        )


class _Walk:
    """Steps along links of some types that are valid on a day."""

    def __init__(self, runner: Runner, types: Collection[str] | None, on: date | None) -> None:
        self._runner = runner
        self._on = on and on.isoformat()
        kind = relations(types)
        self._beyond = f"MATCH (:Record {{id: id}})-[r{kind}]-(m:Record) WHERE {VALID} AND NOT m.id IN $shown"
        self._near = f"EXISTS {{ MATCH (m)-[r{kind}]-(n:Record) WHERE {VALID} AND n.id IN $inner }}"
        self._between = f"MATCH (:Record {{id: id}})-[r{kind}]->(m:Record) WHERE {VALID} AND m.id IN $shown"

    def next_level(self, level: list[str], shown: list[str], limit: int) -> list[str]:
        """The first neighbours of a level, by id, that are not yet shown."""
        match = f"UNWIND $ids AS id {self._beyond} WITH DISTINCT m.id AS other ORDER BY other LIMIT $limit"
        rows = self._runner.together(match, "other", ids=level, shown=shown, limit=limit, on=self._on)
        return [other for (other,) in rows]

    def links(self, shown: list[str]) -> list[LinkRecord]:
        """The links between shown nodes, by id."""
        rows = self._runner.together(f"UNWIND $shown AS id {self._between}", codec.LINK, shown=shown, on=self._on)
        return sorted(codec.link_records(rows), key=lambda link: link.id)

    def hidden(self, levels: list[list[str]], shown: list[str], starts: list[str], depth: int) -> dict[str, int]:
        """How many neighbours of each shown node are within the depth and not shown.

        Before the last level allowed, all of them; on it, those that were start nodes or are near the level before.
        """
        inner = [id for level in levels[:depth] for id in level]
        text = f"UNWIND $ids AS id {self._beyond} WITH DISTINCT id, m "
        counted = list(self._runner.run(f"{text}RETURN id, count(m)", ids=inner, shown=shown, on=self._on))
        if len(levels) > depth:
            counted += self._runner.run(
                f"{text}WHERE m.id IN $starts OR {self._near} RETURN id, count(m)",
                ids=levels[depth], inner=levels[depth - 1] if depth else [], starts=starts, shown=shown, on=self._on,
            )  # fmt: skip
        return dict(counted)
