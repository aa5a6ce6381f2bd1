"""« Aujourd'hui » says whom to call and why, and an exchange logged there takes the row away."""

from datetime import timedelta

from crm import links
from crm.network import Network
from graph_schema.exchanges import Direction
from graph_schema.vocabularies import Kind
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import TODAY, contact, partner, serve


def agreement(network: Network, organisation: str, ends_in: int) -> str:
    """Add a signed agreement with it that ends in so many days; returns its id."""
    values = {
        "subject": "Accueil d'alternants",
        "signed_on": (TODAY - timedelta(days=300)).isoformat(),
        "ends_on": (TODAY + timedelta(days=ends_in)).isoformat(),
    }
    id = network.commit("Convention ajoutée", lambda unit: unit.create("Agreement", values)).value
    links.connect(network, "PartyTo", organisation, id)
    return id


def test_the_first_sentence_counts_what_is_to_be_done(network: Network) -> None:
    serve(network, "departement:62", "departement:59")
    late = partner(network, "Garage Exemple", last=90)
    partner(network, "Hôtel Fictif", last=3)
    agreement(network, late, ends_in=20)
    said = words(opened())
    assert ">1 partenaire</a> à relancer" in said
    assert ">1 convention</a> finit avant le" in said
    assert "sans employeur d&#x27;accueil" in said


def test_without_a_zone_nothing_is_called_white(network: Network) -> None:
    partner(network, "Garage Exemple", last=90)
    assert "zone desservie" in words(opened())


def test_each_figure_opens_its_rows(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    agreement(network, late, ends_in=20)
    said = words(opened(voir="conventions"))
    assert "Conventions qui finissent bientôt" in said
    assert "Accueil d&#x27;alternants" in said


def test_a_row_says_since_when_why_and_whom_to_call(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    contact(network, late, "Exemple")
    said = words(opened())
    assert "90\u00a0j" in said
    assert "Mme Exemple, Tutrice." in said
    assert "tel:0353010000" in said


def test_no_more_than_ten_rows_unless_all_are_asked_for(network: Network) -> None:
    for number in range(12):
        partner(network, f"Garage Exemple {number:02}", last=70 + number)
    rows = [button for button in opened().button if button.label == "Consigner"]
    assert len(rows) == 10
    assert words(opened()).count('class="door name"') == 10
    everything = words(opened(voir="relances"))
    assert all(f"Garage Exemple {number:02}" in everything for number in range(12))


def test_a_logged_exchange_takes_the_row_away_and_is_undone_by_one_button(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    app = opened()
    app.button(key=f"log-{late}").click().run()
    app.text_input(key=f"said-{late}").input("Deux places en septembre")
    app.button(key=f"save-{late}").click().run()
    assert errors(app) == []
    assert "Personne à relancer" in words(app)
    assert "Échange consigné avec Garage Exemple : frais." in words(app)
    app.button(key="frame-undo").click().run()
    assert any(button.key == f"log-{late}" for button in app.button)
    assert "Annulé : Échange consigné" in words(app)


def test_an_unanswered_message_does_not_make_the_relation_fresh(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    app = opened(consigner=late)
    app.selectbox(key=f"direction-{late}").set_value(Direction.FROM_US)
    app.button(key=f"save-{late}").click().run()
    assert any(button.key == f"log-{late}" for button in app.button)
    assert "sans réponse" in words(app)
    exchange = max(network.read(lambda tx: list(tx.rows("Exchange", ["on", "direction"]))), key=lambda row: str(row[1]))
    assert exchange[2] == Direction.FROM_US


def test_nothing_is_logged_in_the_past(network: Network) -> None:
    partner(network, "Garage Exemple", last=300)
    app = opened(date=(TODAY - timedelta(days=30)).isoformat())
    assert "Garage Exemple" in words(app)
    assert [button.label for button in app.button] == ["Revenir à aujourd'hui"]


def test_what_changed_says_who_did_what_about_whom(network: Network) -> None:
    partner(network, "Mission locale Exemple", kind=Kind.EMPLOYMENT, last=2)
    said = words(opened())
    assert "<b>C. Exemple</b> · Organisation ajoutée : Mission locale Exemple" in said
    assert "Échange consigné" in said
