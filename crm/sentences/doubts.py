"""What a sentence says that was not read, or may be read in two ways: it is asked, never guessed.

A doubt looks at what is left when all has been read: a day that nothing took, a question, a past so far that another
year may be meant. Each is one French question, which stands in the way of nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from crm.sentences import dating
from crm.sentences.clause import FROM, Clause
from crm.sentences.conjugation import Tense
from crm.sentences.senses import Sense
from crm.sentences.telling import Follow
from crm.sentences.tokens import TokenKind
from graph_schema.wording import short_date

_OLD = 150
"""After so many days, people say the year."""

_NEAR = 31
_UNTIL = ("jusqu", "depuis", "des", "partir", "avant")
_SHUT = (Sense.AWAY, Sense.CANCELLED, Sense.SILENCE)

SILENT = "Avez-vous relancé ce jour-là, ou n'y a-t-il eu aucun échange ?"
LOST = "Qu'avez-vous fait exactement, et avec qui ?"
WHETHER = "Y a-t-il eu un échange, ou est-ce seulement à faire ?"
WONDERING = "Est-ce une question, ou un échange a-t-il eu lieu ?"


_DUTY = ("il faut", "il faudra", "il faudrait", "je dois", "nous devons", "on doit")


def doubts(
    clauses: Sequence[Clause], on: date | None, dated: bool, follow: Follow | None, today: date
) -> Iterator[str]:
    """What is to be asked of a sentence read in these clauses as an exchange of ``on`` and something to be done.

    ``dated``: its day is one that was said, not only that on which it is told.
    """
    due, follows = follow.due_on if follow else None, follow is not None
    if on is not None and not dated:
        gone = (day for each in clauses if (day := _unread_gone(each, follows, today)))
        yield from (f"L'échange est-il d'aujourd'hui ou du {short_date(day)} ?" for day in {next(gone, None)} if day)
    if due is None:
        days = (day for each in clauses if (day := _unread(each, today)))
        yield from (f"Qu'y a-t-il à faire pour le {short_date(day)} ?" for day in {next(days, None)} if day)
    if on is not None and not follows and any(_is_duty(each) for each in clauses):
        yield "Y a-t-il quelque chose à faire ?"
    if on is not None and (today - on).days > _OLD and not _says_year(clauses, on):
        yield f"Quel jour était-ce exactement : le {short_date(on)} ?"


def _is_duty(clause: Clause) -> bool:
    """« il faudra juste une attestation », « je dois une réponse à X »."""
    said = " ".join(each.said for each in clause.tokens[:3])
    return said.startswith(_DUTY)


def _unread_gone(clause: Clause, follows: bool, today: date) -> date | None:
    """A day near and gone, which is none of something that the clause is about."""
    for at, token in enumerate(clause.tokens[: clause.about]):
        moment = token.moment
        if moment is None or moment.back is None or moment.vague or not 0 < (today - moment.back).days <= _NEAR:
            continue
        if moment.ahead and (follows or any(each.verb(Tense.NOW) and not each.noun() for each in clause.tokens)):
            continue
        of_it = (clause.said(at - 1) in FROM or token.said.startswith("du ")) and any(
            each.verb() or each.means(Sense.WAY, Sense.MESSAGE, Sense.DOCUMENT) for each in clause.tokens[:at]
        )
        of_it = of_it or dating.is_until(clause)
        if not of_it and not dating.will_be(clause, at):
            return moment.back
    return None


def _unread(clause: Clause, today: date) -> date | None:
    """A day near and to come, of something that takes place or is wanted then."""
    shut = clause.means(*_SHUT) or any(each.said.startswith(("annul", "decal", "report")) for each in clause.tokens)
    if shut or clause.said(0) == "si":
        return None
    for at, token in enumerate(clause.tokens):
        moment = token.moment
        if moment is None or moment.ahead is None or moment.vague:
            continue
        if not dating.is_nearer(moment, today) and not dating.will_be(clause, at):
            continue
        near = (moment.ahead - today).days <= dating.NEAR
        if near and not clause.said(at - 1).startswith(_UNTIL) and not token.said.startswith(("avant", "des ")):
            return moment.ahead
    return None


def _says_year(clauses: Sequence[Clause], on: date) -> bool:
    said = (each.said for clause in clauses for each in clause.tokens if each.kind is TokenKind.DAY)
    return any(str(on.year) in each or each.endswith(f"/{on.year % 100}") or "an" in each.split() for each in said)
