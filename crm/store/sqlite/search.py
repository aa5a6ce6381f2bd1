"""Full-text search: a bounded number of candidates of each type, ranked where they are read."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from crm.store.searching import Asked, Searching
from crm.store.sqlite.body import array
from crm.store.sqlite.records import NODE, Records, node
from crm.store.sqlite.schema import value_of
from graph_schema.records import NodeRecord, Values
from graph_schema.registry import SCHEMA
from graph_schema.search_words import may_be_misspelt, near
from graph_schema.types import NodeType

CANDIDATES = 500
"""How many matches of a type are ranked, as many as on the other store: one letter answers as fast as a name."""

_SEARCHED = sum(bool(type.fields_with("search")) for type in SCHEMA.nodes.values())
_DAYS = {type.name: value_of(type.dated) for type in SCHEMA.nodes.values() if type.dated is not None}
_CALLED = "' ' || n.caption || ' '"
_HOLDING = """
SELECT s.rowid, n.type FROM search AS s CROSS JOIN node AS n ON n.pk = s.rowid
WHERE s.search MATCH ? ORDER BY s.rowid LIMIT ?
"""

# Which of hundreds of words one letter away are there at all is asked once, not with each type.
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'search', 'row')"
_SPELT = "SELECT term FROM temp.vocabulary WHERE term IN (SELECT value FROM json_each(?))"

# In the order that the protocol tells, then texts that begin as asked, short texts, by caption and id. The limit of -1
# keeps SQLite from reading a text anew for each of these.
_RANKING = """
SELECT n.pk, n.type FROM (
    SELECT rowid AS pk, ' ' || text || ' ' AS text FROM search
    WHERE rowid IN (SELECT value FROM json_each(:among)) LIMIT -1
) AS s CROSS JOIN node AS n ON n.pk = s.pk
ORDER BY {unnamed}, {captioned}, {whole}, instr(s.text, ' ' || :word0) <> length(n.type) + 3, {dated},
    length(s.text) - length(replace(s.text, ' ', '')), n.caption, n.id
LIMIT :limit
"""


@cache
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
        found = self._candidates(asked, self._every(asked), types, limit)
        for pk, type in self._best_of(asked, found, -1 if each else limit):
            many[type] += 1
            if many[type] <= limit:
                order[pk] = len(order)
        rows = self._db.execute(
            f"{NODE.replace('SELECT', 'SELECT n.pk,')} WHERE n.pk IN (SELECT value FROM json_each(?))",
            (array(order),),
        ).fetchall()
        return [node(row[1:]) for row in sorted(rows, key=lambda row: order[row[0]])]

    def _every(self, asked: Asked) -> str:
        """The expression of texts that hold every word, whole, begun or misspelt."""
        return " AND ".join(self._word(word, asked.misspelt) for word in asked.words)

    def _word(self, word: str, misspelt: bool) -> str:
        if not misspelt or not may_be_misspelt(word):
            return f'"{word}"*'
        self._db.execute(_VOCABULARY)
        others = self._db.execute(_SPELT, (array(dict.fromkeys(near(word))),))
        return " OR ".join([f'("{word}"*', *(f'"{other}"' for (other,) in others)]) + ")"

    def _candidates(self, asked: Asked, every: str, types: Sequence[NodeType], limit: int) -> dict[int, str]:
        """What is ranked, with its type: all that matches where it is little, else so much of each type."""
        most = max(limit, CANDIDATES)
        begun = self._holding(every, types, most)
        if len(begun) < most:
            return begun
        if len(types) == 1:
            names = self._holding(" OR ".join(f'"{name}"' for name in asked.names), types, most)
            whole = self._holding(" AND ".join(f'"{word}"' for word in asked.words), types, most)
            enough = len(asked.words) == 1 and len(whole) >= limit  # a word that merely begins so comes after these
            return names | whole if enough else names | whole | begun
        seen = set(begun.values())
        alone, others = [type for type in types if type.name in seen], [t for t in types if t.name not in seen]
        found = self._candidates(asked, every, others, limit) if others else {}
        for type in alone:
            found |= self._candidates(asked, every, [type], limit)
        return found

    def _holding(self, expression: str, types: Sequence[NodeType], most: int) -> dict[int, str]:
        among = " OR ".join(type_token(type.name) for type in types)
        asked = f"({expression}) AND ({among})" if len(types) < _SEARCHED else expression
        return dict(self._db.execute(_HOLDING, (asked, most)))

    def _best_of(self, asked: Asked, among: Mapping[int, str], limit: int) -> list[tuple[int, str]]:
        """The best of these, with their types."""
        values: dict[str, str | int] = {"among": array(among), "limit": limit}
        values |= {f"word{at}": word for at, word in enumerate(asked.weighed)}
        values |= {f"name{at}": name for at, name in enumerate(asked.names)}
        dated = tuple(sorted(_DAYS.keys() & set(among.values())))
        statement = _ranking(len(asked.weighed), len(asked.names), dated)
        return self._db.execute(statement, values).fetchall() if among else []


@cache
def _ranking(words: int, names: int, dated: Collection[str]) -> str:
    """How matches of so many words, which may be so many names, are ranked; of these types some have a date."""
    held = "(instr({text}, ' ' || :{what} || ' ') > 0)".format
    days = " ".join(f"WHEN '{type}' THEN {_DAYS[type]}" for type in dated)
    day = f"CASE n.type {days} END" if dated else "NULL"
    return _RANKING.format(
        unnamed=" AND ".join(f"NOT {held(text='s.text', what=f'name{at}')}" for at in range(names)),
        captioned=" ".join(f"- {held(text=_CALLED, what=f'word{at}')}" for at in range(words)),
        whole=" ".join(f"- {held(text='s.text', what=f'word{at}')}" for at in range(words)),
        dated=f"{day} IS NOT NULL, {day} DESC",
    )
