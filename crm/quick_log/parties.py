"""Which of the names of a sentence took part, and which are only talked about."""

import re
from collections.abc import Sequence

from crm.quick_log.match import NamesFound
from crm.quick_log.name_words import GONE, NOT_THERE
from crm.quick_log.names import Mention
from crm.sentences.folding import reduced
from crm.sentences.hints import ABOUT
from crm.sentences.telling import Story
from graph_schema.organisations import Organisation
from graph_schema.people import Person

_EXCUSED = re.compile(r" ?\(?(?:s'est |etait |est )?excusee?s?\b")
_EXCUSED_ARE = re.compile(r"\bexcusee?s?(?: :)? $")
_AND = re.compile(r" ?(?:\bet\b|&|\+) ?")
_TO_BE = re.compile(r" (?:sera|seront|serait|va (?:etre|devenir|remplacer)|devient|deviendra|remplace)\b")


def before_of(low: str, mention: Mention, names: Sequence[Mention]) -> str:
    """What stands before a name, with one sign for each name in it."""
    earlier = [(each.start, each.end) for each in names if each.end <= mention.start]
    return reduced(low[: mention.start], earlier)


def parties_of(found: NamesFound, names: Sequence[Mention], story: Story, low: str) -> list[Mention]:
    """The names that take part: those of the contact itself; failing that, of what is to come; failing that, all.

    Someone who has left takes no part. With an organisation alone, those of its people take part who say or do
    something further on: « visio avec le garage, Mme Fictive était là ».
    """
    there = [each for each in names if not is_gone(low, each, names)]
    places = story.heads
    heads = [each for each in there if any(start <= each.start < end for start, end in places) or _is_who(low, each)]
    if heads:
        more = _colleagues(found, heads, there, low) or _around(heads, there, low)
        return _coordinated([*heads, *more], there, low)
    follow = story.follow
    ahead = [each for each in there if follow and follow.start <= each.start < follow.end]
    if ahead:
        return ahead
    return [each for each in there if each.records or each in found.mentions] or there


def _is_who(low: str, mention: Mention) -> bool:
    """« c'est Mme Fictive du garage qui m'a reçu »."""
    return re.search(r"\bc'(?:est|etait) $", low[: mention.start]) is not None and " qui " in low[mention.end :]


def is_gone(low: str, mention: Mention, names: Sequence[Mention]) -> bool:
    """Whether the sentence says that someone has left, or was not there."""
    if len(names) > 1 and (_EXCUSED.match(low, mention.end) or _EXCUSED_ARE.search(low[: mention.start])):
        return True
    if mention.type == Organisation.TYPE or mention.firm or len(names) == 1:
        return False
    beside = next((each for each in names if each.start >= mention.end and each.type == Organisation.TYPE), None)
    end = mention.end
    if beside and re.fullmatch(r" ?[(,]? ?(?:de la |de l'|des |de |du |d'|chez )?", low[end : beside.start]):
        end = beside.end + (low[beside.end : beside.end + 1] in tuple("),"))
    return (
        GONE.match(low, mention.end) is not None
        or GONE.match(low, end) is not None
        or NOT_THERE.search(low[: mention.start]) is not None
    )


def _coordinated(heads: Sequence[Mention], names: Sequence[Mention], low: str) -> list[Mention]:
    """The names of the contact, with those that « et » ties to one of them."""
    tied = [number for number, each in enumerate(names) if each in heads]
    for number in range(len(names) - 1, 0, -1):
        pair = names[number - 1], names[number]
        if (
            number in tied
            and _AND.fullmatch(low, pair[0].end, pair[1].start)
            and {each.type for each in pair} == {Person.TYPE}
        ):
            tied.append(number - 1)
    return [each for number, each in enumerate(names) if number in tied]


def _around(heads: Sequence[Mention], names: Sequence[Mention], low: str) -> list[Mention]:
    """Where nobody of the contact is known: the organisations of the sentence, of which they may be."""
    if any(each.records for each in heads):
        return []
    places = [each for each in names if each not in heads and (each.type == Organisation.TYPE or each.firm)]
    return [each for each in places if not ABOUT.search(re.split(r"[,;:.(]", before_of(low, each, names))[-1])]


def _colleagues(found: NamesFound, heads: Sequence[Mention], names: Sequence[Mention], low: str) -> list[Mention]:
    """Where only organisations are known of the contact: those who work there and are named further on."""
    if any(each.type != Organisation.TYPE for each in heads):
        return []
    employers = {record.id for each in heads for record in each.records}
    joined = []
    for each in names:
        clause = re.split(r"[,;:.(]| qui | que ", before_of(low, each, names))[-1]
        works = any(found.works_for(record.id) & employers for record in each.records)
        if each not in heads and works and not ABOUT.search(clause) and not _TO_BE.match(low, each.end):
            joined.append(each)
    return joined
