"""Territory, strength and time are measured the same, whatever keeps the network."""

import re

from crm.network import Network
from tests.ui.application import opened, words
from tests.ui.screens.both_stores.stores import everything, on_both_stores
from tests.ui.screens.conftest import ago


@on_both_stores
def test_the_territory_at_each_of_its_levels(network: Network) -> list[str]:
    asked: list[dict[str, str]] = [
        {}, {"echelon": "region"}, {"echelon": "epci"}, {"echelon": "commune", "territoire": "departement:62"},
        {"territoire": "epci:246200364", "fonction": "employeurs"}, {"date": ago(200).isoformat()},
    ]  # fmt: skip
    return [line for each in asked for line in everything(opened("territoire", **each))]


@on_both_stores
def test_a_white_zone_says_who_can_open_its_door_and_an_action_begins_there(network: Network) -> list[str]:
    asked = {"fonction": "orientation", "echelon": "epci"}
    zones = opened("territoire", **asked)
    found = everything(zones)
    first = re.search(r"chemin=([^\"&]+)", words(zones))
    assert first
    found += everything(opened("territoire", chemin=first[1], **asked))
    begin = re.search(r"action=([^\"&]+)", words(zones))
    assert begin
    app = opened("territoire", action=begin[1], **asked)
    app.button(key="action-save").click().run()
    found += everything(app)
    app.button(key="frame-undo").click().run()
    return [*found, *everything(app)]


@on_both_stores
def test_on_whom_the_network_hangs(network: Network) -> list[str]:
    app = opened("solidite")
    assert "Si cette personne part" in words(app)
    lists = dict.fromkeys(re.findall(r"voir=([\w-]+)", words(app)))
    return [*everything(app), *(line for each in lists for line in everything(opened("solidite", voir=each)))]


@on_both_stores
def test_what_changed_between_two_days(network: Network) -> list[str]:
    asked: list[dict[str, str]] = [
        {}, {"depuis": ago(400).isoformat(), "qui": "personnes"},
        {"depuis": ago(300).isoformat(), "date": ago(100).isoformat(), "lignes": "200"},
    ]  # fmt: skip
    return [line for each in asked for line in everything(opened("evolution", **each))]
