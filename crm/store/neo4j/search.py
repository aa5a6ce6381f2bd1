"""Full-text search over the folded texts, one index a type."""

from collections.abc import Sequence

from crm.store.neo4j import codec
from crm.store.neo4j.ddl import search_index
from crm.store.neo4j.query import Runner, batches
from crm.store.searching import Asked, Searching
from graph_schema.records import NodeRecord
from graph_schema.search_words import may_be_misspelt
from graph_schema.types import NodeType

# A whole name counts for more than all the rest, a word found whole for more than one that merely begins so. Folded
# words hold nothing that Lucene would read as an operator: its own (AND, OR, NOT, TO) are in capitals.
_NAME = "{name}^1000"
_TERM = "+({word}^4 {word}*)"
_MISSPELT = "+({word}^4 {word}* {word}~1)"
_MOST_TERMS = 100
_CANDIDATES = 500
"""So many of a type, the best by Lucene's own score, are ranked."""

_AT_ONCE = 50
"""So many things are asked in one message."""

# Ranked as the other store ranks them, see ``ReadTransaction.search``; the best of each index first, in one message.
_SEARCH = f"""
UNWIND $asked AS asked
CALL (asked) {{
    UNWIND $indexes AS index
    CALL (asked, index) {{
        CALL db.index.fulltext.queryNodes(index.name, asked.query, asked.options) YIELD node AS n
        WHERE n:Record AND all(word IN asked.others WHERE ' ' + n.{codec.SEARCH} CONTAINS ' ' + word)
        WITH n, split(n.{codec.SEARCH}, ' ') AS held, split(n.{codec.CAPTION}, ' ') AS called, n[index.day] AS day
        WITH n, day, size(held) AS length, NOT any(name IN asked.names WHERE name IN held) AS unnamed,
            size([word IN asked.weighed WHERE word IN called]) AS captioned,
            size([word IN asked.weighed WHERE word IN held]) AS whole, held[0] STARTS WITH asked.weighed[0] AS begins
        ORDER BY unnamed, captioned DESC, whole DESC, begins DESC, day IS NOT NULL, coalesce(day, '') DESC, length,
            n.{codec.CAPTION}, n.id
        LIMIT $limit
        RETURN n, day, length, unnamed, captioned, whole, begins
    }}
    WITH n, day, length, unnamed, captioned, whole, begins
    ORDER BY unnamed, captioned DESC, whole DESC, begins DESC, day IS NOT NULL, coalesce(day, '') DESC, length,
        n.{codec.CAPTION}, n.id
    LIMIT $total
    RETURN collect([{codec.NODE}]) AS found
}}
RETURN found ORDER BY asked.number
"""


class SearchReading(Searching, Runner):
    """See ``ReadTransaction``."""

    def _ranked(
        self, asked: Sequence[Asked], types: Sequence[NodeType], limit: int, each: bool
    ) -> list[list[NodeRecord]]:
        """For each thing asked the best ``limit`` matches of all types, or of ``each``, the best first."""
        found: list[list[NodeRecord]] = []
        for some in batches(asked, _AT_ONCE):
            rows = self.run(
                _SEARCH,
                asked=[_parameters(one, number, limit) for number, one in enumerate(some)],
                indexes=[{"name": search_index(type), "day": type.about.dated} for type in types],
                limit=limit,
                total=limit * len(types) if each else limit,
            )
            found += (list(codec.node_records(records)) for (records,) in rows)
        return found


def _parameters(asked: Asked, number: int, limit: int) -> dict[str, object]:
    # Lucene bounds the size of a query: the words beyond are checked on what the first ones find.
    words, others = asked.words[:_MOST_TERMS], asked.words[_MOST_TERMS:]
    return {
        "number": number,
        "query": _query(words, () if others else asked.names, asked.misspelt),
        "options": {} if others else {"limit": max(limit, _CANDIDATES)},
        "weighed": list(asked.weighed),
        "names": list(asked.names),
        "others": list(others),
    }


def _query(words: Sequence[str], names: Sequence[str], misspelt: bool) -> str:
    terms = ((_MISSPELT if misspelt and may_be_misspelt(word) else _TERM).format(word=word) for word in words)
    return " ".join([*(_NAME.format(name=name) for name in names), f"({' '.join(terms)})"])
