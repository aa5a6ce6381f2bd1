"""Full-text search: a bounded number of candidates of each type, ranked."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from crm.store.searching import Asked, Searching
from crm.store.sqlite.body import array
from crm.store.sqlite.records import NODE, Records, node
from crm.store.sqlite.schema import value_of
from graph_schema.records import NodeRecord, Values
from graph_schema.registry import SCHEMA, NodeType
from graph_schema.search_words import may_be_misspelt, near

CANDIDATES = 500
"""How many matches of a type are ranked, as many as on the other store: one letter answers as fast as a name."""

_SEARCHED = sum(bool(type.fields_with("search")) for type in SCHEMA.nodes.values())
_DAYS = " ".join(
    f"WHEN '{type.name}' THEN {value_of(type.dated)}" for type in SCHEMA.nodes.values() if type.dated is not None
)
_MATCHING = f"""
SELECT s.rowid, n.id, n.type, s.text, n.caption, CASE n.type {_DAYS} END
FROM search AS s CROSS JOIN node AS n ON n.pk = s.rowid
WHERE s.search MATCH ? ORDER BY s.rowid LIMIT ?
"""


class _Match(NamedTuple):
    pk: int
    id: str
    type: str
    text: str
    caption: str
    day: str | None


def type_token(type: str) -> str:
    """The word that stands for a node type in the index; ``fold`` never makes one with this sign."""
    return f"_{SCHEMA.nodes[type].name.lower()}"


def line_of(type: str, values: Values) -> str:
    """The line under which a node is found; empty for one that is not searched."""
    words = SCHEMA.nodes[type].search_text(values)
    return f"{type_token(type)} {words}" if words else ""


class Search(Searching, Records):
    """The part of a transaction that searches texts."""

    def _ranked(
        self, asked: Sequence[Asked], types: Sequence[NodeType], limit: int, each: bool
    ) -> list[list[NodeRecord]]:
        """For each thing asked the best ``limit`` matches of all types, or of ``each``, the best first."""
        return [self._best(one, types, limit, each) for one in asked]

    def _best(self, asked: Asked, types: Sequence[NodeType], limit: int, each: bool) -> list[NodeRecord]:
        many: Counter[str] = Counter()
        order: dict[int, int] = {}
        for match in _best(self._matches(asked, types, limit), asked):
            counted = match.type if each else ""
            if many[counted] < limit:
                many[counted] += 1
                order[match.pk] = len(order)
        rows = self._db.execute(
            f"{NODE.replace('SELECT', 'SELECT n.pk,')} WHERE n.pk IN (SELECT value FROM json_each(?))",
            (array(order),),
        ).fetchall()
        return [node(row[1:]) for row in sorted(rows, key=lambda row: order[row[0]])]

    def _matches(self, asked: Asked, types: Sequence[NodeType], limit: int) -> Collection[_Match]:
        """The candidates: of all types at once where they are few, else so many of each."""
        most = max(limit, CANDIDATES)
        found = self._matching(_every(asked), types, most)
        if len(found) < most:
            return found.values()
        names = " OR ".join(f'"{name}"' for name in asked.names)
        whole = " AND ".join(f'"{word}"' for word in asked.words)
        for type in types:
            begun = found if len(types) == 1 else self._matching(_every(asked), [type], most)
            found |= begun
            if len(begun) >= most:
                found |= self._matching(whole, [type], most) | self._matching(names, [type], most)
        return found.values()

    def _matching(self, expression: str, types: Sequence[NodeType], limit: int) -> dict[int, _Match]:
        among = " OR ".join(type_token(type.name) for type in types)
        asked = f"({expression}) AND ({among})" if len(types) < _SEARCHED else expression
        rows = self._db.execute(_MATCHING, (asked, limit))
        return {row[0]: _Match(*row) for row in rows}


def _every(asked: Asked) -> str:
    """The expression of texts that hold every word, whole, begun or misspelt."""
    return " AND ".join(_word(word, asked.misspelt) for word in asked.words)


def _word(word: str, misspelt: bool) -> str:
    if not misspelt or not may_be_misspelt(word):
        return f'"{word}"*'
    others = " OR ".join(f'"{other}"' for other in dict.fromkeys(near(word)))
    return f'("{word}"* OR {others})'


def _best(found: Collection[_Match], asked: Asked) -> list[_Match]:
    """In the order that the protocol tells, then texts that begin as asked, short texts, by caption and id."""
    words = [f" {word} " for word in asked.words]
    names = [f" {name} " for name in asked.names]

    def worth(match: _Match) -> tuple[bool, int, int, bool, int, int, str, str]:
        text, called = f" {match.text} ", f" {match.caption} "
        newest = -int(match.day.replace("-", "")) if match.day else -99_999_999
        return (
            not any(name in text for name in names), -sum(word in called for word in words),
            -sum(word in text for word in words), not text.startswith(asked.words[0], text.index(" ", 1) + 1),
            newest, match.text.count(" "), match.caption, match.id,
        )  # fmt: skip

    return sorted(found, key=worth)
