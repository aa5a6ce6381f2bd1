"""Which of the days of a clause is that of the contact, and whether it is gone or to come."""

from collections.abc import Iterator
from datetime import date
from enum import Enum, auto

from crm.sentences.clause import FROM, MOVED, Clause
from crm.sentences.conjugation import Tense
from crm.sentences.day_words import Moment
from crm.sentences.lexicon import THEIRS
from crm.sentences.reading import ClauseReading
from crm.sentences.senses import Sense, words
from crm.sentences.tokens import Token, TokenKind

NEAR, FAR = 62, 120
_WEEK = 7
_UNTIL = frozenset(["avant", "jusqu'", "jusqu", "depuis"])
_LIMITS = ("avant ", "av ", "d'ici", "d ici", "des ", "a partir", "pour ")
_ASKS = ("attend", "veut", "veul", "voud", "souhait", "demand", "reclam", "prevu", "prevo")
_THE = words("au a la le l' aux les son sa ses leur leurs notre nos mon ma mes")
_COMING = frozenset(["sa venue", "leur venue", "sa presence", "leur presence"])
_WHERE = words("entre a au aux chez dans en lors par pendant sur durant via")
_OF = ("du ", "au ", "de ", "en ", "pour ")


class When(Enum):
    """Whether an ambiguous day is gone or to come."""

    GONE = auto()
    AHEAD = auto()
    UNKNOWN = auto()


def days_of(clause: Clause, reading: ClauseReading) -> Iterator[tuple[int, Moment]]:
    """The days that are those of the contact that a clause tells, and where: not those of what it is about."""
    for at, token in enumerate(clause.tokens):
        if token.moment and not _is_anothers(clause, reading, at, token.moment):
            yield at, token.moment


def _is_anothers(clause: Clause, reading: ClauseReading, at: int, moment: Moment) -> bool:
    """Whether a day is that of something else: « la visite de jeudi », « avant le 12 », « à mon mail du 3 »."""
    said, before = clause.said(at), clause.said(at - 1)
    if is_of_ours(reading, at) or (reading.mentioned and reading.mentioned[1] == at):
        return True
    if (said.startswith(_LIMITS) and moment.ahead) or before in _UNTIL:
        return True
    met = clause.means(Sense.MEETING, Sense.STAY, start=at - 2, end=at - 1) and at > 1
    if met and before in FROM - {"des"} and reading.verbs and not reading.nominal and reading.held is None:
        return True
    if said.startswith("du ") and _is_of_a_thing(clause, at):
        return True
    if any(each.said.startswith(MOVED) for each in clause.tokens[:at]):
        return True  # « décaler la visite du 2 au 9 »
    if moment.ahead and (will_be(clause, at) or clause.comes(at)):
        return True
    if moment.ahead and moment.vague and any(each.verb(Tense.BARE) and not each.noun() for each in clause.tokens[:at]):
        return True  # « propose d'accueillir une session en mars »
    if at <= clause.about:
        return False
    spoken = moment.ahead and clause.means(Sense.MEETING, Sense.STAY, Sense.EVENT, start=at - 1, end=at)
    of_it = said.startswith(_OF) or before in ("de", "d'", "du", "au", "pour")
    return bool(of_it or spoken or clause.said(clause.about) == "suite")


def will_be(clause: Clause, at: int) -> bool:
    """Whether a verb before a day says that it is to come: « elle ne pourra pas venir le 8 »."""
    return any(each.verb(Tense.LATER) and not each.noun() for each in clause.tokens[:at])


def _is_of_a_thing(clause: Clause, at: int) -> bool:
    """Whether a day is that of the thing that was answered or sent: « répondu au mail de X du 15 octobre »."""
    things = (Sense.WAY, Sense.DOCUMENT, Sense.MEETING, Sense.STAY, Sense.MESSAGE)
    verb = next((place for place in range(at) if clause.tokens[place].verb()), None)
    if verb is None or not clause.tokens[verb].means(Sense.SAY, Sense.SEND, Sense.CONTACT):
        return False
    return any(
        (clause.tokens[place].means(*things) and clause.said(place - 1) in _THE) or clause.tokens[place].said in _COMING
        for place in range(verb + 1, at)
    )


