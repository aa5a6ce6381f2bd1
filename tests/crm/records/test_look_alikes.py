"""A record that is probably there already is found before it is added again."""

from typing import Any

import pytest

from crm.network import Network
from crm.network.work import UnitOfWork
from crm.records import organisations, people
from crm.records.look_alikes import organisations_like, people_like


@pytest.mark.parametrize(
    ("values", "alike"),
    [
        ({"name": "GARAGE  EXEMPLE", "city": "Lens", "postal_code": "62300"}, True),
        ({"name": "Garage-Exemple"}, True),
        ({"name": "Auto Exemple", "city": "lens"}, True),
        ({"name": "Garage Exemple", "city": "Arras"}, False),
        ({"name": "Garage Exemple Frères", "city": "Lens"}, False),
        ({"name": ""}, False),
        ({}, False),
    ],
)
def test_the_same_name_in_the_same_commune_is_alike(network: Network, values: dict[str, Any], alike: bool) -> None:
    known = {"name": "Garage Exemple", "aliases": ["Auto Exemple"], "city": "Lens", "postal_code": "62300"}
    id = organisations.create(network, known).value
    assert [record.id for record in organisations_like(network, values)] == ([id] if alike else [])


@pytest.mark.parametrize(
    ("values", "alike"),
    [
        ({"given_name": "CLAIRE", "family_name": "Exemple"}, True),
        ({"family_name": "Autre", "email": "Claire@exemple.example"}, True),
        ({"given_name": "Paul", "family_name": "Exemple"}, False),
        ({}, False),
    ],
)
def test_the_same_person_is_known_by_name_or_by_address(network: Network, values: dict[str, Any], alike: bool) -> None:
    id = organisations.create(network, {"name": "Garage Exemple"}).value
    claire = {"given_name": "Claire", "family_name": "Exemple", "email": "claire@exemple.example"}
    person = people.add(network, id, claire).value
    assert [record.id for record in people_like(network, values)] == ([person] if alike else [])


def test_who_has_the_very_name_is_found_behind_any_number_like_it(network: Network) -> None:
    def work(unit: UnitOfWork) -> None:
        for n in range(620):
            unit.create("Organisation", {"name": f"Garage Exemple {n}", "aliases": ["Garage Exemple Garage"]})
            unit.create("Person", {"family_name": f"Exemple-{n}", "given_name": "Claire"})

    network.commit("Saisie", work)
    garage = organisations.create(network, {"name": "Garage Exemple", "city": "Lens"}).value
    claire = people.add(network, garage, {"given_name": "Claire", "family_name": "Exemple"}).value
    assert [r.id for r in organisations_like(network, {"name": "garage exemple", "city": "Lens"})] == [garage]
    assert [r.id for r in people_like(network, {"given_name": "Claire", "family_name": "Exemple"})] == [claire]
