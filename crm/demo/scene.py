"""What the modules of the small network share: the day, the chance, the partners, who works for them."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from random import Random
from typing import NamedTuple

from crm.demo.acts import Chronicle, Stamp
from graph_schema.programmes import PlacementKind
from graph_schema.snapshot import DEFAULT_THRESHOLDS
from graph_schema.territory import Place, communes
from graph_schema.vocabularies import Family, Function, Kind, Opco, Tier
from graph_schema.wording import month

HISTORY_DAYS = 730
"""The journal begins so many days before the day of the demonstration."""


class Stance(Enum):
    """How a relation lives: the latest word from the partner, and what we sent since."""

    FRESH = "fresh"
    WATCH = "watch"
    CHASE = "chase"
    CHASED = "chased"
    OUTGOING = "outgoing"
    NEVER = "never"

    @property
    def alive(self) -> bool:
        """Whether the partner answered within the maximum."""
        return self in (Stance.FRESH, Stance.WATCH)


class Partner(NamedTuple):
    """An organisation of the small network.

    ``engaged``: it may host, sign or sit; the others stay outside of any engagement. ``scripted``: its whole life is
    written in ``planted``, chance adds nothing to it.
    """

    id: str
    name: str
    kind: Kind
    commune: str
    tier: Tier
    stance: Stance
    engaged: bool = False
    serves: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    naf: str | None = None
    idcc: tuple[str, ...] = ()
    opco: Opco | None = None
    programmes: tuple[str, ...] = ()
    scripted: bool = False

    @property
    def place(self) -> Place:
        """The commune where it sits."""
        return communes()[self.commune]

    @property
    def company(self) -> bool:
        """Whether it can host periods at work."""
        return self.kind.family is Family.COMPANY


class Tenure(NamedTuple):
    """Someone's role: ids of link, person and organisation, its first day, and its last one when the person left."""

    link: str
    person: str
    organisation: str
    start: date
    end: date | None = None


class Hosting(NamedTuple):
    """A period at work that was noted; its first and (planned) last day, in days before the demonstration's.

    ``broken``: the day on which it was broken, counted likewise; ``visits`` made so far.
    """

    id: str
    host: str
    programme: str
    kind: PlacementKind
    starts: int
    ends: int
    visits: int = 0
    broken: int | None = None


class Fact(NamedTuple):
    """Something that a document can attest: its id, how to call it, its day, and the partners of whom it speaks.

    ``known``: the first day on which the document may exist (its own day otherwise); ``about``: what else it is about.
    """

    id: str
    title: str
    day: date
    partners: tuple[str, ...]
    known: date | None = None
    about: tuple[str, ...] = ()


@dataclass
class SmallNetwork:
    """The small network while it is being made; each module adds to what the later ones read.

    By id: ``owners`` the colleague who follows a partner, ``roles`` those held in a partner, ``names`` of people,
    ``shapers`` those who shape a programme, each since when. Facts that documents attest: minutes ``held`` and
    validated, agreements ``signed``, what ``improved`` a programme, what was ``heard``,
    ``complaints``, ``newsletters``.
    """

    on: date
    seed: int
    book: Chronicle = field(default_factory=Chronicle)
    partners: dict[str, Partner] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    roles: defaultdict[str, list[Tenure]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)
    hostings: list[Hosting] = field(default_factory=list)
    shapers: defaultdict[str, list[tuple[str, date]]] = field(default_factory=lambda: defaultdict(list))
    held: list[Fact] = field(default_factory=list)
    signed: list[Fact] = field(default_factory=list)
    improved: list[Fact] = field(default_factory=list)
    heard: list[Fact] = field(default_factory=list)
    complaints: list[Fact] = field(default_factory=list)
    newsletters: list[Fact] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)

    @property
    def start(self) -> date:
        """The first day of the journal."""
        return self.ago(HISTORY_DAYS)

    def ago(self, days: int) -> date:
        """The day so many days before; negative for days to come."""
        return self.on - timedelta(days=days)

    def chance(self, topic: str) -> Random:
        """The draw for one topic, so that a change in one module moves nothing in the others."""
        return Random(f"{self.seed}:{topic}")

    def next(self, prefix: str) -> str:
        """The next id of a kind of record, such as ``exch-0001``."""
        self.numbers[prefix] += 1
        return f"{prefix}-{self.numbers[prefix]:04}"

    def stamp(self, day: date, author: str, reason: str) -> Stamp:
        """A stamp within the journal's two years: from its start to the eve of the demonstration."""
        return Stamp(min(max(day, self.start), self.ago(1)), author, reason)

    def monthly(self, day: date, author: str, what: str) -> Stamp:
        """The stamp of routine work, journalled once at the end of its month."""
        first = day.replace(day=1) + timedelta(days=32)
        return self.stamp(first.replace(day=1) - timedelta(days=1), author, f"{what}, {month(day)}")

    def known(self, partner: str) -> date:
        """The day on which a partner was written down."""
        return self.book.born[partner]

    def staff(self, organisation: str, day: date, known: date | None = None) -> list[str]:
        """Who worked there on a day and was already known then, or on the day ``known`` (ids of people)."""
        return [
            role.person
            for role in self.roles[organisation]
            if self.book.born[role.person] <= (known or day) and role.start <= day <= (role.end or day)
        ]

    def drawn(self) -> list[Partner]:
        """The partners whose life is drawn by chance."""
        return [partner for partner in self.partners.values() if not partner.scripted]


def weekday(day: date) -> date:
    """``day``, or the Friday before when it falls on a week-end."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def last_word(random: Random, tier: Tier, stance: Stance) -> int | None:
    """How many days ago a partner in this stance last answered; None if never."""
    ideal, maximum = DEFAULT_THRESHOLDS[tier]
    match stance:
        case Stance.FRESH:
            return random.randint(2, ideal - 4)
        case Stance.WATCH:
            return random.randint(ideal + 4, maximum - 6)
        case Stance.CHASE | Stance.CHASED:
            return random.randint(maximum + 10, maximum + 170)
    return None
