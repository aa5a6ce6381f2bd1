"""Full-text search over the folded texts, one index a type."""

from collections.abc import Sequence

from crm.store.neo4j import codec
from crm.store.neo4j.ddl import search_index
from crm.store.neo4j.query import Runner
from crm.store.searching import Asked, Searching
from graph_schema.records import NodeRecord
from graph_schema.registry import NodeType
from graph_schema.search_words import may_be_misspelt

# A whole name counts for more than all the rest, a word found whole for more than one that merely begins so. Folded
# words hold nothing that Lucene would read as an operator: its own (AND, OR, NOT, TO) are in capitals.
_NAME = "{name}^1000"
_TERM = "+({word}^4 {word}*)"
_MISSPELT = "+({word}^4 {word}* {word}~1)"
_MOST_TERMS = 100
_CANDIDATES = 500
"""So many of a type, the best by Lucene's own score, are ranked."""

# Ranked as the other store ranks them, see ``ReadTransaction.search``; the best of each index first, in one message.
_SEARCH = f"""
UNWIND $indexes AS index
CALL (index) {{
    CALL db.index.fulltext.queryNodes(index.name, $query, $options) YIELD node AS n
    WHERE n:Record AND all(word IN $others WHERE ' ' + n.{codec.SEARCH} CONTAINS ' ' + word)
    WITH n, split(n.{codec.SEARCH}, ' ') AS held, split(n.{codec.CAPTION}, ' ') AS called, n[index.day] AS day
    WITH n, day, size(held) AS length, NOT any(name IN $names WHERE name IN held) AS unnamed,
        size([word IN $words WHERE word IN called]) AS captioned, size([word IN $words WHERE word IN held]) AS whole,
        held[0] STARTS WITH $words[0] AS begins
    ORDER BY unnamed, captioned DESC, whole DESC, begins DESC, day IS NOT NULL, coalesce(day, '') DESC, length,
        n.{codec.CAPTION}, n.id
    LIMIT $limit
    RETURN n, day, length, unnamed, captioned, whole, begins
}}
RETURN {codec.NODE}
ORDER BY unnamed, captioned DESC, whole DESC, begins DESC, day IS NOT NULL, coalesce(day, '') DESC, length,
    n.{codec.CAPTION}, n.id
LIMIT $total
"""


class SearchReading(Searching, Runner):
    """See ``ReadTransaction``."""

    def _ranked(self, asked: Asked, types: Sequence[NodeType], limit: int, each: bool) -> list[NodeRecord]:
        """The best ``limit`` matches of all types, or of ``each``, the best first."""
        # Lucene bounds the size of a query: the words beyond are checked on what the first ones find.
        words, others = asked.words[:_MOST_TERMS], asked.words[_MOST_TERMS:]
        rows = self.run(
            _SEARCH,
            indexes=[{"name": search_index(type), "day": type.about.dated} for type in types],
            query=_query(words, () if others else asked.names, asked.misspelt),
            options={} if others else {"limit": max(limit, _CANDIDATES)},
            words=list(asked.words),
            names=list(asked.names),
            others=list(others),
            limit=limit,
            total=limit * len(types) if each else limit,
        )
        return list(codec.node_records(rows))


def _query(words: Sequence[str], names: Sequence[str], misspelt: bool) -> str:
    terms = ((_MISSPELT if misspelt and may_be_misspelt(word) else _TERM).format(word=word) for word in words)
    return " ".join([*(_NAME.format(name=name) for name in names), f"({' '.join(terms)})"])
