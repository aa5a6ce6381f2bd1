"""On how few the network rests: periods at work by host, agreements by signatory, training actions by funder.

The index of Herfindahl and Hirschman is the sum of the squared shares; its inverse is how many equal ones would weigh
the same, which is what people are told. Up to 0.15 things are well spread, above 0.25 concentrated.

Sources: A. Hirschman, « The Paternity of an Index », 1964; for the inverse, M. Hill, « Diversity and Evenness », 1973;
for the limits, the Horizontal Merger Guidelines of the United States, 2010, 5.3.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from crm.analytics.graph import Relations
from graph_schema.declaration import Vocabulary
from graph_schema.organisations import Funds
from graph_schema.snapshot import Nature
from graph_schema.wording import NBSP, count, number

SPREAD, CONCENTRATED = 0.15, 0.25


class Subject(Vocabulary):
    """What is shared between partners."""

    HOSTING = "accueils", "Accueils de la période"
    FUNDING = "financements", "Actions et structures financées"
    AGREEMENTS = "conventions", "Conventions en vigueur"


class Share(NamedTuple):
    """The part of one organisation."""

    id: str
    name: str
    number: int
    share: float


class Concentration(NamedTuple):
    """How something is shared: ``shares`` the largest first, the index between 0 and 1, ``equivalent`` its inverse.

    ``total`` counts each act once; one that several partners hold is in the share of each of them.

    ``sentence`` says it in French, with what to do about it.
    """

    subject: Subject
    total: int
    shares: tuple[Share, ...]
    herfindahl: float
    equivalent: float
    sentence: str


def concentrations(relations: Relations) -> tuple[Concentration, ...]:
    """Return how hostings of the window, funding and agreements in force are shared; where there are none, nothing."""
    found = ((subject, set(_held(relations, subject))) for subject in Subject)
    return tuple(_concentration(relations, subject, held) for subject, held in found if held)


def herfindahl(numbers: Mapping[str, int]) -> Fraction:
    """Return the index of Herfindahl and Hirschman of these numbers, of which one at least is above zero, exact."""
    return Fraction(sum(each**2 for each in numbers.values()), sum(numbers.values()) ** 2)


def _held(relations: Relations, subject: Subject) -> Iterator[tuple[str, str]]:
    """Which organisation holds which act."""
    snapshot = relations.snapshot
    if subject is Subject.FUNDING:
        funds = Funds.TYPE
        yield from ((link.source, link.target) for link in snapshot.links if link.type == funds)
        return
    for id, engagements in relations.engagements.items():
        for each in engagements:
            if subject is Subject.AGREEMENTS:
                held = each.nature is Nature.AGREEMENT and each.term.in_force(snapshot.on)
            else:
                recent = each.ends is None or each.ends >= snapshot.since
                held = each.nature is Nature.HOSTING and each.starts <= snapshot.on and recent
            if held:
                yield id, each.subject


def _concentration(relations: Relations, subject: Subject, held: set[tuple[str, str]]) -> Concentration:
    counted = Counter(id for id, _ in held)
    rows, measured = relations.snapshot.organisations, herfindahl(counted)
    # An agreement of two partners is one agreement; what two of them fund is funded twice.
    total = len(held) if subject is Subject.FUNDING else len({act for _, act in held})
    ranked = sorted(counted, key=lambda id: (-counted[id], rows[id].name, id))
    shares = tuple(Share(id, rows[id].name, counted[id], counted[id] / len(held)) for id in ranked)
    sentence = _sentence(subject, total, shares, measured)
    return Concentration(subject, total, shares, float(measured), float(1 / measured), sentence)


_NOUNS = {Subject.HOSTING: "accueil", Subject.FUNDING: "financement", Subject.AGREEMENTS: "convention"}
_FIND = {
    Subject.HOSTING: "cherchez d'autres entreprises d'accueil pour les mêmes formations",
    Subject.FUNDING: "ouvrez une source de financement de plus",
    Subject.AGREEMENTS: "signez avec d'autres partenaires actifs",
}


_EVENLY = {True: "c'est bien partagé, entre peu de structures", False: "c'est bien réparti"}


def _sentence(subject: Subject, total: int, shares: tuple[Share, ...], measured: Fraction) -> str:
    first, held = shares[0], count(total, _NOUNS[subject])
    if len(shares) == 1:
        return f"Tout repose sur {first.name}{NBSP}: {_FIND[subject]}."
    if first.number == shares[-1].number:
        return f"{held}, à parts égales entre {count(len(shares), 'structure')}{NBSP}: {_EVENLY[measured > SPREAD]}."
    part = f"{first.name} porte {number(first.number)} de vos {held} ({round(100 * first.number / total)}{NBSP}%)"
    if measured > CONCENTRATED:
        said, advice = "tout repose sur peu de structures", f" Avant un départ, {_FIND[subject]}."
    elif measured > SPREAD:
        said, advice = "c'est assez concentré", f" Quand vous le pouvez, {_FIND[subject]}."
    else:
        said, advice = "c'est bien réparti", ""
    equivalent = number(float(1 / measured), 1 if 1 / measured < 10 else 0)
    return f"{part}. À parts égales, cela vaut {equivalent} structures{NBSP}: {said}.{advice}"
