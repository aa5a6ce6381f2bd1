"""What every store does alike to search a text: its readings in turn, and then one letter wrong."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.search_words import may_be_misspelt, names_meant, readings
from graph_schema.types import NodeType

_TRIED, _LETTERS = 12, 255
"""In so many words a letter may be wrong: a pasted page is taken as it is written. So many letters of one are read."""


_WEIGHED = 16
"""So many words of a long text tell the best match from others."""


class Asked(NamedTuple):
    """What is looked for: words, the whole names that they may be, and whether a letter of a word may be wrong."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    misspelt: bool = False

    @property
    def weighed(self) -> tuple[str, ...]:
        """The words that count in the order of what is found."""
        return self.words[:_WEIGHED]


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
        searched, read = _searched(types), _read(text)
        if not searched or not read:
            return []
        found = self._together([read], searched, limit, each)[0]
        if found or not misspelt or len(read[-1].words) > _TRIED or not any(map(may_be_misspelt, read[-1].words)):
            return found
        return self._ranked([read[-1]._replace(misspelt=True)], searched, limit, each)[0]

    def searches(
        self, texts: Iterable[str], types: Collection[str] | None = None, limit: int = 20, each: bool = False
    ) -> dict[str, list[NodeRecord]]:
        """What ``search`` finds of each of ``texts`` as it is written, by text."""
        wanted, searched = list(dict.fromkeys(texts)), _searched(types)
        found = self._together(
            [_read(text) for text in wanted] if searched else [[]] * len(wanted), searched, limit, each
        )
        return dict(zip(wanted, found, strict=True))

    def _together(
        self, read: Sequence[Sequence[Asked]], types: Sequence[NodeType], limit: int, each: bool
    ) -> list[list[NodeRecord]]:
        """For each text, of which these are the readings, what they find in turn."""
        ranked = iter(self._ranked([asked for readings in read for asked in readings], types, limit, each))
        return [_kept((record for _ in readings for record in next(ranked)), limit, each) for readings in read]

    @abstractmethod
    def _ranked(
        self, asked: Sequence[Asked], types: Sequence[NodeType], limit: int, each: bool
    ) -> list[list[NodeRecord]]:
        """For each thing asked the best ``limit`` matches of all types, or of ``each``."""


def _searched(types: Collection[str] | None) -> list[NodeType]:
    """Of these types, those that are searched; ``KeyError`` for one that is not declared."""
    wanted = [SCHEMA.nodes[name] for name in dict.fromkeys(SCHEMA.nodes if types is None else types)]
    return [type for type in wanted if type.fields_with("search")]


def _read(text: str) -> list[Asked]:
    """The readings of a text."""
    read = [tuple(word[:_LETTERS] for word in words) for words in readings(text)]
    return [Asked(words, names_meant(words)) for words in read]


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
