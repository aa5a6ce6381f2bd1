"""« Solidité » says on whom the network hangs, with a door to each one concerned and what to do about it."""

from html import unescape

from crm.network import Network
from crm.records import exchanges, links, people
from graph_schema.exchanges import Direction
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import ago, contact, partner


def test_who_would_lose_what_is_said_with_the_contact_to_build(network: Network) -> None:
    garage, atelier = partner(network, "Garage Exemple", last=5), partner(network, "Atelier Exemple", last=5)
    tutor = contact(network, garage, "Exemple")
    links.connect(network, "WorksFor", tutor, atelier, {"role": "Tutrice"})
    other = people.add(network, atelier, {"family_name": "Fictif", "civility": "m"}, {"role": "Gérant"}).value
    exchanges.log(network, [garage], [tutor], on=ago(3), direction=Direction.MUTUAL)
    app = opened("solidite")
    assert errors(app) == []
    said = words(app)
    assert "Si cette personne part" in said
    for id in (garage, atelier, tutor, other):
        assert f"fiche={id}" in said
    assert f"/reseau?autour={tutor}" in said
    assert "Créez un second contact" in said
    assert "Tenus par une seule personne" in said


def test_isolated_partners_are_listed_with_what_to_do(network: Network) -> None:
    alone = partner(network, "Boulangerie Exemple", last=5)
    said = words(opened("solidite"))
    assert "Sans interlocuteur (1)" in said
    assert "Liés à nous seuls (1)" in said
    assert said.count(f"/reseau?autour={alone}") == 2
    assert "demandez un nom" in said


def test_groups_and_pivots_are_cards_that_lead_to_the_canvas(network: Network) -> None:
    club = partner(network, "Club Exemple", last=5)
    members = [partner(network, f"Entreprise Exemple {n}", last=5) for n in range(4)]
    for member in members:
        links.connect(network, "MemberOf", member, club)
    said = words(opened("solidite"))
    assert "Qui accueille ?" in said
    assert "Aucun partenaire actif ici" in said
    assert f"/reseau?autour={club}" in said
    assert "Personne ne relie trois groupes ou plus." in said


def test_hostings_are_a_divided_bar_with_its_words(network: Network) -> None:
    values = {"kind": "alternance", "starts_on": ago(30).isoformat()}
    for name, amount in (("Garage Exemple", 3), ("Atelier Exemple", 1)):
        host = partner(network, name)
        for _ in range(amount):
            placement = network.commit("Accueil", lambda unit: unit.create("Placement", values)).value
            links.connect(network, "HostedBy", placement, host)
    said = unescape(words(opened("solidite")))
    assert 'aria-label="Accueils de la période : Garage Exemple, 75 %, Atelier Exemple, 25 %"' in said
    assert "Garage Exemple porte 3 de vos 4 accueils (75 %)" in said
    assert "cherchez d'autres entreprises d'accueil" in said


def test_a_long_list_is_shown_whole_by_its_door(network: Network) -> None:
    for n in range(8):
        partner(network, f"Entreprise Exemple {n}", last=5)
    short, whole = words(opened("solidite")), words(opened("solidite", voir="liens"))
    assert "voir les 8" in short
    assert "Entreprise Exemple 7</a>" not in short.split("Liés à nous seuls")[1]
    assert "Entreprise Exemple 7</a>" in whole.split("Liés à nous seuls")[1]


def test_names_are_shown_as_they_are(network: Network) -> None:
    partner(network, "<b>Fer & Fils</b>", last=5)
    assert "&lt;b&gt;Fer &amp; Fils&lt;/b&gt;" in words(opened("solidite"))


def test_an_empty_network_says_what_to_do(network: Network) -> None:
    app = opened("solidite")
    assert errors(app) == []
    assert "Votre réseau est vide" in words(app)
