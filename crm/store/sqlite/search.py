"""Full-text search: whole words first, then beginnings of words, ranked among a bounded number of candidates."""

from collections.abc import Collection

from crm.store.sqlite.body import array
from crm.store.sqlite.records import NODE, Records, node
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold

CANDIDATES = 500
"""How many matches of either kind are ranked, so that one letter answers as fast as a name."""


def type_token(type: str) -> str:
    """The word that stands for a node type in the index; ``fold`` never makes one with this sign."""
    return f"_{SCHEMA.nodes[type].name.lower()}"


class Search(Records):
    """The part of a transaction that searches texts."""

    def search(self, text: str, types: Collection[str] | None = None, limit: int = 20) -> list[NodeRecord]:
        """The nodes whose searched fields hold every word of ``text``, as words or beginnings of words."""
        words = list(dict.fromkeys(fold(text).split()))
        tokens = [type_token(type) for type in types] if types is not None else None
        if not words or tokens == []:
            return []
        among = f" AND ({' OR '.join(tokens)})" if tokens else ""
        found = self._matching(" AND ".join(f'"{word}"' for word in words) + among)
        if len(found) < CANDIDATES:
            found |= self._matching(" AND ".join(f'"{word}"*' for word in words) + among)
        return self._best(found, words, limit)

    def _matching(self, expression: str) -> dict[int, str]:
        rows = self._db.execute(
            "SELECT rowid, text FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?", (expression, CANDIDATES)
        )
        return dict(rows)

    def _best(self, found: dict[int, str], words: list[str], limit: int) -> list[NodeRecord]:
        """More whole words first, then texts that begin as asked, then short texts, then by caption and id."""

        def worth(pk: int) -> tuple[int, bool, int]:
            _, *held = found[pk].split()
            return (-sum(word in held for word in words), not held[0].startswith(words[0]), len(held))

        ranks = {pk: worth(pk) for pk in found}
        kept = sorted(ranks.values())[:limit]
        if not kept:
            return []
        pks = [pk for pk, rank in ranks.items() if rank <= kept[-1]]
        rows = self._db.execute(
            f"{NODE.replace('SELECT', 'SELECT n.pk, n.caption,')} WHERE n.pk IN (SELECT value FROM json_each(?))",
            (array(pks),),
        ).fetchall()
        rows.sort(key=lambda row: (ranks[row[0]], row[1], row[2]))
        return [node(row[2:]) for row in rows[:limit]]
