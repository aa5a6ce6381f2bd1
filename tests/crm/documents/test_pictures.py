"""Whoever opposed it is in no file, whatever day the file shows; how many they are is said."""

from datetime import date

import pytest

from crm.canvas.state import CanvasState
from crm.documents.pictures import leaving
from crm.documents.whole import around, whole
from crm.errors import InputError
from crm.measures.measuring import measures
from crm.network import Network
from tests.crm.canvas.networks import ON, captions, contact, partner, shown

OPPOSED = "2026-06-01"
EARLIER = date(2026, 3, 1)


@pytest.fixture
def ends(network: Network) -> tuple[str, str]:
    """A garage with two people, the second of whom opposed it: the ids of the garage and of that one."""
    garage = partner(network, "Garage Fictif", heard=EARLIER)
    contact(network, garage, "Exemple")
    fictive = contact(network, garage, "Fictif")
    network.commit("Opposition", lambda unit: unit.update(fictive, {"opposed_on": OPPOSED}))
    return garage, fictive


@pytest.mark.parametrize("on", [ON, EARLIER])
def test_who_opposed_it_is_in_no_file_whatever_the_day(network: Network, ends: tuple[str, str], on: date) -> None:
    measured = measures(network, on)
    for found in (whole(network, measured), around(network, measured, ends[0], 2)):
        assert captions(found) == {"Garage Fictif", "Mme Exemple"}
        assert (len(found.links), found.withheld) == (1, 1)


def test_how_many_they_are_is_said_and_nothing_that_may_name_them(network: Network, ends: tuple[str, str]) -> None:
    asked = shown(network, CanvasState(starts=(ends[0],), loss=ends[1]))
    assert "Fictif" in asked.sentence
    assert leaving(network, asked).sentence == "2 fiches, 1 lien. Hors du fichier : 1 personne qui s'y oppose."


def test_who_opposed_it_takes_nobodys_place_and_is_counted_nowhere(network: Network, ends: tuple[str, str]) -> None:
    measured = measures(network, ON)
    for found in (whole(network, measured, limit=1), around(network, measured, ends[0], 2, limit=1)):
        (garage,) = found.nodes
        assert (garage.caption, garage.degree, garage.hidden) == ("Garage Fictif", 1, 1)
        assert (found.left_out, found.withheld) == (1, 1)
        assert found.sentence.endswith("Hors du fichier : 1 personne qui s'y oppose.")
    kept = {node.id: node.degree for node in leaving(network, shown(network, CanvasState(starts=(ends[0],)))).nodes}
    assert kept[ends[0]] == 1


def test_no_file_is_made_around_who_opposed_it(network: Network, ends: tuple[str, str]) -> None:
    with pytest.raises(InputError, match="s'oppose à l'export"):
        around(network, measures(network, ON), ends[1], 1)


def test_where_nobody_opposed_it_all_leaves_as_it_is(network: Network) -> None:
    contact(network, partner(network, "Atelier Exemple"), "Exemple")
    found = whole(network, measures(network, ON))
    assert leaving(network, found) is found
