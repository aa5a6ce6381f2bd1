"""Reading the graph: links at a date, neighbourhoods, and exchanges folded by those whom they involve."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from crm.store.protocol import Neighbourhood
from crm.store.sqlite.body import array
from crm.store.sqlite.names import links_kept
from crm.store.sqlite.records import LINK, NODE, Records, link, node
from graph_schema.exchanges import REFRESHING, Direction
from graph_schema.records import LinkRecord
from graph_schema.snapshot import Contact

_REFRESHING = ", ".join(f"'{direction}'" for direction in REFRESHING)
_CONTACTS = f"""
SELECT (SELECT id FROM node WHERE pk = l.target),
       max(CASE WHEN l.direction IN ({_REFRESHING}) THEN l.day END),
       max(CASE WHEN l.direction = '{Direction.FROM_US.value}' THEN l.day END),
       count(DISTINCT CASE WHEN l.day >= :since THEN l.source END)
FROM link AS l INDEXED BY by_target
WHERE l.type = 'Involves' AND l.day <= :on"""
_DATE = date.fromisoformat


class Graph(Records):
    """The part of a transaction that follows links."""

    def links_of(
        self, ids: Collection[str], types: Collection[str] | None = None, on: date | None = None
    ) -> list[LinkRecord]:
        """The links at either end of these nodes, each once, by id; with ``on``, only those valid on that day."""
        kept = links_kept(types, on)
        rows = self._db.execute(
            f"""WITH wanted (pk) AS MATERIALIZED (SELECT pk FROM node WHERE id IN (SELECT value FROM json_each(:ids)))
            {LINK} WHERE l.pk IN (
                SELECT l.pk FROM wanted AS w CROSS JOIN link AS l ON l.source = w.pk{kept}
                UNION SELECT l.pk FROM wanted AS w CROSS JOIN link AS l ON l.target = w.pk{kept}
            ) ORDER BY l.id""",
            {"ids": array(ids), "on": _day(on)},
        )
        return [link(row) for row in rows]

    def neighbourhood(
        self,
        ids: Collection[str],
        depth: int,
        types: Collection[str] | None = None,
        on: date | None = None,
        limit: int = 300,
    ) -> Neighbourhood:
        """What is at most ``depth`` links away, nearest first, at most ``limit`` nodes (the start included)."""
        kept, day = links_kept(types, on), _day(on)
        found = self._db.execute("SELECT id, pk FROM node WHERE id IN (SELECT value FROM json_each(?))", (array(ids),))
        layer = sorted(found)
        shown: dict[int, str] = {}
        inner: list[int] = []
        left: set[int] = set()
        for distance in range(depth + 1):
            left = {pk for _, pk in layer[limit - len(shown) :]}
            taken = {pk: id for id, pk in layer[: limit - len(shown)]}
            shown |= taken
            if distance == depth or left or not taken:
                break
            inner += taken
            layer = sorted({(id, pk) for _, id, pk in self._neighbours(taken, kept, day) if pk not in shown})
        if distance < depth:
            inner = list(shown)
        hidden = self._hidden(shown, set(inner), left, kept, day) if left else {}
        records = {row[0]: node(row[1:]) for row in self._by_pk(NODE.replace("SELECT", "SELECT n.pk,"), "n.pk", shown)}
        # The plus keeps SQLite from seeking each pair of nodes in the index: it reads the links of each, and looks.
        rows = self._db.execute(
            f"""WITH shown (pk) AS MATERIALIZED (SELECT value FROM json_each(:shown))
            {LINK} WHERE l.source IN (SELECT pk FROM shown) AND +l.target IN (SELECT pk FROM shown){kept}
            ORDER BY l.id""",
            {"shown": array(shown), "on": day},
        )
        return Neighbourhood([records[pk] for pk in shown], [link(row) for row in rows], hidden)

    def contacts(self, since: date, on: date, ids: Collection[str] | None = None) -> Iterator[tuple[str, Contact]]:
        """Exchanges up to the day ``on``, folded by organisation and person that they involve."""
        wanted = ""
        if ids is not None:
            wanted = " AND l.target IN (SELECT pk FROM node WHERE id IN (SELECT value FROM json_each(:ids)))"
        rows = self._db.execute(
            f"{_CONTACTS}{wanted} GROUP BY l.target",
            {"since": since.isoformat(), "on": on.isoformat(), "ids": array(ids or ())},
        )
        for id, received, sent, count in rows:
            yield id, Contact(received and _DATE(received), sent and _DATE(sent), count)

    def _neighbours(self, of: Iterable[int], kept: str, day: str | None) -> list[tuple[int, str, int]]:
        """Pairs « node of ``of``, neighbour » as (pk, neighbour's id, neighbour's pk), each once."""
        rows = self._db.execute(
            f"""WITH wanted (pk) AS MATERIALIZED (SELECT value FROM json_each(:of)), pair (a, b) AS (
                SELECT l.source, l.target FROM wanted AS w CROSS JOIN link AS l ON l.source = w.pk{kept}
                UNION SELECT l.target, l.source FROM wanted AS w CROSS JOIN link AS l ON l.target = w.pk{kept}
            ) SELECT p.a, n.id, p.b FROM pair AS p CROSS JOIN node AS n ON n.pk = p.b""",
            {"of": array(of), "on": day},
        )
        return rows.fetchall()

    def _hidden(
        self, shown: dict[int, str], inner: set[int], left: set[int], kept: str, day: str | None
    ) -> dict[str, int]:
        """By shown node, its neighbours left out: any of an inner node; of an outer one, those of the cut layer."""
        hidden: dict[str, int] = {}
        for pk, _, neighbour in self._neighbours(shown, kept, day):
            if neighbour not in shown and (pk in inner or neighbour in left):
                hidden[shown[pk]] = hidden.get(shown[pk], 0) + 1
        return hidden

    def _by_pk(self, select: str, column: str, pks: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        return self._db.execute(f"{select} WHERE {column} IN (SELECT value FROM json_each(?))", (array(pks),))


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
