"""Who can introduce us: read near the one to reach, further away only where nobody near can."""

from datetime import date

import pytest

from crm.errors import NotFound
from crm.measures.introductions import DEPTHS, introductions
from crm.network import Network
from crm.network.work import UnitOfWork
from crm.records import exchanges
from graph_schema.exchanges import Direction

DAY = date(2026, 11, 20)


def chain(network: Network, length: int) -> None:
    """Organisations ``o0``, ``o1``… each a part of the next; we know the last one's employee, Claire."""

    def work(unit: UnitOfWork) -> None:
        for number in range(length + 1):
            unit.create("Organisation", {"name": f"Exemple {number}"}, id=f"o{number}")
            if number:
                unit.connect("PartOf", f"o{number - 1}", f"o{number}")
        unit.create("Person", {"family_name": "Exemple", "given_name": "Claire"}, id="claire")
        unit.connect("WorksFor", "claire", f"o{length}")

    network.commit("Une chaîne", work)
    exchanges.log(network, [], ["claire"], on=DAY, direction=Direction.MUTUAL)


@pytest.mark.parametrize("length", [0, 1, DEPTHS[0], DEPTHS[-1], DEPTHS[-1] + 3])
def test_the_way_is_found_however_far_it_begins(network: Network, length: int) -> None:
    chain(network, length)
    name, (way,) = introductions(network, "o0", DAY)
    assert name == "Exemple 0"
    assert (way.first, way.cost, len(way.steps)) == ("claire", 1 + 8 * (length + 1), length + 2)


def test_nobody_leads_to_who_stands_apart(network: Network) -> None:
    chain(network, 1)
    network.commit("À part", lambda unit: unit.create("Organisation", {"name": "Boulangerie Exemple"}, id="bakery"))
    assert introductions(network, "bakery", DAY) == ("Boulangerie Exemple", ())


def test_a_person_is_reached_as_well(network: Network) -> None:
    chain(network, 1)
    name, (way,) = introductions(network, "claire", DAY)
    assert (name, way.first, way.sentence) == (
        "Claire Exemple", "claire", "Vous connaissez Claire Exemple (relation fraîche)."
    )  # fmt: skip


def test_an_unknown_id_and_one_of_something_else_are_refused(network: Network) -> None:
    network.commit(
        "Une séance", lambda unit: unit.create("Meeting", {"title": "Comité", "held_on": "2026-03-12"}, id="seance")
    )
    for id in ("absente", "seance"):
        with pytest.raises(NotFound, match="Aucune organisation ni personne"):
            introductions(network, id, DAY)
