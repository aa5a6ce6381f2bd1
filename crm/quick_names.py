"""Where a sentence names people and organisations of the network: its words, laid against the names of the records.

Nothing is read here. A name may be said in part, shortened, or with the town or the département after it; who
of several is meant is settled by ``crm.quick_match``, which sees the whole sentence.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from crm.name_words import ABBREVIATIONS, ANSWERS, CIVILITY, COMMON
from crm.quick_hints import LITTLE
from crm.territories import find
from graph_schema.records import NodeRecord
from graph_schema.territory import departements
from graph_schema.text import fold
from graph_schema.vocabularies import Civility

SHOWN = 8
"""So many candidates are offered for one name."""

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s'.&-]{1,3}|, ?")
_BETWEEN_PERSON = re.compile(r"[\s'.-]{1,2}")
_CIVILITIES = {"mme": Civility.MRS, "madame": Civility.MRS, "mlle": Civility.MRS, "melle": Civility.MRS}
_SHORTEST = 3
_IN_PART = 5
_PARTICLES = {"d", "de", "des", "du", "l", "la", "le", "les"}
_VAGUE = {"formation", "entreprise", "projet", "conseil", "mission", "contrat", "stage", "accueil", "place", "places"}


class Word(NamedTuple):
    """A word of the sentence, from the character ``start`` to before ``end``."""

    start: int
    end: int
    text: str
    capital: bool

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """The words that it may stand for: itself, what it is short for, the département of that number."""
        found: list[tuple[str, ...]] = [(self.text,)]
        if self.text in ABBREVIATIONS:
            found.append(tuple(ABBREVIATIONS[self.text].split()))
        if len(self.text) == 2 and (place := departements().get(self.text.upper())):
            found.append(tuple(word for word in fold(place.name).split() if word not in LITTLE))
        return tuple(found)


class Mention(NamedTuple):
    """A name in a sentence, from the character ``start`` to before ``end``, and the records that may be meant.

    ``plain``: a name only where one is expected; ``weak``: only when someone of the sentence confirms it; ``single``:
    one word; ``partly``: a part of the name; ``firm``: an organisation, though nobody knows which.
    """

    start: int
    end: int
    records: tuple[NodeRecord, ...]
    plain: bool = False
    single: bool = False
    partly: bool = False
    weak: bool = False
    firm: bool = False

    @property
    def type(self) -> str:
        """Person or Organisation, when all that may be meant are one kind; empty otherwise."""
        types = {record.type for record in self.records}
        return types.pop() if len(types) == 1 else ""


class _Reach(NamedTuple):
    """How far a name reaches in the sentence: its first and last word, and how well it is said (less is better)."""

    first: int
    last: int
    rank: int
    record: NodeRecord
    lead: bool = True
    said: int = 1


def words_of(text: str, folded: str) -> list[Word]:
    """The words of a sentence. ``folded`` is ``text``, sign for sign."""
    return [Word(m.start(), m.end(), m.group(), text[m.start()].isupper()) for m in _WORD.finditer(folded)]


def may_be_name(word: Word) -> bool:
    """Whether a word says something of a name."""
    return word.text not in LITTLE and len(word.text) >= 2 and not word.text.isdecimal()


def named(records: Iterable[NodeRecord], words: Sequence[Word], text: str, folded: str) -> list[Mention]:
    """The longest names from left to right, none over another."""
    held: defaultdict[str, dict[str, NodeRecord]] = defaultdict(dict)
    for record in records:
        for word in _all_words(record):
            held[word][record.id] = record
        letters = "".join(word[0] for word in _parts(str(record.values.get("name") or "")))
        for length in range(_SHORTEST, len(letters) + 1):
            held[f"_{letters[:length]}"][record.id] = record
    reached: list[list[_Reach]] = []
    at = 0
    while at < len(words):
        best = _best(_reaches(held, words, at, folded)) if may_be_name(words[at]) or _initial(words, at, folded) else []
        reached += [best] if best else []
        at = best[0].last + 1 if best else at + 1
    taken = {number for best in reached for number in range(best[0].first, best[0].last + 1)}
    mentions = [_mention(best, words, text, folded, taken) for best in reached]
    return _whole([each for each in mentions if each], reached, words, folded)


def _whole(
    found: Sequence[Mention], reached: Sequence[Sequence[_Reach]], words: Sequence[Word], folded: str
) -> list[Mention]:
    """The names, a given name and the family name after it as one: that of nobody whom the network knows."""
    ranks = {words[best[0].first].start: best[0].rank for best in reached if best[0].record.type == "Person"}
    whole: list[Mention] = []
    for each in found:
        last = whole[-1] if whole else None
        if last and folded[last.end : each.start] == " " and (ranks.get(last.start), ranks.get(each.start)) == (4, 3):
            whole[-1] = Mention(last.start, each.end, (), last.plain)
        else:
            whole.append(each)
    return whole


def _reaches(
    held: Mapping[str, Mapping[str, NodeRecord]], words: Sequence[Word], at: int, folded: str
) -> Iterator[_Reach]:
    """The names that begin at a word."""
    title = _title(words, at, folded)
    starts = [spelling[0] for spelling in words[at].spellings] if not _initial(words, at, folded) else []
    if _initial(words, at, folded) and at + 1 < len(words):
        starts = [words[at + 1].text, *(words[at + 2].text for _ in "x" if at + 2 < len(words))]
    long = [each for each in starts if len(each) >= _SHORTEST and each not in COMMON]
    keys = {key for key in held if key in starts or any(key.startswith(each) for each in long) or _plural(key, starts)}
    records = {id: record for key in keys for id, record in held[key].items()}
    if len(words[at].text) >= _SHORTEST:
        records |= held.get(f"_{words[at].text}", {})
    for record in records.values():
        if record.type == "Person":
            reach = _person(record, words, at, folded, title)
        else:
            reach = None if title or _initial(words, at, folded) else _organisation(record, words, at, folded)
        if reach:
            yield reach


def _best(reaches: Iterable[_Reach]) -> list[_Reach]:
    """Of names that begin at one word, the longest, and of those the best said."""
    found = list(reaches)
    longest = max((each.last for each in found), default=0)
    found = [each for each in found if each.last == longest]
    best = min((each.rank for each in found), default=0)
    return [each for each in found if each.rank == best]


@cache
def _parts(name: str) -> tuple[str, ...]:
    return tuple(word for word in fold(name).split() if word not in LITTLE)


def _all_words(record: NodeRecord) -> set[str]:
    names = ("family_name", "given_name") if record.type == "Person" else ("name", "acronym")
    aliases = record.values.get("aliases")
    said = [str(record.values.get(name) or "") for name in names]
    return {
        word for name in (*said, *(map(str, aliases) if isinstance(aliases, list) else ())) for word in _parts(name)
    }


def _plural(key: str, starts: Collection[str]) -> bool:
    return any(each == f"{key}s" for each in starts)


def _title(words: Sequence[Word], at: int, folded: str) -> re.Match[str] | None:
    """The civility before a word, « de », « Le » and an initial between them put aside."""
    first = at
    while (
        first
        and (words[first - 1].text in LITTLE or _initial(words, first - 1, folded))
        and words[first - 1].text != "m"
    ):
        first -= 1
    for number in range(at, first - 1, -1):
        for title in CIVILITY.finditer(folded, 0, words[number].start):
            if title.end() == words[number].start:
                return title
    return None


def _initial(words: Sequence[Word], at: int, folded: str) -> bool:
    """Whether a word is the first letter of a given name: « J. Songe »."""
    word = words[at]
    if not word.capital or len(word.text) > 1 or word.text == "m" or at + 1 == len(words):
        return False
    return (
        re.fullmatch(r"[.-]{1,2} ?| " if word.text not in LITTLE else r"\. ?", folded[word.end : words[at + 1].start])
        is not None
    )


def _person(
    record: NodeRecord, words: Sequence[Word], at: int, folded: str, title: re.Match[str] | None
) -> _Reach | None:
    """1 in full, 2 with the initial, 3 the family name, 4 the given name."""
    civility = record.values.get("civility")
    meant = _CIVILITIES.get(title.group("civility"), Civility.MR) if title else None
    if meant and civility and civility != meant and title.group("civility") != "dr":  # type: ignore[union-attr]
        return None
    family, given = (_parts(str(record.values.get(name) or "")) for name in ("family_name", "given_name"))
    letters = tuple(word[0] for word in given)
    forms = [(given + family, 1), (family + given, 1)] if given else []
    forms += [(letters + family, 2), (letters[:1] + family, 2), (family + letters, 2)] if given else []
    forms += [(family, 3), (given, 4)]
    reached = []
    for form, rank in forms:
        if (
            form
            and (last := _run(form, words, at, folded)) is not None
            and (rank != 2 or _initials_are(words, at, last))
        ):
            reached.append(_Reach(at, last, rank, record))
    return min(reached, key=lambda each: (-each.last, each.rank), default=None)


def _initials_are(words: Sequence[Word], at: int, last: int) -> bool:
    return all(words[number].capital for number in range(at, last + 1) if len(words[number].text) == 1)


def _run(form: Sequence[str], words: Sequence[Word], at: int, folded: str) -> int | None:
    """The last of the words that say these ones, one after the other."""
    number, left = at, list(form)
    while left:
        if number >= len(words):
            return None
        if number > at and not _BETWEEN_PERSON.fullmatch(folded[words[number - 1].end : words[number].start]):
            return None
        if words[number].text == left[0]:
            left.pop(0)
        elif words[number].text not in _PARTICLES or number == at:
            return None
        number += 1
    return number - 1


def _organisation(record: NodeRecord, words: Sequence[Word], at: int, folded: str) -> _Reach | None:
    """How far the names of an organisation reach: 0 for its whole name, more the less of it is said."""
    values = record.values
    aliases = values.get("aliases")
    names = [str(values.get("name") or ""), str(values.get("acronym") or "")]
    names += map(str, aliases) if isinstance(aliases, list) else []
    reaches = (_name(record, name, words, at, folded) for name in names if name)
    return min((each for each in reaches if each), key=lambda each: (-each.last, each.rank), default=None)


def _name(record: NodeRecord, name: str, words: Sequence[Word], at: int, folded: str) -> _Reach | None:
    parts = _parts(name)
    left, places = list(parts), _places(record)
    last, loose, said = -1, 0, 0
    number = at
    while number < len(words):
        word = words[number]
        if number > at and not _BETWEEN.fullmatch(folded[words[number - 1].end : word.start]):
            break
        if word.text in LITTLE:
            number += 1
            continue
        took = _took(word, left, number == at)
        if took is None and number > at and (place := _place(word, places)):
            places, took, last = [each for each in places if each not in place], 0, number
        elif took is None:
            break
        else:
            last, said = number, said + 1
        loose += took
        number += 1
    if last < at:
        return None
    whole = not left or not [word for word in _parts(name.split(",")[0]) if word in left]
    return _Reach(at, last, 0 if whole and not loose else _IN_PART + loose, record, parts[:1] != tuple(left[:1]), said)


def _took(word: Word, left: list[str], first: bool) -> int | None:
    """Take from what is left of a name what a word says of it: 0 when that is the word, 1 when it is a part of it."""
    for spelling in word.spellings:
        if all(any(each == part for part in left) for each in spelling):
            for each in spelling:
                left.remove(each)
            return 0
    for part in left:
        if part == word.text.removesuffix("s") and len(part) >= _SHORTEST:
            left.remove(part)
            return 0
    if len(word.text) >= _SHORTEST and word.text not in COMMON:
        for part in left:
            if part.startswith(word.text):
                left.remove(part)
                return 1
    letters = "".join(part[0] for part in left)
    if first and len(word.text) > 2 and word.text not in COMMON and letters.startswith(word.text):
        del left[: len(word.text)]
        return 1
    return None


def _places(record: NodeRecord) -> list[str]:
    """The words of the town of an organisation and the number of its département."""
    postal = str(record.values.get("postal_code") or "")
    return [*_parts(str(record.values.get("city") or "")), *([postal[:2]] if len(postal) == 5 else [])]


def _place(word: Word, places: Sequence[str]) -> list[str]:
    long = len(word.text) > _SHORTEST and word.text not in COMMON
    return [each for each in places if each == word.text or (long and each.startswith(word.text))]


def _mention(
    best: Sequence[_Reach], words: Sequence[Word], text: str, folded: str, taken: Collection[int]
) -> Mention | None:
    """The mention that names beginning at a word make, unless it is a part of another name, or a place."""
    first, last = best[0].first, best[0].last
    spoken = [words[number] for number in range(first, last + 1) if words[number].text not in LITTLE]
    title = _title(words, first, folded)
    start = title.start() if title else words[first].start
    records = tuple(each.record for each in best)
    capital = any(word.capital for word in spoken)
    rank, single = best[0].rank, len(spoken) == 1
    partly = rank > 2 if records[0].type == "Person" else rank > 0
    common = single and spoken[0].text in COMMON
    plain = not title and (not capital or common) and (partly or single)
    mention = Mention(start, words[last].end, records, plain, single and not title, partly)
    if title and records[0].type == "Person":
        return mention
    if partly and _goes_on(words, first, last, text, taken, single or records[0].type == "Organisation"):
        return None
    if records[0].type == "Person":
        told = rank == 4 and ANSWERS.match(folded, mention.end) is None
        return mention._replace(weak=single and not capital and (common or told))
    return _organised(mention, best, spoken, folded, capital and first > 0)


def _organised(
    mention: Mention, best: Sequence[_Reach], spoken: Sequence[Word], folded: str, capital: bool
) -> Mention | None:
    """The mention of organisations, as sure as the words that say it."""
    if not mention.partly:
        return mention
    known, rank = mention.records, best[0].rank
    if _is_place(" ".join(word.text for word in spoken)):
        return None
    if not mention.single:
        lead = all(each.lead and each.said > 1 for each in best) and len(known) <= SHOWN
        return mention._replace(plain=mention.plain and not lead, weak=len(known) > SHOWN and not capital)
    word = spoken[0]
    short = any(len(each) > 1 for each in word.spellings) and (word.capital or len(word.text) >= _SHORTEST)
    called = len(known) == 1 and (short or _is_acronym(known[0], word.text))
    if word.text in COMMON:
        named = word.text not in _VAGUE and (called or rank == _IN_PART)
        return mention._replace(weak=not (called and capital)) if named else None
    answers = len(known) == 1 and ANSWERS.match(folded, mention.end) is not None
    strong = called or answers or (capital and len(known) <= SHOWN and rank == _IN_PART)
    return mention._replace(weak=not strong, plain=mention.plain and not called)


@cache
def _is_place(said: str) -> bool:
    """Whether words are the name of a territory, where nothing else tells an organisation."""
    return bool(find(said)) and not said.isdecimal()


def _is_acronym(record: NodeRecord, word: str) -> bool:
    names = " ".join(str(record.values.get(name) or "") for name in ("name", "acronym"))
    return any(len(each) > 2 and each.isupper() and fold(each) == word for each in _WORD.findall(names))


def _goes_on(words: Sequence[Word], first: int, last: int, text: str, taken: Collection[int], before: bool) -> bool:
    """Whether words are part of a longer name that nobody bears: « Quidam Introuvable »."""
    around = []
    if last + 1 < len(words) and text[words[last].end : words[last + 1].start] == " ":
        around.append(last + 1)
    if before and first and text[words[first - 1].end : words[first].start] == " ":
        around.append(first - 1)
    return any(
        words[at].capital and at not in taken and words[at].text not in COMMON and words[at].text not in LITTLE
        and len(words[at].text) > 1 for at in around
    )  # fmt: skip
