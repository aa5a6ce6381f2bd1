"""Where a sentence names people and organisations of the network: its words, laid against the names of the records.

Nothing is read here. Who of several is meant is settled by ``crm.quick_log.match``, which sees the whole sentence.
"""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from crm.quick_log.name_words import ANSWERS, COMMON
from crm.quick_log.reach import IN_PART, SHORTEST, NameReach, initials, organisation, person, words_held
from crm.quick_log.spoken import SpokenWord, initial, may_be_name, title_before
from crm.records.territories import find
from crm.sentences.hints import LITTLE
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.records import NodeRecord
from graph_schema.text import fold

OFFERED = 40
"""At most so many candidates are offered for one name."""

SHOWN = 8
"""A name that so many bear, or fewer, may be meant by a part of it."""

_WORD = re.compile(r"[^\W_]+")
_LISTED = re.compile(r" ?(?:,|/|&|\bet\b|\bou\b)? ?(?:et )?(?:celles? )?(?:d'|de |du |des |la |le )*")
_LEGAL = {"ets", "eurl", "gie", "sa", "sarl", "sas", "sasu", "sci", "scop", "ste"}
_VAGUE = {
    "formation",
    "entreprise",
    "projet",
    "conseil",
    "mission",
    "contrat",
    "stage",
    "accueil",
    "place",
    "places",
    "jeunes",
    "jeune",
}


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


def named(records: Iterable[NodeRecord], words: Sequence[SpokenWord], text: str, folded: str) -> list[Mention]:
    """The longest names from left to right, none over another."""
    held = _Held(records)
    reached: list[list[NameReach]] = []
    listed: list[Mention] = []
    at = 0
    while at < len(words):
        best = _best(held.reaches(words, at, folded)) if may_be_name(words[at]) or initial(words, at, folded) else []
        reached += [best] if best else []
        at = best[0].last + 1 if best else at + 1
        for more, after in _listed(held, best, words, folded):
            listed.append(more)
            at = after
    taken = {number for best in reached for number in range(best[0].first, best[0].last + 1)}
    taken |= {
        number for number, word in enumerate(words) if any(each.start <= word.start < each.end for each in listed)
    }
    found = [each for best in reached if (each := _mention(best, words, text, folded, taken))]
    return sorted([*_whole(found, reached, words, folded), *listed], key=lambda each: each.start)


class _Held:
    """The records in which names are looked for, by the words of their names."""

    def __init__(self, records: Iterable[NodeRecord]) -> None:
        self._held: defaultdict[str, dict[str, NodeRecord]] = defaultdict(dict)
        self._lettered: defaultdict[str, dict[str, NodeRecord]] = defaultdict(dict)
        for record in records:
            for word in words_held(record):
                self._held[word][record.id] = record
            for letters in initials(record):
                self._lettered[letters][record.id] = record
        self._keys = sorted(self._held)

    def reaches(self, words: Sequence[SpokenWord], at: int, folded: str | None) -> Iterator[NameReach]:
        """The names that begin at a word; without ``folded``, of words that stand side by side."""
        title = title_before(words, at, folded) if folded else None
        letter = folded is not None and initial(words, at, folded)
        for record in self._beginning(words, at, letter):
            if record.type == Person.TYPE:
                reach = person(record, words, at, folded, title) if folded else None
            else:
                reach = None if title or letter else organisation(record, words, at, folded)
            if reach:
                yield reach

    def _beginning(self, words: Sequence[SpokenWord], at: int, letter: bool) -> Iterable[NodeRecord]:
        """The records of which a name may begin with a word, or with the one after an initial."""
        starts = [word.text for word in words[at + 1 : at + 3]] if letter else [each[0] for each in words[at].spellings]
        long = tuple(each for each in starts if len(each) >= SHORTEST and each not in COMMON)
        found = dict(self._lettered.get(words[at].text, {}))
        for key in starts:
            found |= self._held.get(key, {})
        for start in long:
            for key in self._keys[bisect(self._keys, start) :]:
                if not key.startswith(start):
                    break
                found |= self._held[key]
        return found.values()


def _listed(
    held: _Held, best: Sequence[NameReach], words: Sequence[SpokenWord], folded: str
) -> Iterator[tuple[Mention, int]]:
    """« les missions locales de Lens et Béthune »: those of the other towns, each with the word after it."""
    if not best or best[0].record.type == Person.TYPE:
        return
    head = list(words[best[0].first : best[0].last])
    at = best[0].last
    while head:
        after = next((n for n in range(at + 1, len(words)) if words[n].text not in LITTLE), len(words))
        if after == len(words) or not _LISTED.fullmatch(folded, words[at].end, words[after].start):
            return
        side = [*head, *words[after : after + 3]]
        more = [each for each in _best(held.reaches(side, 0, None)) if each.last >= len(head)]
        last = after + more[0].last - len(head) if more else after
        if len(more) != 1 or not is_place(folded[words[after].start : words[last].end], more[0].record):
            return
        yield Mention(words[after].start, words[last].end, (more[0].record,)), last + 1
        at = last


