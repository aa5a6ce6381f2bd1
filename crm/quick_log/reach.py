"""How far a name of a record reaches in a sentence, be it said in part, shortened, or with the town after it."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from crm.quick_log.name_words import COMMON
from crm.quick_log.spoken import SpokenWord
from crm.sentences.hints import LITTLE
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.records import NodeRecord
from graph_schema.text import fold
from graph_schema.vocabularies import Civility

IN_PART = 5
"""The rank of an organisation of which a part of the name is said."""

SHORTEST = 3
"""Letters that a word has which stands for a longer one that begins so."""

_BETWEEN = re.compile(r"[\s'.&-]{1,3}|, ?| ?\(")
_BETWEEN_PERSON = re.compile(r"[\s'.-]{1,2}")
_CIVILITIES = {"mme": Civility.MRS, "madame": Civility.MRS, "mlle": Civility.MRS, "melle": Civility.MRS}
_PARTICLES = {"d", "de", "des", "du", "l", "la", "le", "les"}


class NameReach(NamedTuple):
    """How far a name reaches in the sentence: its first and last word, and how well it is said (less is better)."""

    first: int
    last: int
    rank: int
    record: NodeRecord
    lead: bool = True
    said: int = 1


@cache
def _parts(name: str) -> tuple[str, ...]:
    return tuple(word for word in fold(name).split() if word not in LITTLE)


def words_held(record: NodeRecord) -> set[str]:
    """The words of the names of a record."""
    names = ("family_name", "given_name") if record.type == Person.TYPE else ("name", "acronym")
    aliases = record.values.get("aliases")
    said = [str(record.values.get(name) or "") for name in names]
    return {
        word for name in (*said, *(map(str, aliases) if isinstance(aliases, list) else ())) for word in _parts(name)
    }


def initials(record: NodeRecord) -> list[str]:
    """What the first words of an organisation's name may be shortened to: « cio »."""
    name = _parts(str(record.values.get("name") or "")) if record.type == Organisation.TYPE else ()
    letters = "".join(word[0] for word in name)
    return [letters[:length] for length in range(SHORTEST, len(letters) + 1)]


def person(
    record: NodeRecord, words: Sequence[SpokenWord], at: int, folded: str, title: re.Match[str] | None
) -> NameReach | None:
    """1 in full, 2 with the initial, 3 the family name, 4 the given name, 5 the first of two family names."""
    civility = record.values.get("civility")
    meant = _CIVILITIES.get(title.group("civility"), Civility.MR) if title else None
    if meant and civility and civility != meant and title.group("civility") != "dr":  # type: ignore[union-attr]
        return None
    family, given = (_parts(str(record.values.get(name) or "")) for name in ("family_name", "given_name"))
    letters = tuple(word[0] for word in given)
    forms = [(given + family, 1), (family + given, 1)] if given else []
    forms += [(letters + family, 2), (letters[:1] + family, 2), (family + letters, 2)] if given else []
    forms += [((*given, family[0][0]), 2)] if given and family else []
    forms += [(family, 3), (given, 4)]
    forms += [(_parts(each), 5) for each in str(record.values.get("family_name") or "").split("-")[:-1]]
    reached = []
    for form, rank in forms:
        if (
            form
            and (last := _run(form, words, at, folded)) is not None
            and (rank != 2 or _initials_are(words, at, last, folded))
        ):
            reached.append(NameReach(at, last, rank, record))
    return min(reached, key=lambda each: (-each.last, each.rank), default=None)


def _initials_are(words: Sequence[SpokenWord], at: int, last: int, folded: str) -> bool:
    letters = [word for word in words[at : last + 1] if len(word.text) == 1]
    signs = [folded[word.end : word.end + 1] for word in letters]
    particles = any(word.text in _PARTICLES and len(word.text) > 1 for word in words[at : last + 1])
    return not particles and all(
        (w.capital and sign != "'") or sign == "." for w, sign in zip(letters, signs, strict=True)
    )


def _run(form: Sequence[str], words: Sequence[SpokenWord], at: int, folded: str) -> int | None:
    """The last of the words that say these ones, one after the other."""
    number, left = at, list(form)
    while left:
        if number >= len(words):
            return None
        if number > at and not _BETWEEN_PERSON.fullmatch(folded, words[number - 1].end, words[number].start):
            return None
        if words[number].text == left[0]:
            left.pop(0)
        elif words[number].text not in _PARTICLES or number == at:
            return None
        number += 1
    return number - 1


def organisation(record: NodeRecord, words: Sequence[SpokenWord], at: int, folded: str | None) -> NameReach | None:
    """How far the names of an organisation reach: 0 for its whole name, more the less of it is said."""
    values = record.values
    aliases = values.get("aliases")
    names = [str(values.get("name") or ""), str(values.get("acronym") or "")]
    names += map(str, aliases) if isinstance(aliases, list) else []
    reaches = (_name(record, name, words, at, folded) for name in names if name)
    return min((each for each in reaches if each), key=lambda each: (-each.last, each.rank), default=None)


def _name(record: NodeRecord, name: str, words: Sequence[SpokenWord], at: int, folded: str | None) -> NameReach | None:
    """How far one name reaches: its words in their order, some of them left out, then those of the town."""
    parts, places = _parts(name), _places(record)
    said: list[int] = []
    last, loose, number = -1, False, at
    while number < len(words):
        word = words[number]
        if number > at and folded and not _BETWEEN.fullmatch(folded, words[number - 1].end, word.start):
            break
        if word.text not in LITTLE:
            took, exact = _took(word, parts, said[-1] + 1 if said else 0)
            place = _place(word, places) if said and not took else []
            if not (took or place):
                break
            said += took
            places = [each for each in places if each not in place]
            loose, last = loose or (bool(took) and not exact), number
        number += 1
    if not said:
        return None
    whole = {*range(len(_parts(name.split(",")[0])))} <= {*said}
    return NameReach(at, last, 0 if whole and not loose else IN_PART + loose, record, said[0] == 0, len(said))


def _took(word: SpokenWord, parts: Sequence[str], after: int) -> tuple[list[int], bool]:
    """What of a name, from a place in it, a word says: itself, what it is short for, or a word that begins so."""
    for spelling in word.spellings:
        said, at = [], after
        for each in spelling:
            at = next((number for number in range(at, len(parts)) if parts[number] == each), len(parts)) + 1
            said.append(at - 1)
        if said[-1] < len(parts):
            return said, True
    if len(word.text) < SHORTEST or word.text in COMMON:
        return [], False
    begun = next((number for number in range(after, len(parts)) if parts[number].startswith(word.text)), None)
    if begun is not None:
        return [begun], False
    short = after == 0 and "".join(part[0] for part in parts).startswith(word.text)
    return [*range(len(word.text))] if short else [], False


def _places(record: NodeRecord) -> list[str]:
    """The words of the town of an organisation and the number of its département."""
    postal = str(record.values.get("postal_code") or "")
    return [*_parts(str(record.values.get("city") or "")), *([postal[:2]] if len(postal) == 5 else [])]


def _place(word: SpokenWord, places: Sequence[str]) -> list[str]:
    long = len(word.text) > SHORTEST and word.text not in COMMON
    return [each for each in places if each == word.text or (long and each.startswith(word.text))]
