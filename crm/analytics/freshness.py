"""How fresh each relation is.

The clock of a person or an organisation is the latest exchange that came *from them* or was mutual; for an organisation
a meeting that it attended counts too. What only we sent refreshes nothing: it shows as « relancé le …, sans réponse ».
Two thresholds per tier, in days: past the ideal a relation is to be watched, past the maximum it is to be renewed; on
the very day of a threshold it is not past it. A person takes the best tier among the organisations for which they work
on the day. A link is as fresh as the less fresh of its two ends.

Source: Monica's « keep in touch », with two thresholds; the defaults stand in ``graph_schema.snapshot``.
"""

from datetime import date
from typing import NamedTuple, TypeAlias

from crm.analytics.graph import NO_CONTACT, Relations
from graph_schema.declaration import Vocabulary
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.snapshot import LinkRow, Nature, OrganisationRow, PersonRow, Snapshot
from graph_schema.vocabularies import Tier
from graph_schema.wording import NBSP, ago, count, sentence, short_date


class State(Vocabulary):
    """How fresh a relation is, the freshest first."""

    FRESH = "frais", "Frais"
    WATCH = "à surveiller", "À surveiller"
    CHASE = "à relancer", "À relancer"
    NEVER = "jamais", "Jamais contacté"

    @property
    def rank(self) -> int:
        """0 for the freshest, 3 for the least fresh."""
        return _RANKS[self]


_Measures: TypeAlias = tuple[State, date | None, int | None, int, int, date | None]
"""The fields of a freshness from ``state`` to ``chased_on``."""

_RANKS = {state: rank for rank, state in enumerate(State)}


class Freshness(NamedTuple):
    """The freshness of an organisation or a person on the day.

    ``days`` since ``last_exchange``; both None when there never was one. ``ideal`` and ``maximum`` are the thresholds
    of ``tier``. ``chased_on`` is the day of our latest message when no answer came since. Of an organisation
    that is ``closed`` the state says nothing any more: it is counted in none of them.
    """

    id: str
    name: str
    node_type: str
    tier: Tier
    owner: str | None
    state: State
    last_exchange: date | None
    days: int | None
    ideal: int
    maximum: int
    chased_on: date | None
    opposed: bool = False
    closed: bool = False

    @property
    def reason(self) -> str:
        """The state said in French, in one or two sentences."""
        if self.opposed:
            return f"A fait opposition{NBSP}: aucune relance."
        if self.closed:
            return f"Établissement fermé{NBSP}: aucune relance."
        words = sentence(self._state())
        if self.chased_on is None:
            return words
        return f"{words} Relancé le {short_date(self.chased_on)}, sans réponse."

    def _state(self) -> str:
        if self.last_exchange is None or self.days is None:
            return "jamais d'échange en retour" if self.chased_on else "jamais contacté"
        if self.state is State.FRESH:
            when = ago(self.last_exchange, date.fromordinal(self.last_exchange.toordinal() + self.days))
            return f"dernier échange {when}, le {short_date(self.last_exchange)}"
        name, limit = ("idéal", self.ideal) if self.state is State.WATCH else ("seuil", self.maximum)
        return f"{count(self.days, 'jour')} sans échange ({name}{NBSP}: {limit})"


def freshness(relations: Relations, people: bool = True) -> dict[str, Freshness]:
    """Return the freshness of every organisation, and of every person unless told not to, by id."""
    snapshot = relations.snapshot
    found = {id: _of_organisation(relations, row) for id, row in snapshot.organisations.items()}
    if people:
        found.update((id, _of_person(relations, row)) for id, row in snapshot.people.items())
    return found


def freshness_of(relations: Relations, id: str) -> Freshness:
    """Return the freshness of one organisation or person; ``KeyError`` if the network has none of that id."""
    row = relations.row(id)
    return _of_organisation(relations, row) if isinstance(row, OrganisationRow) else _of_person(relations, row)


def freshness_of_link(relations: Relations, link: LinkRow) -> Freshness:
    """Return the freshness of a link: that of the less fresh of its two ends."""
    return max(freshness_of(relations, link.source), freshness_of(relations, link.target), key=staleness)


def staleness(measured: Freshness) -> tuple[int, int]:
    """A key that sorts the freshest first: by state, then by days."""
    return measured.state.rank, measured.days or 0


def _of_organisation(relations: Relations, row: OrganisationRow) -> Freshness:
    snapshot = relations.snapshot
    contact = snapshot.contacts.get(row.id, NO_CONTACT)
    last = contact.received
    for engagement in relations.engagements.get(row.id, ()):
        day = engagement.starts
        if engagement.nature is Nature.MEETING and day <= snapshot.on and (last is None or day > last):
            last = day
    measures = _measure(last, contact.sent, row.tier, snapshot)
    return Freshness(row.id, row.name, Organisation.TYPE, row.tier, row.owner, *measures, closed=row.closed)


def _of_person(relations: Relations, row: PersonRow) -> Freshness:
    contact = relations.snapshot.contacts.get(row.id, NO_CONTACT)
    tier, owner = _tier_and_owner(relations, row.id)
    measures = _measure(contact.received, contact.sent, tier, relations.snapshot)
    return Freshness(row.id, row.name, Person.TYPE, tier, owner, *measures, row.opposed)


def _tier_and_owner(relations: Relations, person: str) -> tuple[Tier, str | None]:
    """The best tier, and who follows the employer of that tier (the first by name when several do)."""
    roles = relations.roles.get(person)
    if roles is None:
        return Tier.C, None
    organisations = relations.snapshot.organisations
    if len(roles) == 1:
        employer = organisations[roles[0].target]
        return employer.tier, employer.owner
    tier = min(organisations[link.target].tier for link in roles)
    employers = (organisations[link.target] for link in roles)
    return tier, min((each.owner for each in employers if each.owner and each.tier is tier), default=None)


def _measure(last: date | None, sent: date | None, tier: Tier, snapshot: Snapshot) -> _Measures:
    ideal, maximum = snapshot.thresholds[tier]
    chased_on = sent if sent is not None and (last is None or sent > last) else None
    if last is None:
        return State.NEVER, None, None, ideal, maximum, chased_on
    days = max(0, (snapshot.on - last).days)
    state = State.FRESH if days <= ideal else State.WATCH if days <= maximum else State.CHASE
    return state, last, days, ideal, maximum, chased_on
