"""Territories served, said and unsaid."""

from datetime import timedelta

import pytest

from crm.errors import InputError, NotFound, StaleRevision
from crm.network import Network
from crm.records import links, organisations, serving
from graph_schema.territory import Level, Place, place


def lens() -> Place:
    found = place(Level.COMMUNE, "62498")
    assert found is not None
    return found


def test_a_territory_gets_a_record_with_those_it_lies_in_once(network: Network) -> None:
    one, other = (organisations.create(network, {"name": f"Mission {n}"}).value for n in "ab")
    serving.serve(network, one, lens())
    made = network.read(lambda tx: tx.count("Territory"))
    assert made == 4  # the commune, its EPCI, département and région
    (within,) = network.read(lambda tx: tx.links_of(["commune:62498"], ["Within"]))
    assert within.target == "epci:246200364"
    serving.serve(network, other, lens())
    assert network.read(lambda tx: tx.count("Territory")) == made
    assert network.read(lambda tx: tx.get(["commune:62498"]))["commune:62498"].values["name"] == "Lens"


def test_an_epci_across_two_departements_lies_in_both_and_neither_in_the_other(either: Network) -> None:
    ternois = place(Level.EPCI, "200069672")
    assert ternois is not None
    id = organisations.create(either, {"name": "Mission"}).value
    serving.serve(either, id, ternois)
    within = either.read(lambda tx: {(row[1], row[2]) for row in tx.link_rows("Within")})
    assert within == {
        (ternois.id, "departement:62"), (ternois.id, "departement:80"),
        ("departement:62", "region:32"), ("departement:80", "region:32"),
    }  # fmt: skip


def test_a_territory_is_served_once(network: Network) -> None:
    id = organisations.create(network, {"name": "Mission"}).value
    serving.serve(network, id, lens())
    with pytest.raises(InputError, match="déjà"):
        serving.serve(network, id, lens())


def test_what_was_true_stays_in_the_past_and_a_slip_leaves_no_trace(network: Network) -> None:
    today = network.today()
    id = organisations.create(network, {"name": "Mission"}).value
    slip = serving.serve(network, id, lens()).value
    serving.leave(network, slip)
    assert network.read(lambda tx: tx.get_links([slip])) == {}
    old = serving.serve(network, id, lens()).value
    links.edit(network, old, {"valid_from": "2020-01-01"})
    serving.leave(network, old)
    yesterday = today - timedelta(days=1)
    assert network.read(lambda tx: tx.get_links([old]))[old].values["valid_to"] == yesterday.isoformat()
    assert network.read(lambda tx: tx.links_of([id], ["Serves"], today)) == []
    with pytest.raises(NotFound):
        serving.leave(network, slip)


def test_a_territory_whose_link_was_changed_meanwhile_stays_served(network: Network) -> None:
    id = organisations.create(network, {"name": "Mission"}).value
    link = serving.serve(network, id, lens()).value
    links.edit(network, link, {"certainty": "confirmee"})
    with pytest.raises(StaleRevision):
        serving.leave(network, link, 1)
    assert network.read(lambda tx: tx.get_links([link]))
