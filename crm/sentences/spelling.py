"""Words of contacts with a letter wrong, as telephones and haste write them."""

from collections import defaultdict

from crm.sentences.conjugation import Tense
from crm.sentences.lexicon import ADVERBS, ARTICLES, CLITICS, TABLE
from crm.sentences.real_words import REAL

_LONG = 6
"""Shorter words are too much like one another."""


def spelt(word: str) -> str:
    """A word with a letter too many, missing or out of place as the one that it is like, if its sense is certain."""
    if word in _KNOWN or len(word) < _LONG - 1 or not word.isalpha():
        return word
    swaps = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    shorter = {each for each in _cuts(word) | swaps if (each,) in TABLE and len(each) >= _LONG - 1}
    near = _LONGER.get(word, set()) | shorter
    meant = {tuple(each.sense for each in TABLE[(one,)]) for one in near}
    return min(near) if len(meant) == 1 else word


def _cuts(word: str) -> set[str]:
    """The word with one of its letters left out."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _longer() -> dict[str, set[str]]:
    """Words with a letter left out → the words that they may be. Verbs are written as « appelé » or « appeler »."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for phrase, words in TABLE.items():
        kept = any(word.tense in (None, Tense.DONE, Tense.BARE) for word in words)
        if kept and len(phrase) == 1 and len(phrase[0]) >= _LONG:
            for cut in _cuts(phrase[0]):
                found[cut].add(phrase[0])
    return dict(found)


_LONGER = _longer()
_KNOWN = {word for phrase in TABLE for word in phrase} | ARTICLES | ADVERBS | CLITICS | REAL | {"partie"}
