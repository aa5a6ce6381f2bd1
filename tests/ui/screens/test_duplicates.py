"""« Doublons » shows two records side by side; a decision is one button or one key, and the last one is taken back."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.duplicates.answers import told_apart
from crm.ledger.verify import verify
from crm.network import Network
from crm.records import organisations
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import contact, partner


@pytest.fixture
def twice(network: Network) -> tuple[str, str]:
    """One garage in two records, that differ by their owner, the second with a person and a phone."""
    kept = partner(network, "Garage Fictif", owner="C. Exemple", phone="03 53 01 00 00", website="exemple.example")
    other = partner(network, "GARAGE FICTIF", owner="D. Exemple", email="contact@exemple.example")
    contact(network, other, "Exemple")
    partner(network, "Atelier Imaginaire")
    return kept, other


def _ids(network: Network) -> set[str]:
    return {str(id) for id, _ in network.read(lambda tx: list(tx.rows("Organisation", ("name",))))}


def _press(app: AppTest, key: str) -> AppTest:
    done = app.button(key=key).click().run()
    assert errors(done) == []
    return done


def test_a_pair_is_shown_with_why_what_agrees_and_what_each_brings(network: Network, twice: tuple[str, str]) -> None:
    app = opened("doublons")
    assert errors(app) == []
    said = words(app)
    assert "1 paire à regarder" in said
    assert "même nom, même commune" in said
    assert "contact@exemple.example" in said
    assert "03 53 01 00 00" in said
    assert "1 personne" in said
    assert all(f"fiche={id}" in said for id in twice)
    assert [radio.label.partition(" ")[0] for radio in app.radio] == ["Suivi"]
    assert "Atelier Imaginaire" not in said


def test_two_are_merged_with_the_value_that_is_chosen_and_taken_back(network: Network, twice: tuple[str, str]) -> None:
    kept, other = twice
    before = _values(network)
    app = opened("doublons")
    app.radio[0].set_value(True).run()
    app = _press(app, "duplicates-merge")
    assert other not in _ids(network)
    assert _values(network)[kept]["owner"] == "D. Exemple"
    assert "Aucun partenaire ne semble saisi deux fois" in words(app)
    app = _press(app, "duplicates-back")
    assert _values(network) == before
    assert "1 paire à regarder" in words(app)
    assert verify(network) == []


def test_the_other_one_is_kept_when_asked(network: Network, twice: tuple[str, str]) -> None:
    kept, other = twice
    _press(opened("doublons", paire=f"{other},{kept}"), "duplicates-merge")
    assert _ids(network) & set(twice) == {other}


def test_two_said_apart_are_not_shown_again_until_that_is_taken_back(network: Network, twice: tuple[str, str]) -> None:
    app = _press(opened("doublons"), "duplicates-apart")
    assert network.read(told_apart) == {frozenset(twice)}
    assert "Aucun partenaire ne semble saisi deux fois" in words(app)
    assert "Aucun partenaire ne semble saisi deux fois" in words(opened("doublons"))
    app = _press(app, "duplicates-back")
    assert network.read(told_apart) == set()
    assert "1 paire à regarder" in words(app)


def test_a_pair_put_off_gives_way_to_the_next(network: Network, twice: tuple[str, str]) -> None:
    one = partner(network, "Boulangerie Exemple")
    partner(network, "Boulangerie Exemple")
    first = _shown(opened("doublons"))
    app = _press(opened("doublons"), "duplicates-later-button")
    assert {*first, *_shown(app)} >= {one, twice[0]}
    assert _shown(app).isdisjoint(first)
    assert "2 paires à regarder" in words(app)
    assert _shown(_press(app, "duplicates-back")) == first


def test_a_pair_that_is_gone_leads_to_the_others(network: Network, twice: tuple[str, str]) -> None:
    app = opened("doublons", paire=f"{twice[0]},rien")
    assert errors(app) == []
    assert "n'existe plus" in words(app).replace("&#x27;", "'")


def test_what_someone_changed_meanwhile_is_not_merged_unseen(network: Network, twice: tuple[str, str]) -> None:
    app = opened("doublons")
    revision = network.read(lambda tx: tx.get([twice[0]])[twice[0]].revision)
    organisations.edit(network, twice[0], {"note": "Depuis"}, revision)
    app = app.button(key="duplicates-merge").click().run()
    assert [error for error in errors(app) if "modifiée entre-temps" in error]
    assert set(twice) <= _ids(network)
    _press(app, "duplicates-merge")
    assert _ids(network).isdisjoint({twice[1]})


def test_who_may_only_read_decides_nothing(network: Network, twice: tuple[str, str]) -> None:
    app = opened("doublons", date="2020-01-01")
    assert errors(app) == []
    assert [button.key for button in app.button if str(button.key).startswith("duplicates-")] == []
    assert "décide d" in words(app)


def test_an_empty_network_says_what_the_page_is_for(network: Network) -> None:
    app = opened("doublons")
    assert errors(app) == []
    assert "Commencer" in words(app)


def _values(network: Network) -> dict[str, dict[str, Any]]:
    def read(tx: Any) -> dict[str, dict[str, Any]]:
        return {record.id: dict(record.values) for record in tx.records() if record.type == "Organisation"}

    return network.read(read)


def _shown(app: AppTest) -> set[str]:
    """The ids of the two records side by side."""
    (head,) = (html.value for html in app.html if "twins-head" in html.value)
    return set(re.findall(r"fiche=(\w+)", head))
