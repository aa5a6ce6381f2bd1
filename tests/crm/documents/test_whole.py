"""What a file is made from: the surroundings of a record as far as asked, or everything."""

from datetime import date

import pytest

from crm.canvas.scene import Scene
from crm.documents.whole import around, whole
from crm.errors import NotFound
from crm.measures.measuring import Measures, measures
from crm.network import Network
from crm.records import organisations, people

ON = date(2026, 11, 20)


@pytest.fixture
def garage(network: Network) -> str:
    """A garage with one person, and five workshops tied to nobody."""
    for rank in range(5):
        organisations.create(network, {"name": f"Atelier {rank}", "postal_code": "62300", "city": "Lens"})
    id = organisations.create(network, {"name": "Garage Fictif", "postal_code": "62300", "city": "Lens"}).value
    people.add(network, id, {"given_name": "Claire", "family_name": "Exemple"}, {"role": "tutrice"})
    return id


@pytest.fixture
def measured(network: Network, garage: str) -> Measures:
    return measures(network, ON)


def names(scene: Scene) -> set[str]:
    return {node.caption for node in scene.nodes}


def test_around_a_record_are_those_it_is_linked_to(network: Network, measured: Measures, garage: str) -> None:
    found = around(network, measured, garage, 1)
    assert names(found) == {"Garage Fictif", "Claire Exemple"}
    assert (len(found.links), found.left_out) == (1, 0)


def test_around_a_territory_are_its_partners(network: Network, measured: Measures) -> None:
    assert "Garage Fictif" in names(around(network, measured, "commune:62498", 1))


def test_around_nothing_is_an_error_that_names_it(network: Network, measured: Measures) -> None:
    with pytest.raises(NotFound, match="zzz"):
        around(network, measured, "zzz", 1)


def test_the_whole_network_is_everyone_none_of_them_the_start(network: Network, measured: Measures) -> None:
    found = whole(network, measured)
    assert len(found.nodes) == 7
    assert {node.role for node in found.nodes} == {""}


def test_a_limit_keeps_the_best_tied_and_counts_the_rest(network: Network, measured: Measures) -> None:
    found = whole(network, measured, limit=2)
    assert names(found) == {"Garage Fictif", "Claire Exemple"}
    assert found.left_out == 5
