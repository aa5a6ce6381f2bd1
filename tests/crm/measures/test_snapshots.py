"""A snapshot says what was true on its day, whole or around a record."""

from datetime import date

import pytest

from crm.analytics.activity import activity_of
from crm.analytics.freshness import freshness_of
from crm.analytics.graph import build
from crm.measures import snapshots
from crm.network import Network, provider
from crm.network.work import UnitOfWork
from crm.records import exchanges
from crm.store.protocol import ReadTransaction
from graph_schema.exchanges import Direction
from graph_schema.snapshot import Contact, Engagement, Nature, Snapshot

DAY = date(2026, 11, 20)


@pytest.fixture
def lived(network: Network) -> Network:
    """A garage with a tutor, an agreement, a placement and a committee; and an unrelated bakery."""

    def work(unit: UnitOfWork) -> None:
        unit.create("Organisation", {"name": "Garage Fictif", "tier": "A", "tags": ["auto"]}, id="garage")
        unit.create("Organisation", {"name": "Boulangerie Exemple"}, id="bakery")
        unit.create("Person", {"family_name": "Exemple", "civility": "mme"}, id="claire")
        unit.create("Person", {"family_name": "Fictif", "opposed_on": "2026-01-05"}, id="jean")
        unit.connect("WorksFor", "claire", "garage", {"role": "tutrice", "valid_from": "2025-01-01", "main": True})
        unit.connect("WorksFor", "jean", "garage", {"valid_to": "2025-06-30"})
        unit.create("Agreement", {"subject": "Accueil", "signed_on": "2026-01-10", "ends_on": "2027-06-30"}, id="conv")
        unit.connect("PartyTo", "garage", "conv")
        unit.create("Placement", {"kind": "stage", "starts_on": "2026-02-01", "ends_on": "2026-03-31"}, id="stage")
        unit.connect("HostedBy", "stage", "garage")
        unit.create("Meeting", {"title": "Comité", "held_on": "2026-03-12"}, id="seance")
        unit.connect("Attended", "claire", "seance", {"status": "present"})
        unit.connect("Attended", "jean", "seance", {"status": "excuse"})

    network.commit("Vie d'un partenaire", work)
    exchanges.log(network, ["garage"], ["claire"], on=date(2026, 5, 4), direction=Direction.MUTUAL)
    exchanges.log(network, ["garage"], on=date(2026, 9, 1), direction=Direction.FROM_US)
    return network


def _whole(network: Network, on: date = DAY) -> Snapshot:
    return network.read(lambda tx: snapshots.whole(tx, on))


def test_exchanges_are_folded_by_direction_and_window(lived: Network) -> None:
    assert _whole(lived).contacts == {
        "garage": Contact(date(2026, 5, 4), date(2026, 9, 1), 2),
        "claire": Contact(date(2026, 5, 4), None, 1),
    }


def test_what_comes_after_the_day_is_not_known_yet(lived: Network) -> None:
    past = _whole(lived, date(2026, 2, 15))
    assert past.contacts == {}
    assert {e.nature for e in past.engagements} == {Nature.AGREEMENT, Nature.HOSTING}


def test_engagements_carry_their_dates_and_a_meeting_counts_for_the_employer(lived: Network) -> None:
    assert set(_whole(lived).engagements) == {
        Engagement("garage", Nature.AGREEMENT, date(2026, 1, 10), date(2027, 6, 30), "conv"),
        Engagement("garage", Nature.HOSTING, date(2026, 2, 1), date(2026, 3, 31), "stage"),
        Engagement("garage", Nature.MEETING, date(2026, 3, 12), date(2026, 3, 12), "seance"),
    }


def test_roles_are_those_held_on_the_day(lived: Network) -> None:
    assert [(link.source, link.role, link.main) for link in _whole(lived).links] == [("claire", "tutrice", True)]
    assert {link.source for link in _whole(lived, date(2025, 3, 1)).links} == {"claire", "jean"}


def test_an_opposition_counts_from_its_day(lived: Network) -> None:
    assert _whole(lived).people["jean"].opposed
    assert not _whole(lived, date(2025, 12, 31)).people["jean"].opposed


def test_around_a_record_says_the_same_as_the_whole(lived: Network) -> None:
    near, _ = lived.read(lambda tx: snapshots.near(tx, ["garage"], DAY))
    whole = _whole(lived)
    assert set(near.organisations) == {"garage"}
    assert near.organisations["garage"] == whole.organisations["garage"]
    assert near.contacts == whole.contacts
    assert set(near.engagements) == set(whole.engagements)
    assert set(near.links) == set(whole.links)


def test_a_record_alone_is_measured_as_in_the_whole_network(lived: Network) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.create("Person", {"family_name": "Ancienne"}, id="gone")
        unit.connect("WorksFor", "gone", "garage", {"valid_to": "2026-06-30"})
        unit.create("Meeting", {"title": "Comité", "held_on": "2026-05-20"}, id="before")
        unit.connect("Attended", "gone", "before", {"status": "present"})

    lived.commit("Une ancienne salariée est venue", work)
    whole = build(_whole(lived))
    alone = {id: build(_only(lived, id)) for id in ("garage", "claire", "gone")}
    for id, relations in alone.items():
        assert freshness_of(relations, id) == freshness_of(whole, id)
    assert activity_of(alone["garage"], "garage") == activity_of(whole, "garage")
    assert {e.subject for e in alone["garage"].engagements["garage"]} == {"conv", "stage", "seance", "before"}


def _only(network: Network, id: str) -> Snapshot:
    def work(tx: ReadTransaction) -> Snapshot:
        links = tx.links_of([id])
        others = tx.get({end for link in links for end in (link.source, link.target)} - {id})
        return snapshots.only(tx, tx.get([id])[id], links, others, DAY)

    return network.read(work)


def test_the_provider_decides_zone_window_and_thresholds(lived: Network) -> None:
    provider.save(lived, {"zone": ["departement:62"], "ideal_a": 10, "last_audit_on": "2026-01-01"})
    snapshot = _whole(lived)
    assert snapshot.zone == ("departement:62",)
    assert snapshot.since == date(2026, 1, 1)
    assert snapshot.thresholds[snapshot.organisations["garage"].tier].ideal == 10
