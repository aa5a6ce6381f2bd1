"""Full-text search over the folded texts, one index a type."""

from collections.abc import Collection

from crm.store.neo4j import codec
from crm.store.neo4j.ddl import search_index
from crm.store.neo4j.query import Runner
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold

# A word found whole counts for more than one that merely begins so. Folded words hold nothing that Lucene would read
# as an operator: its own (AND, OR, NOT, TO) are in capitals.
_TERM = "+({word}^4 {word}*)"
_MOST_TERMS = 100
_CANDIDATES = 500
"""So many of a type, the best by Lucene's own score, are ranked."""

# Ranked as the other store ranks them: more whole words first, then texts that begin as asked, then short texts.
_SEARCH = f"""
UNWIND $indexes AS index
CALL db.index.fulltext.queryNodes(index, $query, $options) YIELD node AS n
WHERE n:Record AND all(word IN $others WHERE ' ' + n.{codec.SEARCH} CONTAINS ' ' + word)
WITH n, split(n.{codec.SEARCH}, ' ') AS held
RETURN {codec.NODE}
ORDER BY size([word IN $words WHERE word IN held]) DESC, held[0] STARTS WITH $words[0] DESC, size(held),
    n.{codec.CAPTION}, n.id
LIMIT $limit
"""


class SearchReading(Runner):
    """See ``ReadTransaction``."""

    def search(self, text: str, types: Collection[str] | None = None, limit: int = 20) -> list[NodeRecord]:
        """The nodes that hold every word of ``text`` or begin with it, the best match first."""
        searched = [SCHEMA.nodes[t] for t in (SCHEMA.nodes if types is None else types)]
        indexes = [search_index(type) for type in searched if type.fields_with("search")]
        words = list(dict.fromkeys(fold(text).split()))
        if not words or not indexes:
            return []
        # Lucene bounds the size of a query: the words beyond are checked on what the first ones find.
        query, others = words[:_MOST_TERMS], words[_MOST_TERMS:]
        rows = self.run(
            _SEARCH,
            indexes=indexes,
            query=" ".join(_TERM.format(word=word) for word in query),
            options={} if others else {"limit": max(limit, _CANDIDATES)},
            words=words,
            others=others,
            limit=limit,
        )
        return list(codec.node_records(rows))
