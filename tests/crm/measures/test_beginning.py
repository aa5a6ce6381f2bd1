"""A link without dates counts from the network's first trace on: before it there is no partner and no link."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crm.canvas.state import CanvasState
from crm.documents.whole import whole
from crm.measures import growth
from crm.measures.comparison import Movement, compared
from crm.measures.introductions import introductions
from crm.measures.measuring import measures
from crm.measures.partners import listing
from crm.network import Network
from crm.records import exchanges, links, organisations, people
from crm.records.sheet import sheet
from graph_schema.exchanges import Direction
from graph_schema.territory import Level
from tests.crm.canvas.networks import shown

FIRST = date(2024, 3, 10)
LONG_BEFORE = date(1900, 1, 1)
WRITTEN = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def network(either: Network) -> Network:
    """An empty network, written on one day."""
    return replace(either, clock=lambda: WRITTEN)


def tied(network: Network) -> tuple[str, str]:
    """A garage whose tutor also works for a club: no tie says since when."""
    garage, club = (
        organisations.create(network, {"name": name, "commune": "62498"}).value
        for name in ("Garage Exemple", "Club Fictif")
    )
    tutor = people.add(network, garage, {"family_name": "Exemple", "civility": "mme"}).value
    links.connect(network, "WorksFor", tutor, club)
    links.connect(network, "MemberOf", garage, club)
    return garage, tutor


def heard(network: Network, garage: str) -> None:
    exchanges.log(network, [garage], on=FIRST, direction=Direction.MUTUAL)


def in_agreement(network: Network, garage: str) -> None:
    """An agreement signed."""
    signed = {"subject": "Convention", "signed_on": FIRST.isoformat()}
    network.commit("Convention", lambda unit: unit.connect("PartyTo", garage, unit.create("Agreement", signed)))


def dated_link(network: Network, garage: str) -> None:
    """A link that says when it began."""
    other = organisations.create(network, {"name": "Réseau Fictif"}).value
    links.connect(network, "MemberOf", garage, other, {"valid_from": FIRST.isoformat()})


def ended_link(network: Network, garage: str) -> None:
    """A link of which only the end is known."""
    other = organisations.create(network, {"name": "Réseau Fictif"}).value
    links.connect(network, "MemberOf", garage, other, {"valid_to": FIRST.isoformat()})


@pytest.mark.parametrize("trace", [heard, in_agreement, dated_link, ended_link])
def test_a_link_without_dates_counts_from_the_first_trace_on(
    network: Network, trace: Callable[[Network, str], None]
) -> None:
    garage, _ = tied(network)
    trace(network, garage)
    before = FIRST - timedelta(days=1)
    for day, there in ((LONG_BEFORE, False), (before, False), (FIRST, True), (WRITTEN.date(), True)):
        found = measures(network, day)
        assert bool(found.relations.snapshot.organisations) is there
        assert (garage in found.relations.ties) is there
        assert bool(listing(found).total) is there
        assert bool(whole(network, found).nodes) is there
        assert bool(shown(network, CanvasState(starts=(garage,)), day).links) is there
        roles = {tie.caption for tie in sheet(network, garage, day).of("WorksFor", current=True)}
        assert bool(roles) is there
        assert bool(growth.monthly(network, found)[-1].links) is there


def test_where_nothing_is_dated_the_first_commit_is_the_first_trace(network: Network) -> None:
    garage, _ = tied(network)
    day = WRITTEN.date()
    assert garage in measures(network, day).relations.ties
    assert not measures(network, day - timedelta(days=1)).relations.snapshot.organisations


def test_before_it_no_measure_finds_anything(network: Network) -> None:
    garage, tutor = tied(network)
    heard(network, garage)
    found = measures(network, LONG_BEFORE)
    strength = found.strength
    assert (strength.groups, strength.pivots, strength.isolated, strength.concentrations) == ((), (), (), ())
    assert (strength.resilience.dependences, strength.resilience.single) == ((), ())
    assert all(not cell.partners and not cell.dormant for cell in found.coverage(Level.REGION))
    for id in (garage, tutor):
        assert introductions(network, id, LONG_BEFORE).ways == ()


def test_a_trace_that_comes_to_be_known_is_measured_at_once(network: Network) -> None:
    garage, _ = tied(network)
    day = FIRST + timedelta(days=5)
    assert not measures(network, day).relations.snapshot.organisations
    heard(network, garage)
    assert measures(network, day).freshness[garage].days == 5


def test_who_came_with_the_network_is_among_what_changed_since_before_it(network: Network) -> None:
    garage, tutor = tied(network)
    heard(network, garage)
    found = compared(measures(network, LONG_BEFORE), measures(network, FIRST))
    assert [each.id for each in found.of(Movement.WARMED)] == [garage]
    assert [each.id for each in found.of(Movement.ARRIVED, people=True)] == [tutor]
