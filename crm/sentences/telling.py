"""What a sentence tells, once read."""

from collections.abc import Sequence, Set
from datetime import date
from typing import NamedTuple

from crm.sentences.reading import BOTH, THEM, UNSAID, US
from crm.sentences.tokens import Token
from graph_schema.exchanges import Channel, Direction

ANSWERED = "Avez-vous eu une réponse ?"


class Follow(NamedTuple):
    """What is to be done: from a character to before another, and the day for which it is due, if it is said."""

    start: int
    end: int
    due_on: date | None


class Story(NamedTuple):
    """What a sentence tells. ``on`` is None without an exchange. ``heads``: where its parties are named; ``told``:
    where the rest begins and ends; ``spans``: what was read where; ``questions``: what is not certain.
    """

    on: date | None
    channel: Channel | None
    direction: Direction
    heads: list[tuple[int, int]]
    told: list[tuple[int, int]]
    follow: Follow | None
    spans: list[tuple[int, int, str]]
    questions: list[str]


def channel_of(channels: Sequence[Channel], tokens: Sequence[Token]) -> Channel | None:
    """The way that was said first, or that of an event; « écrit » is by mail unless another way of writing is said."""
    said = [*dict.fromkeys(channels)]
    mailed = any((noun := each.noun()) and noun.channel is Channel.MAIL for each in tokens)
    if said[:1] == [Channel.MAIL] and not mailed and len(said) == 2 and said[1] in (Channel.LETTER, Channel.SMS):
        return said[1]
    return Channel.EVENT if Channel.EVENT in said else said[0] if said else None


def way_of(said: Set[Direction], channels: Sequence[Channel], unanswered: bool) -> tuple[Direction, str | None]:
    """From whom an exchange came, of what was said of it, and what is to be asked."""
    if unanswered and not said & {BOTH, THEM}:
        return US, None
    if unanswered and said == {US, BOTH} and channels[:1] == [Channel.VISIT]:
        return US, None  # we went there, and they were away
    if unanswered and said == {US, BOTH}:
        return UNSAID, ANSWERED
    if BOTH in said or {US, THEM} <= said:
        return BOTH, None
    return next(iter(said), UNSAID), None
