"""What the network holds of the words of a sentence, in few readings of the store."""

from collections.abc import Iterable, Sequence

from crm.store.protocol import ReadTransaction
from graph_schema.records import NodeRecord

_READ = 300
"""So many people, and so many organisations, that hold some words are read."""


class WordSearch:
    """What the network holds of parts of a sentence: read together as far as can be told what will be asked."""

    def __init__(self, tx: ReadTransaction) -> None:
        self._tx = tx
        self._found: dict[str, list[NodeRecord]] = {}

    def read(self, parts: Iterable[Sequence[str]]) -> None:
        """Read what these words find."""
        wanted = {" ".join(words) for words in parts if self._may_find(words)} - self._found.keys()
        if wanted:
            self._found |= self._tx.searches(sorted(wanted), ["Person", "Organisation"], _READ, each=True)

    def found(self, words: Sequence[str]) -> list[NodeRecord]:
        """The records that hold these words."""
        self.read([words])
        return self._found.get(" ".join(words), [])

    def _may_find(self, words: Sequence[str]) -> bool:
        """Whether something may hold these words: not where what is known to hold each has nothing in common."""
        known = [found for word in words if (found := self._found.get(word)) is not None and len(found) < _READ]
        return not known or bool(set.intersection(*({record.id for record in found} for found in known)))