def _whole(
    found: Sequence[Mention], reached: Sequence[Sequence[NameReach]], words: Sequence[SpokenWord], folded: str
) -> list[Mention]:
    """The names, a given name and the family name after it as one: that of nobody whom the network knows."""
    ranks = {words[best[0].first].start: best[0].rank for best in reached if best[0].record.type == Person.TYPE}
    whole: list[Mention] = []
    for each in found:
        last = whole[-1] if whole else None
        if last and folded[last.end : each.start] == " " and (ranks.get(last.start), ranks.get(each.start)) == (4, 3):
            whole[-1] = Mention(last.start, each.end, (), last.plain)
        else:
            whole.append(each)
    return whole


def _best(reaches: Iterable[NameReach]) -> list[NameReach]:
    """Of names that begin at one word, the longest, and of those the best said."""
    found = list(reaches)
    longest = max((each.last for each in found), default=0)
    found = [each for each in found if each.last == longest]
    best = min((each.rank for each in found), default=0)
    return [each for each in found if each.rank == best]


def _mention(
    best: Sequence[NameReach], words: Sequence[SpokenWord], text: str, folded: str, taken: Collection[int]
) -> Mention | None:
    """The mention that names beginning at a word make, unless it is a part of another name, or a place."""
    first, last = best[0].first, best[0].last
    spoken = [words[number] for number in range(first, last + 1) if words[number].text not in LITTLE]
    title = title_before(words, first, folded)
    start = title.start() if title else words[first].start
    records = tuple(each.record for each in best)
    capital = any(word.capital for word in spoken)
    rank, single = best[0].rank, len(spoken) == 1
    partly = rank > 2 if records[0].type == Person.TYPE else rank > 0
    common = single and spoken[0].text in COMMON
    plain = not title and (not capital or common) and (partly or single)
    mention = Mention(start, words[last].end, records, plain, single and not title, partly)
    if title and records[0].type == Person.TYPE:
        return mention
    if first and records[0].type == Person.TYPE and rank > 2 and initial(words, first - 1, folded):
        return None
    if partly and _goes_on(words, first, last, text, taken, single or records[0].type == Organisation.TYPE):
        return None
    if records[0].type == Person.TYPE:
        told = rank == 4 and ANSWERS.match(folded, mention.end) is None
        return mention._replace(weak=single and not capital and (common or told))
    return _organised(mention, best, spoken, folded, capital and first > 0)


def _organised(
    mention: Mention, best: Sequence[NameReach], spoken: Sequence[SpokenWord], folded: str, capital: bool
) -> Mention | None:
    """The mention of organisations, as sure as the words that say it."""
    if not mention.partly:
        return mention._replace(plain=mention.plain and not _is_acronym(mention.records[0], spoken[0].text))
    known, rank = mention.records, best[0].rank
    if is_place(" ".join(word.text for word in spoken)):
        return None
    if not mention.single:
        sure = all(each.said > 1 for each in best) and len(known) <= SHOWN
        plain = (mention.plain and not sure) or not all(each.lead for each in best)
        return mention._replace(plain=plain, weak=len(known) > SHOWN and not capital)
    word = spoken[0]
    if word.text in _LEGAL:
        return None
    short = any(len(each) > 1 for each in word.spellings) and (word.capital or len(word.text) >= SHORTEST)
    called = len(known) == 1 and (short or _is_acronym(known[0], word.text))
    if word.text in COMMON:
        named = word.text not in _VAGUE and (called or rank == IN_PART)
        return mention._replace(weak=not (called and capital)) if named else None
    at_home = re.search(r"\bchez (?:l[ae] |les |l')?$", folded[: mention.start]) is not None
    answers = len(known) == 1 and (at_home or ANSWERS.match(folded, mention.end) is not None)
    first = fold(str(known[0].values["name"])).split()[:1] == [word.text]
    led = len(known) == 1 and first and _ARTICLE.search(folded[: mention.start]) is not None
    strong = called or answers or led or (capital and len(known) <= SHOWN and rank == IN_PART)
    return mention._replace(weak=not strong, plain=mention.plain and not called)


_ARTICLE = re.compile(
    r"\b(?:(?:avec|et|a|chez) (?:le|la|les) |(?:avec|et|a|chez) l')$"
    r"|\b(?:mail|courrier|appel|message|sms|invitation|visite)\b[^,;.]{0,20} (?:du |de la |de l'|des )$"
)


@cache
def _is_territory(said: str) -> bool:
    return bool(find(said)) and not said.isdecimal()


def is_place(said: str, record: NodeRecord | None = None) -> bool:
    """Whether words are the name of a territory, or of the town of an organisation."""
    town = fold(str(record.values.get("city") or "")) if record else ""
    return _is_territory(said) or (record is not None and (said.isdecimal() or town.startswith(said)))


def _is_acronym(record: NodeRecord, word: str) -> bool:
    names = " ".join(str(record.values.get(name) or "") for name in ("name", "acronym"))
    return any(len(each) > 2 and each.isupper() and fold(each) == word for each in _WORD.findall(names))


def _goes_on(
    words: Sequence[SpokenWord], first: int, last: int, text: str, taken: Collection[int], before: bool
) -> bool:
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
