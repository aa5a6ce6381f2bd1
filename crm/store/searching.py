"""What every store does alike to search a text: its readings in turn, and then one letter wrong."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA, NodeType
from graph_schema.search_words import may_be_misspelt, names_meant, readings

_TRIED, _LETTERS = 12, 255
"""In so many words a letter may be wrong: a pasted page is taken as it is written. So many letters of one are read."""


class Asked(NamedTuple):
    """What is looked for: words, the whole names that they may be, and whether a letter of a word may be wrong."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    misspelt: bool = False


class Searching(ABC):
    """The part of a transaction that searches texts."""

    def search(
        self,
        text: str,
        types: Collection[str] | None = None,
        limit: int = 20,
        each: bool = False,
        misspelt: bool = True,
    ) -> list[NodeRecord]:
        """The nodes that hold every word of ``text``, as words or beginnings of words, the best match first."""
        wanted = [SCHEMA.nodes[name] for name in dict.fromkeys(SCHEMA.nodes if types is None else types)]
        searched = [type for type in wanted if type.fields_with("search")]
        read = [tuple(word[:_LETTERS] for word in words) for words in readings(text)] if searched else []
        asked = [Asked(words, names_meant(words)) for words in read]
        found = _kept((record for one in asked for record in self._ranked(one, searched, limit, each)), limit, each)
        words = read[-1] if read else ()
        if found or not misspelt or len(words) > _TRIED or not any(map(may_be_misspelt, words)):
            return found
        return self._ranked(asked[-1]._replace(misspelt=True), searched, limit, each)

    @abstractmethod
    def _ranked(self, asked: Asked, types: Sequence[NodeType], limit: int, each: bool) -> list[NodeRecord]:
        """The best ``limit`` matches of all types, or of ``each``."""


def _kept(records: Iterable[NodeRecord], limit: int, each: bool) -> list[NodeRecord]:
    """These records, each once and as many as asked for."""
    many: Counter[str] = Counter()
    found: dict[str, NodeRecord] = {}
    for record in records:
        counted = record.type if each else ""
        if record.id not in found and many[counted] < limit:
            found[record.id] = record
            many[counted] += 1
    return list(found.values())
