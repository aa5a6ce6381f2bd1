"""What words of a contact may mean."""

from enum import Enum, auto
from typing import NamedTuple

from crm.sentences.conjugation import Tense
from graph_schema.exchanges import Channel


class Sense(Enum):
    """What a word tells of a contact."""

    # verbs
    CALL = auto()
    WRITE = auto()
    SEND = auto()
    LEAVE = auto()
    CONTACT = auto()
    SAY = auto()
    WANT = auto()
    MEET = auto()
    TALK = auto()
    VISIT = auto()
    MOVE = auto()
    REACH = auto()
    HAVE = auto()
    RECEIVE = auto()
    TRY = auto()
    MANAGE = auto()
    ATTEND = auto()
    SIGN = auto()
    MAKE = auto()
    MUST = auto()
    PLAN = auto()
    ACT = auto()
    # nouns
    WAY = auto()
    MESSAGE = auto()
    REMINDER = auto()
    MEETING = auto()
    STAY = auto()
    EVENT = auto()
    REPLY = auto()
    DOCUMENT = auto()
    # sentences by themselves
    UNANSWERED = auto()
    AWAY = auto()
    SILENCE = auto()
    CANCELLED = auto()
    OUTCOME = auto()
    NEXT = auto()


class Word(NamedTuple):
    """One meaning of a word or phrase."""

    sense: Sense
    tense: Tense | None = None
    channel: Channel | None = None


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set to look words up in."""
    return frozenset(text.split())