def is_of_ours(reading: ClauseReading, at: int) -> bool:
    """Whether a day is that of what we had sent or said before: « sans réponse à mon mail du 3 »."""
    return reading.ours is not None and reading.ours < at <= reading.ours + 3


def is_until(clause: Clause) -> bool:
    """Whether the day of a clause is that until which, or since which, something is so."""
    return clause.says(_UNTIL) or any(each.moment and each.said.startswith(_LIMITS) for each in clause.tokens)


def is_limit(clause: Clause) -> bool:
    """Whether a clause is a day by which something is wanted: « pour le 18/12 »."""
    return len(clause.tokens) == 1 and clause.said(0).startswith(_LIMITS)


def is_wanted(clause: Clause) -> bool:
    """Whether a day to come in a clause is one by which something is wanted or takes place."""
    shut = (
        clause.means(Sense.AWAY)
        or clause.said(1) in THEIRS
        or clause.says({"ne", "n'", "pas", "plus", "jusqu'", "jusqu", "depuis"})
    )
    limit = any(each.moment and each.said.startswith(_LIMITS) and not _is_since(each) for each in clause.tokens)
    asks = any(each.means(Sense.SAY, Sense.CONTACT) or each.said.startswith(_ASKS) for each in clause.tokens)
    return not shut and (limit or asks or clause.says({"nous"}))


def _is_since(token: Token) -> bool:
    """« disponible dès lundi »: from when something is so."""
    return token.said.startswith(("des ", "a partir"))


def is_ahead(moment: Moment, today: date) -> bool:
    """Whether a day is to come, or much nearer if it is, or as near."""
    if moment.back is None or moment.ahead is None:
        return moment.back is None
    before, behind = (moment.ahead - today).days, (today - moment.back).days
    return is_nearer(moment, today) or (behind <= _WEEK and before <= _WEEK)


def is_gone(moment: Moment, today: date) -> bool:
    """Whether a day is so near if it is gone, and so far if it is to come, that it must be gone."""
    if moment.back is None or moment.ahead is None:
        return moment.ahead is None
    return (today - moment.back).days <= NEAR and (moment.ahead - today).days > FAR


def says_when(clause: Clause) -> bool:
    """Whether a clause is only when, where or how: « hier dans leurs locaux », « jeudi, par téléphone »."""
    first = clause.tokens[0]
    return first.kind in (TokenKind.DAY, TokenKind.HOUR) or first.said in _WHERE or first.means(Sense.EVENT)


def is_nearer(moment: Moment, today: date) -> bool:
    """Whether a day is to come, or so near if it is, and so long ago if not, that it must be."""
    if moment.back is None or moment.ahead is None:
        return moment.back is None
    return (moment.ahead - today).days <= NEAR and (today - moment.back).days > FAR


def when(moment: Moment, clause: Clause, gone: bool, today: date) -> When:
    """Of a day that may be gone or to come, said of a meeting without a verb: which it is.

    ``gone``: what is told after it says that it took place.
    """
    assert moment.back
    assert moment.ahead
    behind, before = (today - moment.back).days, (moment.ahead - today).days
    hour = any(each.kind is TokenKind.HOUR for each in clause.tokens)
    if behind <= _WEEK and before <= _WEEK:
        first = clause.tokens[0]
        appointed = first.said in ("rdv", "rv", "rendez vous") or first.kind in (TokenKind.DAY, TokenKind.HOUR)
        if hour and appointed and not gone:
            return When.AHEAD
        return When.GONE if gone and not hour else When.UNKNOWN
    if before <= FAR and behind > 2 * before:
        return When.AHEAD
    if (behind <= FAR and before >= 2 * behind) or (gone and behind <= NEAR):
        return When.GONE
    return When.UNKNOWN
