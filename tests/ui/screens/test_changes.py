"""« Évolution » compares two days, both in the address, and says the same in figures, in a list and as a curve."""

from datetime import date
from html import unescape

import pytest

from crm.network import Network
from crm.records import exchanges
from graph_schema.exchanges import Direction
from graph_schema.wording import long_date
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import TODAY, ago, contact, partner
from ui.screens.changes import days


def test_what_changed_in_three_months_is_said_and_listed(network: Network) -> None:
    warm, cold = partner(network, "Garage Exemple", last=10), partner(network, "Atelier Exemple", last=100)
    app = opened("evolution")
    assert errors(app) == []
    said = words(app)
    assert "1 partenaire refroidi et 1 partenaire réchauffé." in said
    assert f"fiche={cold}" in said
    listed = words(opened("evolution", voir="warmed"))
    assert f"fiche={warm}" in listed
    assert f"fiche={cold}" not in listed


def test_the_address_says_with_which_day_and_whether_people(network: Network) -> None:
    garage = partner(network, "Garage Exemple")
    tutor = contact(network, garage, "Exemple")
    exchanges.log(network, [], [tutor], on=ago(200), direction=Direction.MUTUAL)
    exchanges.log(network, [], [tutor], on=ago(5), direction=Direction.MUTUAL)
    said = words(opened("evolution", depuis=ago(100).isoformat(), qui="personnes"))
    assert "Personnes : réchauffées" in said
    assert f"fiche={tutor}" in said
    assert f"depuis={ago(100).isoformat()}" in said
    assert "aucun partenaire n'a changé d'état." in unescape(said)


def test_a_change_leads_to_the_canvas_with_both_days(network: Network) -> None:
    garage = partner(network, "Garage Exemple", last=10)
    said = words(opened("evolution", depuis=ago(40).isoformat(), date=ago(2).isoformat()))
    there = f"/reseau?autour={garage}&amp;depuis={ago(40).isoformat()}&amp;date={ago(2).isoformat()}"
    assert said.count(there) == 2
    assert "Voir toute la liste sur le réseau" in said


def test_the_growth_is_a_picture_and_a_table(network: Network) -> None:
    partner(network, "Garage Exemple", last=40)
    partner(network, "Atelier Exemple", last=3)
    said = words(opened("evolution"))
    assert said.count('class="columns" role="img"') == 4
    assert "Voir les chiffres" in said
    assert "Partenaires actifs, de " in said


def test_a_list_goes_on_by_its_door(network: Network) -> None:
    for n in range(20):
        partner(network, f"Entreprise Exemple {n:02}", last=5)
    short, longer = words(opened("evolution")), words(opened("evolution", lignes="30"))
    assert "Entreprise Exemple 19" not in short
    assert "Voir 5 de plus sur 20" in short
    assert "Entreprise Exemple 19" in longer


def test_choosing_days_changes_the_address(network: Network) -> None:
    partner(network, "Garage Exemple", last=10)
    partner(network, "Atelier Exemple", last=300)
    app = opened("evolution")
    app.date_input(key="changes-before").set_value(ago(60)).run()
    assert app.query_params["depuis"] == ago(60).isoformat()
    app.date_input(key="changes-after").set_value(ago(20)).run()
    assert app.query_params["date"] == ago(20).isoformat()
    assert errors(app) == []
    assert "aucun partenaire n'a changé d'état." in unescape(words(app))


def test_a_day_that_is_none_or_is_to_come_is_as_if_it_said_nothing_or_today(network: Network) -> None:
    partner(network, "Garage Exemple", last=10)
    default = days.months_before(TODAY, days.MONTHS)
    assert f"depuis={default.isoformat()}" in words(opened("evolution", depuis="hier"))
    future = opened("evolution", depuis="2999-01-01")
    assert errors(future) == []
    assert f"Du {long_date(TODAY)} au {long_date(TODAY)}, aucun" in words(future)


def test_an_empty_network_says_what_to_do(network: Network) -> None:
    app = opened("evolution")
    assert errors(app) == []
    assert "Votre réseau est vide" in words(app)


def test_months_before_keep_the_day_when_they_can() -> None:
    assert days.months_before(date(2026, 11, 20), 3) == date(2026, 8, 20)
    assert days.months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert days.months_before(date(2026, 1, 5), 12) == date(2025, 1, 5)


@pytest.mark.parametrize("day", ["1900-01-01", "2005-06-15", "0001-01-01"])
def test_days_of_long_ago_are_compared_too(network: Network, day: str) -> None:
    partner(network, "Garage Exemple", last=10)
    assert errors(opened("evolution", date=day)) == []
    assert errors(opened("evolution", depuis=day)) == []
