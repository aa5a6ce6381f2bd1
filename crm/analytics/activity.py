"""Which partners are really mobilised, and why.

A partner is active when both hold:

- at least one dated trace in the audit window: an exchange, a meeting attended, a period at work hosted, an agreement
  that begins;
- and an agreement in force on the day, or a hosting or a meeting attended in the window.

Source: the rule by which the product reads indicator 28 of the RNQ (« réseau de partenaires mobilisé »): never a tick
box, always dated facts.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from crm.analytics.graph import NO_CONTACT, Relations
from graph_schema.agreements import Term
from graph_schema.declaration import Vocabulary
from graph_schema.snapshot import Contact, Engagement, Nature, OrganisationRow
from graph_schema.wording import NBSP, count, listing, short_date
from graph_schema.wording import since as announced


class Mobilisation(Vocabulary):
    """Where an organisation stands in the network."""

    ACTIVE = "active", "Actif"
    DORMANT = "dormant", "Inactif"
    CANDIDATE = "candidate", "Sans relation"
    CLOSED = "closed", "Fermé"


class Activity(NamedTuple):
    """An organisation's standing on a day, with the facts it rests on.

    ``exchanges``, ``meetings``, ``hostings`` and ``started`` (the latest agreement that began) are those of the window
    [``since``, ``on``]; ``term`` is that of the agreement in force on the day which lasts longest, if there is one.
    """

    id: str
    standing: Mobilisation
    on: date
    since: date
    exchanges: int = 0
    meetings: int = 0
    hostings: int = 0
    started: date | None = None
    term: Term | None = None

    @property
    def agreement(self) -> bool:
        """Whether an agreement is in force on the day."""
        return self.term is not None

    @property
    def until(self) -> date | None:
        """Its last day; None when nothing ends it, or when there is none."""
        return self.term.ends if self.term else None

    @property
    def in_force(self) -> str:
        """The agreement in words: « convention jusqu'au 30/06/2027 »; nothing when there is none."""
        return f"convention {self.term.words(self.on)}" if self.term else ""

    @property
    def reason(self) -> str:
        """One French sentence that says why."""
        match self.standing:
            case Mobilisation.CLOSED:
                return f"Inactif{NBSP}: établissement fermé"
            case Mobilisation.CANDIDATE:
                return "Jamais contacté, aucun engagement"
            case Mobilisation.ACTIVE:
                return f"Actif{NBSP}: {f'{NBSP}; '.join(filter(None, (self._happened(), self.in_force)))}"
        if not (self.exchanges or self.started):
            although = f"{self.in_force}, mais " if self.term else ""
            return f"Inactif{NBSP}: {although}aucune trace datée depuis le {short_date(self.since)}"
        if self.exchanges:
            done = count(self.exchanges, "échange")
            return f"Inactif{NBSP}: {done}, mais ni convention en cours, ni accueil, ni comité"
        return f"Inactif{NBSP}: convention finie, ni accueil, ni comité"

    def _happened(self) -> str:
        engaged = [count(n, noun) for n, noun in ((self.meetings, "comité"), (self.hostings, "accueil")) if n]
        facts = engaged or ([count(self.exchanges, "échange")] if self.exchanges else [])
        return f"{listing(facts)} {announced(self.since)}" if facts else ""


def activity(relations: Relations) -> dict[str, Activity]:
    """Return the activity of every organisation, by id."""
    contacts, engagements = relations.snapshot.contacts, relations.engagements
    on, since = relations.snapshot.on, relations.snapshot.since
    found = {}
    for id, row in relations.snapshot.organisations.items():
        contact, engaged = contacts.get(id), engagements.get(id)
        if contact is None and engaged is None and not row.closed:
            found[id] = Activity(id, Mobilisation.CANDIDATE, on, since)
        else:
            found[id] = _measure(row, contact or NO_CONTACT, engaged or (), on, since)
    return found


def activity_of(relations: Relations, id: str) -> Activity:
    """Return the activity of one organisation; ``KeyError`` if the network has none of that id."""
    row = relations.snapshot.organisations[id]
    snapshot = relations.snapshot
    return _measure(row, relations.contact(id), relations.engagements.get(id, ()), snapshot.on, snapshot.since)


def _measure(
    row: OrganisationRow, contact: Contact, engagements: Sequence[Engagement], on: date, since: date
) -> Activity:
    meetings = hostings = 0
    started: date | None = None
    terms: list[Term] = []
    known = False
    for each in engagements:
        if each.starts > on:
            continue
        known = True
        if each.nature is Nature.AGREEMENT:
            if each.starts >= since:
                started = max(each.starts, started or each.starts)
            if each.term.in_force(on):
                terms.append(each.term)
        elif each.ends is None or each.ends >= since:
            meetings += each.nature is Nature.MEETING
            hostings += each.nature is Nature.HOSTING
    traced = contact.traces or meetings or hostings or started
    if row.closed:
        standing = Mobilisation.CLOSED
    elif traced and (terms or hostings or meetings):
        standing = Mobilisation.ACTIVE
    else:
        standing = Mobilisation.DORMANT if known or contact != NO_CONTACT else Mobilisation.CANDIDATE
    longest = max(terms, key=lambda term: (term.ends or date.max, not term.renewed(on), term.renews or term.starts),
                  default=None)  # fmt: skip
    return Activity(row.id, standing, on, since, contact.traces, meetings, hostings, started, longest)
