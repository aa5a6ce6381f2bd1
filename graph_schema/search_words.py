"""The words under which search finds a text, whatever way people type it: names whole, numbers in one piece.

The same functions make the words that a store keeps and those of what is typed, so that both always agree.
"""

import re
from collections.abc import Iterator, Sequence

from graph_schema.text import fold

RULES = 1
"""To be raised whenever the functions of this module or ``fold`` give other words: what is kept is then made anew."""

LONGEST_NAME = 200
"""Characters of a whole name that are kept as one word."""

SHORTEST, LONGEST = 4, 40
"""Letters that a word must have for one of them to be wrong: more are no word that one writes."""

_GAPS = r"[ \t.\-/\u00a0\u202f]"
_ABROAD = rf"(?:\+|(?<!\d)00)33{_GAPS}*(?:\(0\))?{_GAPS}*0?"
_ADDRESS = re.compile(r"(?i)\bhttps?://(?:www\.)?|\bwww\.")
_MORE_THAN_WORDS = re.compile(r"[\d:wW](?:(?<=\d)|(?<=:)//|(?<=[wW])\.)")
"""What tells that a text may hold a number or an address; one set of signs to begin with is looked for fastest."""

_DIGIT = re.compile(r"\d")

_PLAIN_NUMBER = re.compile(r"(?!00[1-9])[0-9]+|0[1-9](?: [0-9]{2}){4}")
"""All digits, of which none is a country's code, or a telephone as most people write it: nothing else to look for."""
_TELEPHONE = re.compile(rf"(?<![\d+])(?:{_ABROAD}|0)([1-9](?:{_GAPS}*\d\d){{4}})(?!\d)")
_FOREIGN = re.compile(rf"(?:\+|(?<!\d)00)([1-9](?:{_GAPS}*[\d()]){{6,15}})")
_SIREN = re.compile(rf"(?<!\d)\d{{3}}{_GAPS}*\d{{3}}{_GAPS}*\d{{3}}(?:{_GAPS}*\d{{5}})?(?!\d)")
_CERTIFICATION = re.compile(r"(?i)\b(rncp|rs)[ \u00a0]+(?=\d)")
_BEGUN_ABROAD = re.compile(_ABROAD)
_BETWEEN_DIGITS = re.compile(rf"(?<=\d){_GAPS}+(?=\d)")
_NOT_DIGITS = re.compile(r"\D+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def words(text: str) -> str:
    """Return the folded words of a text, each telephone, SIREN, SIRET or certification in it as one.

    >>> words("Accueil : +33 (0)3.21.00.00.00"), words("732 829 320 00074"), words("https://www.exemple.fr/")
    ('accueil 0321000000', '73282932000074', 'exemple fr')
    """
    return fold(in_one_piece(text))


def in_one_piece(text: str) -> str:
    """Return a text, each telephone, SIREN, SIRET or certification in it as one word, and no « www »."""
    if not _MORE_THAN_WORDS.search(text):
        return text
    if _PLAIN_NUMBER.fullmatch(text):
        return text.replace(" ", "")
    bare = _ADDRESS.sub(" ", text)
    if not _DIGIT.search(bare):
        return bare
    bare = _TELEPHONE.sub(lambda m: f" 0{_NOT_DIGITS.sub('', m[1])} ", bare)
    bare = _FOREIGN.sub(lambda m: f" {_NOT_DIGITS.sub('', m[1])} ", bare)
    bare = _CERTIFICATION.sub(r"\1", bare)
    return _SIREN.sub(lambda m: f" {_NOT_DIGITS.sub('', m[0])} ", bare)


def readings(text: str) -> list[tuple[str, ...]]:
    """Return the words that someone may mean by what they type, each once: numbers in one piece first, then as typed.

    >>> readings("03 21 4"), readings("Saint-Étienne"), readings("?")
    ([('03214',), ('03', '21', '4')], [('saint', 'etienne')], [])
    """
    joined = _BETWEEN_DIGITS.sub("", _BEGUN_ABROAD.sub("0", text))
    found = (tuple(dict.fromkeys(words(each).split())) for each in (joined, text))
    return [each for each in dict.fromkeys(found) if each]


def name_word(name: str) -> str:
    """Return a whole name as one word, which no other word equals; empty when nothing is left of it.

    >>> name_word("Garage  Exemple"), name_word("Lens")
    ('garage_exemple', 'lens_')
    """
    folded = fold(name)
    return (folded.replace(" ", "_") if " " in folded else folded and f"{folded}_")[:LONGEST_NAME]


def names_meant(asked: Sequence[str]) -> tuple[str, ...]:
    """Return the whole names, as words, that these words may be; of two, the second may come first.

    >>> names_meant(["exemple", "claire"])
    ('exemple_claire', 'claire_exemple')
    """
    either = (asked, asked[::-1]) if len(asked) == 2 else (asked,)
    return tuple(dict.fromkeys(name_word(" ".join(each)) for each in either))


def may_be_misspelt(word: str) -> bool:
    """Whether one wrong letter is put up with: in a word of some length that one may write, never in a number."""
    return SHORTEST <= len(word) <= LONGEST and not any(c.isdigit() for c in word)


def near(word: str) -> Iterator[str]:
    """Yield what is one edit away: a letter more, less or other, two exchanged; a space left out counts for one too.

    >>> "garage" in near("garge"), "garage" in near("agrage"), "saint_omer" in near("saintomer")
    (True, True, True)
    """
    for at in range(len(word) + 1):
        before, rest = word[:at], word[at:]
        for letter in _LETTERS + ("_" if before and rest else ""):
            yield before + letter + rest
            if rest and letter != rest[0]:
                yield before + letter + rest[1:]
        if rest:
            yield before + rest[1:]
        if len(rest) > 1 and rest[0] != rest[1]:
            yield before + rest[1] + rest[0] + rest[2:]
