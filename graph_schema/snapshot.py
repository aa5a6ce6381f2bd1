"""The light rows from which analytics start: what a store's network looks like on a day, exchanges already folded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from graph_schema.agreements import Term
from graph_schema.networks import functions_of
from graph_schema.vocabularies import Family, Function, Kind, Tier


class OrganisationRow(NamedTuple):
    """What analytics need to know of an organisation. ``snoozed_until``: no call to it before that day."""

    id: str
    name: str
    kind: Kind
    functions: tuple[Function, ...] = ()
    tier: Tier = Tier.C
    owner: str | None = None
    commune: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    closed: bool = False
    tags: tuple[str, ...] = ()
    snoozed_until: date | None = None
    snooze_reason: str | None = None

    @property
    def family(self) -> Family:
        """Company, branch or institution."""
        return self.kind.family

    @property
    def roles(self) -> tuple[Function, ...]:
        """Its functions: those declared, else those of its kind and of the network that its name tells."""
        return self.functions or functions_of(self.kind, self.name)


class PersonRow(NamedTuple):
    """What analytics need to know of a person. ``opposed``: no reminders about them."""

    id: str
    name: str
    opposed: bool = False


class LinkRow(NamedTuple):
    """A lasting link (role, acquaintance, service of a territory…) valid on the snapshot's day.

    ``role`` and ``main`` are those of a person in an organisation; other links have none.
    """

    id: str
    type: str
    source: str
    target: str
    valid_from: date | None = None
    valid_to: date | None = None
    role: str | None = None
    main: bool = False


class Contact(NamedTuple):
    """All exchanges with one organisation or person up to the snapshot's day, folded.

    ``received`` is the latest from them or mutual; ``sent`` the latest from us; ``traces`` how many there are in the
    window, whatever their direction.
    """

    received: date | None
    sent: date | None
    traces: int


class Nature(StrEnum):
    """What an engagement is."""

    AGREEMENT = "agreement"
    HOSTING = "hosting"
    MEETING = "meeting"


class Engagement(NamedTuple):
    """A dated act of an organisation besides exchanges: an agreement, a placement hosted, a meeting attended.

    Both days are included; ``ends`` is None while nothing ends it; a meeting starts and ends on its day. ``renews`` is
    the first day of an agreement's tacit renewal.
    """

    organisation: str
    nature: Nature
    starts: date
    ends: date | None
    subject: str
    renews: date | None = None

    @property
    def term(self) -> Term:
        """When it runs; of an agreement, when it is in force."""
        return Term(self.starts, self.ends, self.renews)


class Thresholds(NamedTuple):
    """Days after which a relation should be (``ideal``) and must be (``maximum``) renewed."""

    ideal: int
    maximum: int


DEFAULT_THRESHOLDS: Mapping[Tier, Thresholds] = {
    Tier.A: Thresholds(30, 60),
    Tier.B: Thresholds(90, 180),
    Tier.C: Thresholds(180, 365),
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The network on the day ``on``; ``since`` is the first day of the audit window (both included).

    ``contacts`` is by id of organisation or person. ``zone`` holds the territory ids (``departement:62``) that the
    provider declares to serve; empty means that it declared none, and every territory counts. ``seats`` holds the ids
    of the organisations that sit on a committee that day, themselves or by someone who works for them. A network that
    had not ``begun`` that day (``crm.measures.beginning``) has no link, and as a whole no partner.
    """

    on: date
    since: date
    organisations: Mapping[str, OrganisationRow]
    people: Mapping[str, PersonRow]
    links: tuple[LinkRow, ...]
    contacts: Mapping[str, Contact]
    engagements: tuple[Engagement, ...] = ()
    zone: tuple[str, ...] = ()
    seats: frozenset[str] = frozenset()
    begun: bool = True
    thresholds: Mapping[Tier, Thresholds] = field(default_factory=lambda: DEFAULT_THRESHOLDS)
