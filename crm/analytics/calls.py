"""Whom to call, in what order, and why.

The order is that of value × lateness:

- value = weight of the tier (A 4, B 2, C 1) × (1 + ½ for each of: a hosting in the window, a meeting attended in the
  window, a seat on a committee, an agreement in force, an agreement that ends within ``ENDING_DAYS``);
- lateness = 1 + days over the tier's maximum ÷ that maximum, at most 3; 1 for someone we never heard from.

Both grow with the tier, whose maximum is shorter the higher it is; waiting longer never takes anyone down the list.
Source: our own rule; weights double from tier to tier, so that a C with one tie comes before a bare C and after a B.

Only relations that exist are listed: organisations past their maximum; those we never heard from if they are of tier A
or B, have an engagement, or were written to. Closed ones are not, nor those whose call was put off to a later day. The
person to call is, among those who work there and did not oppose it, the freshest; then the main contact; then the first
by name.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from crm.analytics.activity import Activity, activity_of
from crm.analytics.activity import activity as activity_of_all
from crm.analytics.freshness import Freshness, State, freshness_of, staleness
from crm.analytics.freshness import freshness as freshness_of_all
from crm.analytics.graph import Relations
from graph_schema.snapshot import LinkRow, Nature, OrganisationRow, PersonRow
from graph_schema.vocabularies import Tier
from graph_schema.wording import NBSP, count, listing, sentence, short_date

ENDING_DAYS = 90
"""An agreement that ends within so many days makes a call worth more."""

MAXIMUM_LATENESS = 3.0
"""Beyond three times the maximum, waiting longer no longer makes a call more urgent."""

WEIGHTS = {Tier.A: 4.0, Tier.B: 2.0, Tier.C: 1.0}


class Due(NamedTuple):
    """An organisation to call, and how urgent it is."""

    freshness: Freshness
    value: float
    lateness: float

    @property
    def id(self) -> str:
        """The organisation's."""
        return self.freshness.id

    @property
    def score(self) -> float:
        """Value × lateness; the highest is called first."""
        return self.value * self.lateness


class Call(NamedTuple):
    """A call to make: to which organisation, whom there (None: nobody known), in what role, and why (French)."""

    due: Due
    person: PersonRow | None
    role: str | None
    reason: str

    @property
    def freshness(self) -> Freshness:
        """That of the organisation."""
        return self.due.freshness


def ranking(relations: Relations, freshness: Iterable[Freshness], activity: Mapping[str, Activity]) -> tuple[Due, ...]:
    """Return the organisations to call among those measured, the most urgent first; ties by name, then by id."""
    on, rows = relations.snapshot.on, relations.snapshot.organisations
    found = (each for each in freshness if not snoozed(rows[each.id], on))
    return tuple(sorted(_due(relations, found, activity), key=rank))


def rank(due: Due) -> tuple[float, str, str]:
    """A key that sorts the most urgent first."""
    return -due.score, due.freshness.name, due.id


def put_off(
    relations: Relations, freshness: Mapping[str, Freshness], activity: Mapping[str, Activity], until: date
) -> tuple[tuple[date, Due], ...]:
    """Return the calls that were put off to a day up to ``until``, each with that day, the first to come back first."""
    on, rows = relations.snapshot.on, relations.snapshot.organisations
    back = {id: day for id, row in rows.items() if (day := row.snoozed_until) and on < day <= until}
    due = _due(relations, (freshness[id] for id in back), activity)
    return tuple(sorted(((back[each.id], each) for each in due), key=lambda pair: (pair[0], rank(pair[1]))))


def call_list(relations: Relations, limit: int | None = None, owner: str | None = None) -> tuple[Call, ...]:
    """Return the calls to make, the most urgent first.

    ``owner`` keeps only those that this colleague follows; ``limit`` the first so many.
    """
    due = ranking(relations, freshness_of_all(relations, people=False).values(), activity_of_all(relations))
    kept = (each for each in due if owner is None or each.freshness.owner == owner)
    return tuple(call(relations, each) for each in islice(kept, limit))


def call(relations: Relations, due: Due, without: Container[str] = ()) -> Call:
    """Return a call to make, with whom to ask for (nobody of ``without``) and why."""
    contact = best_contact(relations, due.id, without)
    role, person = (contact[0].role, contact[1]) if contact else (None, None)
    return Call(due, person, role, _reason(relations, due.freshness, person, role))


def best_contact(
    relations: Relations, organisation: str, without: Container[str] = ()
) -> tuple[LinkRow, PersonRow] | None:
    """Return whom to call in an organisation, with the role held there; None when nobody there may be called."""
    found = relations.staff(organisation)
    staff = [(link, person) for link, person in found if not person.opposed and person.id not in without]
    return min(
        staff,
        key=lambda each: (*staleness(freshness_of(relations, each[1].id)), not each[0].main, each[1].name, each[1].id),
        default=None,
    )


def snoozed(row: OrganisationRow, on: date) -> bool:
    """Whether calling was put off to a day after ``on``."""
    return row.snoozed_until is not None and row.snoozed_until > on


def _due(relations: Relations, freshness: Iterable[Freshness], activity: Mapping[str, Activity]) -> Iterator[Due]:
    rows = relations.snapshot.organisations
    for measured in freshness:
        row = rows[measured.id]
        exists = row.tier is not Tier.C or row.id in relations.engagements or measured.chased_on
        if not row.closed and (measured.state is State.CHASE or (measured.state is State.NEVER and exists)):
            yield Due(measured, _value(relations, measured, activity[row.id]), _lateness(measured))


def _value(relations: Relations, measured: Freshness, facts: Activity) -> float:
    seat = measured.id in relations.snapshot.seats
    signs = (facts.hostings > 0, facts.meetings > 0, seat, facts.agreement, _ends_soon(facts))
    return WEIGHTS[measured.tier] * (1 + 0.5 * sum(signs))


def _ends_soon(facts: Activity) -> bool:
    return facts.until is not None and facts.until - facts.on <= timedelta(days=ENDING_DAYS)


def _lateness(measured: Freshness) -> float:
    if measured.days is None:
        return 1.0
    return min(MAXIMUM_LATENESS, 1 + max(0, measured.days - measured.maximum) / max(1, measured.maximum))


def _reason(relations: Relations, measured: Freshness, person: PersonRow | None, role: str | None) -> str:
    facts = activity_of(relations, measured.id)
    engagements = relations.engagements.get(measured.id, ())
    known = [engagement for engagement in engagements if engagement.starts <= facts.on]
    hostings = sum(engagement.nature is Nature.HOSTING for engagement in known)
    meetings = sum(engagement.nature is Nature.MEETING for engagement in known)
    done = [count(n, noun) for n, noun in ((hostings, "accueil"), (meetings, "comité")) if n]
    words = [listing(done)] if done else []
    if measured.id in relations.snapshot.seats:
        words.append("siège à un comité")
    if facts.in_force:
        words.append(facts.in_force)
    if person is not None:
        words.append(f"{person.name}, {role}" if role else person.name)
    if measured.chased_on:
        words.append(f"relancé le {short_date(measured.chased_on)}, sans réponse")
    return sentence(f"{NBSP}; ".join(words)) if words else "Aucun contact connu."
