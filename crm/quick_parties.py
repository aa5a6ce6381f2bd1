"""Which of the names of a sentence took part, and which are only talked about."""

import re
from collections.abc import Sequence

from crm.name_words import GONE, NOT_THERE
from crm.quick_hints import ABOUT
from crm.quick_match import Found
from crm.quick_names import Mention
from crm.quick_text import reduced
from crm.sentences.story import Story

_BEGINS = re.compile(r"(?:^|[,;:.(!?+]|§ et|@ |\b(?:mais|car|puis|donc|que|et)\b|\bqu')\s*(?:(?:le|la|l'|les)\s*)?$")

_TO_BE = re.compile(r" (?:sera|seront|serait|va (?:etre|devenir|remplacer)|devient|deviendra|remplace)\b")


def before_of(low: str, mention: Mention, names: Sequence[Mention]) -> str:
    """What stands before a name, with one sign for each name in it."""
    earlier = [(each.start, each.end) for each in names if each.end <= mention.start]
    return reduced(low[: mention.start], earlier)


def parties_of(found: Found, names: Sequence[Mention], story: Story, low: str) -> list[Mention]:
    """The names that take part: those of the contact itself; failing that, of what is to come; failing that, all.

    Someone who has left takes no part. With an organisation alone, those of its people take part who say or do
    something further on: « visio avec le garage, Mme Fictive était là ».
    """
    there = [each for each in names if not _is_gone(low, each, names)]
    heads = [each for each in there if any(start <= each.start < end for start, end in story.heads)]
    if heads:
        return heads + (_colleagues(found, heads, there, story, low) or _around(heads, there, low))
    follow = story.follow
    ahead = [each for each in there if follow and follow.start <= each.start < follow.end]
    if ahead:
        return ahead
    return [each for each in there if each.records] or there


def _is_gone(low: str, mention: Mention, names: Sequence[Mention]) -> bool:
    """Whether the sentence says that someone has left, or was not there."""
    if mention.type == "Organisation" or mention.firm or len(names) == 1:
        return False
    return GONE.match(low, mention.end) is not None or NOT_THERE.search(low[: mention.start]) is not None


def _around(heads: Sequence[Mention], names: Sequence[Mention], low: str) -> list[Mention]:
    """Where nobody of the contact is known: the organisations of the sentence, of which they may be."""
    if any(each.records for each in heads):
        return []
    places = [each for each in names if each not in heads and (each.type == "Organisation" or each.firm)]
    return [each for each in places if not ABOUT.search(re.split(r"[,;:.(]", before_of(low, each, names))[-1])]


def _colleagues(
    found: Found, heads: Sequence[Mention], names: Sequence[Mention], story: Story, low: str
) -> list[Mention]:
    """Those who work for an organisation of the contact and are who a clause further on is about, or what follows."""
    if any(each.type != "Organisation" for each in heads):
        return []
    employers = {record.id for each in heads for record in each.records}
    joined: list[Mention] = []
    for each in names:
        begins = _BEGINS.search(before_of(low, each, names)) is not None
        after = joined and re.fullmatch(r" ?(?:et|\+|,) ?(?:avec )?", low[joined[-1].end : each.start])
        begins = begins or (story.follow is not None and story.follow.start <= each.start < story.follow.end)
        works = any(found.works_for(record.id) & employers for record in each.records)
        if each not in heads and works and (begins or after) and not _TO_BE.match(low, each.end):
            joined.append(each)
    return joined
