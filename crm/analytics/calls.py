"""Whom to call, in what order, and why.

The order is that of value × lateness:

- value = weight of the tier (A 4, B 2, C 1) × (1 + ½ for each of: a hosting in the window, a meeting attended in the
  window, an agreement in force, an agreement that ends within ``ENDING_DAYS``);
- lateness = days since the latest exchange ÷ the tier's maximum, at most 3; 1 for someone we never heard from.

Only relations that exist are listed: organisations past their maximum; those we never heard from if they are of tier A
or B, have an engagement, or were written to. Closed ones are not. The person to call is, among those who work there and
did not oppose it, the freshest; then the main contact; then the first by name.
"""

from collections.abc import Iterator
from datetime import timedelta
from heapq import nsmallest
from typing import NamedTuple

from crm.analytics.activity import Activity, activity_of
from crm.analytics.freshness import Freshness, State, freshness_of, staleness
from crm.analytics.graph import Relations
from graph_schema.snapshot import LinkRow, Nature, PersonRow
from graph_schema.vocabularies import Tier
from graph_schema.wording import NBSP, count, listing, sentence, short_date

ENDING_DAYS = 90
"""An agreement that ends within so many days makes a call worth more."""

MAXIMUM_LATENESS = 3.0
"""Beyond three times the maximum, waiting longer no longer makes a call more urgent."""

WEIGHTS = {Tier.A: 4.0, Tier.B: 2.0, Tier.C: 1.0}


class Call(NamedTuple):
    """An organisation to call: whom there (None: nobody known), in what role, how urgent, and why (French)."""

    freshness: Freshness
    person: PersonRow | None
    role: str | None
    value: float
    lateness: float
    reason: str

    @property
    def score(self) -> float:
        """Value × lateness; the highest is called first."""
        return self.value * self.lateness


def call_list(relations: Relations, limit: int | None = None, owner: str | None = None) -> tuple[Call, ...]:
    """Return the organisations to call, the most urgent first.

    ``owner`` keeps only those that this colleague follows; ``limit`` the first so many.
    """
    due = (
        (_value(relations, measured), _lateness(measured), measured)
        for measured in _due(relations)
        if owner is None or measured.owner == owner
    )
    ranked = sorted(due, key=_rank) if limit is None else nsmallest(limit, due, key=_rank)
    return tuple(_call(relations, *each) for each in ranked)


def best_contact(relations: Relations, organisation: str) -> tuple[LinkRow, PersonRow] | None:
    """Return whom to call in an organisation, with the role held there; None when nobody there may be called."""
    staff = [(link, person) for link, person in relations.staff(organisation) if not person.opposed]
    return min(
        staff,
        key=lambda each: (*staleness(freshness_of(relations, each[1].id)), not each[0].main, each[1].name, each[1].id),
        default=None,
    )


def _due(relations: Relations) -> Iterator[Freshness]:
    for id, row in relations.snapshot.organisations.items():
        if row.closed:
            continue
        measured = freshness_of(relations, id)
        exists = row.tier is not Tier.C or id in relations.engagements or measured.chased_on
        if measured.state is State.CHASE or (measured.state is State.NEVER and exists):
            yield measured


def _rank(due: tuple[float, float, Freshness]) -> tuple[float, str, str]:
    value, lateness, measured = due
    return -value * lateness, measured.name, measured.id


def _value(relations: Relations, measured: Freshness) -> float:
    facts = activity_of(relations, measured.id)
    signs = (facts.hostings > 0, facts.meetings > 0, facts.agreement, _ends_soon(facts))
    return WEIGHTS[measured.tier] * (1 + 0.5 * sum(signs))


def _ends_soon(facts: Activity) -> bool:
    return facts.until is not None and facts.until - facts.on <= timedelta(days=ENDING_DAYS)


def _lateness(measured: Freshness) -> float:
    return 1.0 if measured.days is None else min(MAXIMUM_LATENESS, measured.days / measured.maximum)


def _call(relations: Relations, value: float, lateness: float, measured: Freshness) -> Call:
    contact = best_contact(relations, measured.id)
    role, person = (contact[0].role, contact[1]) if contact else (None, None)
    return Call(measured, person, role, value, lateness, _reason(relations, measured, person, role))


def _reason(relations: Relations, measured: Freshness, person: PersonRow | None, role: str | None) -> str:
    facts = activity_of(relations, measured.id)
    engagements = relations.engagements.get(measured.id, ())
    known = [engagement for engagement in engagements if engagement.starts <= facts.on]
    hostings = sum(engagement.nature is Nature.HOSTING for engagement in known)
    meetings = sum(engagement.nature is Nature.MEETING for engagement in known)
    done = [count(n, noun) for n, noun in ((hostings, "accueil"), (meetings, "comité")) if n]
    words = [listing(done)] if done else []
    if facts.agreement:
        words.append(f"convention jusqu'au {short_date(facts.until)}" if facts.until else "convention en cours")
    if person is not None:
        words.append(f"{person.name}, {role}" if role else person.name)
    if measured.chased_on:
        words.append(f"relancé le {short_date(measured.chased_on)}, sans réponse")
    return sentence(f"{NBSP}; ".join(words)) if words else "Aucun contact connu."
