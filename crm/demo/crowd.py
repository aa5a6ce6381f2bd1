"""The large networks, for measures: partners all over France, by population, written as a stream with flat memory.

Each organisation comes with two people and, on average, ten exchanges; one in ten was never contacted. One in five has
an agreement, one in seven hosts. ``HUB`` is tied to ``HUB_LINKS`` organisations and people.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, count, repeat
from random import Random

from crm.demo import companies, contacts, exchanges, names, places, provider
from crm.demo.acts import MAX_CHANGES, CommitDraft, Entry, NewLink, NewNode, Values
from crm.demo.scene import Partner, SmallNetwork, Stance, last_word
from crm.demo.size import HUB, Size
from crm.demo.trades import TRADES
from graph_schema.agreements import Agreement, Covers, PartyTo
from graph_schema.exchanges import Direction, Exchange, Involves
from graph_schema.organisations import MemberOf, Organisation, Serves, WorksWith
from graph_schema.people import Knows, Person, WorksFor
from graph_schema.programmes import HostedBy, Placement, PlacementIn, TutoredBy
from graph_schema.territories import Territory, Within
from graph_schema.territory import Level, departements, regions, territory_id
from graph_schema.vocabularies import Family, Function, Kind, Tier

HUB_LINKS = 300
RECORDS_EACH = 33
"""About so many records an organisation brings with it."""

_STANCES = (Stance.FRESH,) * 4 + (Stance.WATCH,) * 2 + (Stance.CHASE,) * 2 + (Stance.CHASED, Stance.NEVER)
_INSTITUTIONS = tuple(kind for kind in Kind if kind not in (Kind.COMPANY, Kind.OTHER))
_PROGRAMMES = 7
_HEARD = (Direction.MUTUAL, Direction.MUTUAL, Direction.FROM_THEM)


def acts(size: Size, on: date, seed: int) -> Iterator[CommitDraft]:
    """The acts that fill a large network, each of at most ``MAX_CHANGES`` records, one after the other."""
    scene = SmallNetwork(on, seed)
    _ground(scene, size.organisations)
    yield from scene.book.acts()
    at = datetime.combine(scene.ago(1), time(), tzinfo=UTC)
    crowd = _Crowd(size.organisations, on, Random(f"{seed}:crowd"))
    entries: list[Entry] = []
    first = 1
    for number in range(1, size.organisations):
        block = list(crowd.block(number))
        if len(entries) + len(block) > MAX_CHANGES:
            yield CommitDraft(at, names.COLLEAGUES[0], f"Démonstration : partenaires {first} à {number - 1}", entries)
            at, entries, first = at + timedelta(seconds=5), [], number
        entries += block
    yield CommitDraft(
        at, names.COLLEAGUES[0], f"Démonstration : partenaires {first} à {size.organisations - 1}", entries
    )


def _ground(scene: SmallNetwork, number: int) -> None:
    """What stands before the crowd: the provider, the large territories, the hub, whose number is the last of all."""
    provider.add(scene, zone=())
    stamp = scene.stamp(scene.start, names.COLLEAGUES[0], "Démonstration : territoires")
    for code in regions():
        id = territory_id(Level.REGION, code)
        scene.book.node(stamp, Territory.TYPE, id, places.values(id))
    for code, departement in departements().items():
        id = territory_id(Level.DEPARTEMENT, code)
        scene.book.node(stamp, Territory.TYPE, id, places.values(id))
        scene.book.link(stamp, Within.TYPE, id, f"region:{departement.region}")
    hub = Partner(HUB, "Club Exemple des entreprises", Kind.ASSOCIATION, "62041", Tier.A, Stance.FRESH,
                  functions=(Function.EMPLOYER,))  # fmt: skip
    values = companies.values(scene.chance(HUB), hub, number, names.COLLEAGUES[0])
    scene.book.node(stamp, Organisation.TYPE, HUB, values)


class _Crowd:
    """Makes organisations one by one, each with all that hangs on it."""

    def __init__(self, organisations: int, on: date, random: Random) -> None:
        self._on, self._random = on, random
        self._hub_step = max(1, organisations // (HUB_LINKS // 2 + 1))
        self._exchanges, self._links = count(1), count(1)

    def block(self, number: int) -> Iterator[Entry]:
        """The organisation of that number and everything that comes with it."""
        partner = self._partner(number)
        owner = names.COLLEAGUES[number % len(names.COLLEAGUES)]
        yield NewNode(Organisation.TYPE, partner.id, companies.values(self._random, partner, number, owner))
        people = [f"pers-{2 * number - 1:06}", f"pers-{2 * number:06}"]
        for rank, person in enumerate(people):
            identity = names.person(self._random, compound=True)
            yield NewNode(Person.TYPE, person, contacts.values(2 * number + rank, identity, partner, self._on))
            title = self._random.choice(contacts.TITLES[partner.kind.family])
            yield self._link(WorksFor.TYPE, person, partner.id, {"role": title, "main": rank == 0 or None})
        yield from self._ties(number, partner, people)
        yield from self._engagements(number, partner, people)
        yield from self._talk(number, partner, people)

    def _partner(self, number: int) -> Partner:
        random = self._random
        trade = random.choice(TRADES)
        kind = Kind.COMPANY if number % 8 else random.choice(_INSTITUTIONS)
        place = places.anywhere(random)
        serves = (territory_id(Level.DEPARTEMENT, place.departement or ""),) if kind is not Kind.COMPANY else ()
        name = names.company(random, trade.name if kind is Kind.COMPANY else kind.label)
        return Partner(
            f"org-{number:06}", f"{name} {place.name}", kind, place.code, random.choice(tuple(Tier)),
            _STANCES[number % len(_STANCES)], serves=serves, naf=trade.naf, idcc=(trade.idcc,), opco=trade.opco,
        )  # fmt: skip

    def _ties(self, number: int, partner: Partner, people: list[str]) -> Iterator[Entry]:
        for territory in partner.serves:
            yield self._link(Serves.TYPE, partner.id, territory)
        if number % self._hub_step == 0 and number // self._hub_step <= HUB_LINKS // 2:
            yield self._link(MemberOf.TYPE, partner.id, HUB)
            yield self._link(WorksFor.TYPE, people[1], HUB, {"role": "Bénévolat"})
        if number % 4 == 0:
            yield self._link(Knows.TYPE, people[0], f"pers-{2 * number - 3:06}")
        if number % 10 == 5:
            yield self._link(WorksWith.TYPE, partner.id, f"org-{number - 1:06}")

    def _engagements(self, number: int, partner: Partner, people: list[str]) -> Iterator[Entry]:
        random, programme = self._random, f"prog-{number % _PROGRAMMES + 1:02}"
        if number % 5 == 0:
            signed = self._ago(random.randint(20, 700))
            ends = signed + timedelta(days=random.choice((365, 730, 1_095)))
            values = {"subject": "Convention de partenariat", "sent_on": signed, "signed_on": signed, "ends_on": ends}
            yield NewNode(Agreement.TYPE, f"conv-{number:06}", values)
            yield self._link(PartyTo.TYPE, partner.id, f"conv-{number:06}")
            yield self._link(Covers.TYPE, f"conv-{number:06}", programme)
        if number % 7 == 0 and partner.kind.family is not Family.BRANCH:  # a branch has no workplace
            starts = random.randint(10, 700)
            ends = self._ago(starts - random.choice((56, 365)))
            values = {"kind": "stage", "learner": f"APP-{number:06}", "starts_on": self._ago(starts), "ends_on": ends}
            yield NewNode(Placement.TYPE, f"plac-{number:06}", values)
            yield self._link(HostedBy.TYPE, f"plac-{number:06}", partner.id)
            yield self._link(TutoredBy.TYPE, f"plac-{number:06}", people[1])
            yield self._link(PlacementIn.TYPE, f"plac-{number:06}", programme)

    def _talk(self, number: int, partner: Partner, people: list[str]) -> Iterator[Entry]:
        """Eleven exchanges for nine partners in ten, twelve for one, none for the last: ten on average."""
        random = self._random
        last = last_word(random, partner.tier, partner.stance)
        if last is None:
            return
        received = accumulate((random.randint(5, 60) for _ in repeat(None)), initial=last)
        for rank in range(12 if number % 10 == 0 else 11):
            if rank == 0 and partner.stance is Stance.CHASED:
                direction, days = Direction.FROM_US, random.randint(3, last - 5)
            else:
                direction, days = random.choice(_HEARD), next(received)
            id = f"exch-{next(self._exchanges):07}"
            yield NewNode(Exchange.TYPE, id, {"on": self._ago(days), **exchanges.about(random, direction)})
            yield self._link(Involves.TYPE, id, partner.id)
            if rank % 3:
                yield self._link(Involves.TYPE, id, people[rank % 2])

    def _link(self, type: str, source: str, target: str, values: Values | None = None) -> NewLink:
        return NewLink(type, f"link-{next(self._links):08}", source, target, values or {})

    def _ago(self, days: int) -> date:
        return self._on - timedelta(days=days)
