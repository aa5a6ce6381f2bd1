"""The words of a sentence that may say a name: what each stands for, and the civility or initial before it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from crm.quick_log.name_words import ABBREVIATIONS, CIVILITY
from crm.sentences.hints import LITTLE
from graph_schema.territory import departements
from graph_schema.text import fold

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3


class SpokenWord(NamedTuple):
    """A word of the sentence, from the character ``start`` to before ``end``."""

    start: int
    end: int
    text: str
    capital: bool

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """The words that it may stand for: itself, what it is short for, the département of that number."""
        found: list[tuple[str, ...]] = [(self.text,)]
        if len(self.text) > _SHORTEST and self.text.endswith("s"):
            found.append((self.text[:-1],))
        if self.text.endswith("aux"):
            found.append((f"{self.text[:-3]}al",))
        if self.text in ABBREVIATIONS:
            found.append(tuple(ABBREVIATIONS[self.text].split()))
        if len(self.text) == 2 and (place := departements().get(self.text.upper())):
            found.append(tuple(word for word in fold(place.name).split() if word not in LITTLE))
        return tuple(found)


def words_of(text: str, folded: str) -> list[SpokenWord]:
    """The words of a sentence. ``folded`` is ``text``, sign for sign."""
    found = _WORD.finditer(folded)
    return [SpokenWord(m.start(), m.end(), fold(m.group()) or m.group(), text[m.start()].isupper()) for m in found]


def may_be_name(word: SpokenWord) -> bool:
    """Whether a word says something of a name."""
    return word.text not in LITTLE and len(word.text) >= 2 and not word.text.isdecimal()


def title_before(words: Sequence[SpokenWord], at: int, folded: str) -> re.Match[str] | None:
    """The civility before a word, « de », « Le » and an initial between them put aside."""
    first = at
    while first and (words[first - 1].text in LITTLE or initial(words, first - 1, folded)):
        first -= 1
    for number in range(at, first - 1, -1):
        for title in CIVILITY.finditer(folded, 0, words[number].start):
            if title.end() == words[number].start:
                return title
    return None


def initial(words: Sequence[SpokenWord], at: int, folded: str) -> bool:
    """Whether a word is the first letter of a given name: « J. Songe »."""
    word = words[at]
    if len(word.text) > 1 or word.text.isdecimal() or word.text == "m" or at + 1 == len(words):
        return False
    if word.capital and words[at + 1].capital and folded[word.end : words[at + 1].start] == "'":
        return True  # « N'Guyen »
    signs = r"\.-? ?" if word.text in LITTLE or not word.capital else r"[.-]{1,2} ?| "
    return re.fullmatch(signs, folded[word.end : words[at + 1].start]) is not None
