"""Small networks, written by hand or drawn by hypothesis, on a day that all tests share."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from crm.analytics.graph import Relations, build
from graph_schema.snapshot import Contact, Engagement, LinkRow, Nature, OrganisationRow, PersonRow, Snapshot
from graph_schema.vocabularies import Kind, Tier

ON = date(2026, 11, 20)
SINCE = date(2025, 11, 20)


def days_ago(days: int) -> date:
    """The day so many days before the tests' own; after it when negative."""
    return ON - timedelta(days=days)


def organisation(id: str, kind: Kind = Kind.COMPANY, **fields: Any) -> OrganisationRow:
    """An organisation called after its id unless named."""
    return OrganisationRow(id, fields.pop("name", f"Structure {id}"), kind, **fields)


def person(id: str, name: str | None = None, opposed: bool = False) -> PersonRow:
    """A person called after their id unless named."""
    return PersonRow(id, name or f"Mme {id}", opposed)


def link(type: str, source: str, target: str, **fields: Any) -> LinkRow:
    """A link of that type from one node to another."""
    return LinkRow(f"{source}-{type}-{target}", type, source, target, **fields)


def works(who: str, *organisations: str) -> list[LinkRow]:
    """One role of a person in each of the organisations."""
    return [link("WorksFor", who, each) for each in organisations]


def heard(days: int, count: int = 1) -> Contact:
    """Exchanges, the latest received so many days ago."""
    return Contact(days_ago(days), None, count)


def hosting(organisation: str, days: int = 100, ends: date | None = None) -> Engagement:
    """A period at work that began so many days ago."""
    return Engagement(organisation, Nature.HOSTING, days_ago(days), ends, "alternance")


def meeting(organisation: str, days: int) -> Engagement:
    """A committee meeting attended so many days ago."""
    return Engagement(organisation, Nature.MEETING, days_ago(days), days_ago(days), "Comité de pilotage")


def agreement(organisation: str, starts: date, ends: date | None = None) -> Engagement:
    """An agreement, open-ended unless it ends."""
    return Engagement(organisation, Nature.AGREEMENT, starts, ends, "Convention de partenariat")


def relations(
    organisations: Iterable[OrganisationRow] = (),
    people: Iterable[PersonRow] = (),
    links: Iterable[LinkRow] = (),
    contacts: dict[str, Contact] | None = None,
    engagements: Iterable[Engagement] = (),
    **fields: Any,
) -> Relations:
    """A network on the day of the tests."""
    by_id = {row.id: row for row in organisations}
    people_by_id = {row.id: row for row in people}
    return build(Snapshot(ON, SINCE, by_id, people_by_id, tuple(links), contacts or {}, tuple(engagements), **fields))


_DAYS = st.integers(0, 800).map(days_ago)
_CONTACTS = st.builds(Contact, st.none() | _DAYS, st.none() | _DAYS, st.integers(0, 5))
_COMMUNES = st.sampled_from(["62498", "62041", "59350", "80021", None])


@st.composite
def networks(draw: st.DrawFn) -> Relations:
    """Up to eight organisations around Lens, Arras, Lille and Amiens, up to six people, and what ties them."""
    ids = [f"o{n}" for n in range(draw(st.integers(1, 8)))]
    people = [f"p{n}" for n in range(draw(st.integers(1, 6)))]
    kinds = st.sampled_from([Kind.COMPANY, Kind.DISABILITY, Kind.ADAPTED])
    rows = [organisation(id, draw(kinds), tier=draw(st.sampled_from(Tier)), commune=draw(_COMMUNES)) for id in ids]
    pairs = st.tuples(st.sampled_from(people), st.sampled_from(ids))
    roles = draw(st.lists(pairs, max_size=10, unique=True))
    ties = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=4, unique=True))
    served = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    links = [
        *(link("WorksFor", who, where) for who, where in roles),
        *(link("PartOf", one, other) for one, other in ties),
        *(link("Serves", id, draw(st.sampled_from(["departement:62", "region:32"]))) for id in served),
    ]
    natures, lengths = st.sampled_from(Nature), st.none() | st.integers(0, 900)
    engagements = []
    for id in draw(st.lists(st.sampled_from(ids), max_size=6)):
        starts, length = draw(_DAYS), draw(lengths)
        ends = None if length is None else starts + timedelta(days=length)
        engagements.append(Engagement(id, draw(natures), starts, ends, ""))
    return relations(
        rows,
        [person(id, opposed=draw(st.booleans())) for id in people],
        links,
        draw(st.dictionaries(st.sampled_from(ids + people), _CONTACTS)),
        engagements,
    )


def altered(of: Relations, **fields: Any) -> Relations:
    """The same network with some parts of its snapshot replaced."""
    snapshot = of.snapshot
    kept = {name: getattr(snapshot, name) for name in Snapshot.__slots__}
    return build(Snapshot(**{**kept, **fields}))


def renamed(of: Relations) -> Relations:
    """The same network under other ids, which sort the other way round."""
    snapshot = of.snapshot
    new = new_id
    return altered(
        of,
        organisations={new(id): row._replace(id=new(id)) for id, row in snapshot.organisations.items()},
        people={new(id): row._replace(id=new(id)) for id, row in snapshot.people.items()},
        links=tuple(
            each._replace(source=new(each.source), target=each.target if ":" in each.target else new(each.target))
            for each in snapshot.links
        ),
        contacts={new(id): contact for id, contact in snapshot.contacts.items()},
        engagements=tuple(each._replace(organisation=new(each.organisation)) for each in snapshot.engagements),
    )


def new_id(id: str) -> str:
    """The id that `renamed` gives."""
    return f"{id[0]}-{99 - int(id[1:]):02}"
