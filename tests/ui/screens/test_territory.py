"""« Territoire » shows each state in words, leads to the partners behind, and to those who could fill a white spot."""

from crm import links
from crm.network import Network
from graph_schema.vocabularies import Kind
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import TODAY, partner, serve
from ui import map


def active(network: Network, name: str, kind: Kind = Kind.COMPANY) -> str:
    """Add a partner that is active: heard from lately, with an agreement in force."""
    id = partner(network, name, last=10, kind=kind)
    given = {"subject": "Partenariat", "signed_on": TODAY.replace(year=TODAY.year - 1, day=1).isoformat()}
    agreement = network.commit("Convention ajoutée", lambda unit: unit.create("Agreement", given)).value
    links.connect(network, "PartyTo", id, agreement)
    return id


def test_a_table_says_what_the_map_shows(network: Network) -> None:
    serve(network, "departement:62", "departement:59")
    garage = active(network, "Garage Exemple")
    app = opened("territoire", fonction="employeurs")
    assert errors(app) == []
    table = next(html.value for html in app.html if "Partenaires actifs" in html.value)
    assert "Pas-de-Calais" in table
    assert "Fragile" in table
    assert "Nord" in table
    assert f"fiche={garage}" in table


def test_a_place_shows_its_partners_and_what_lies_below(network: Network) -> None:
    serve(network, "departement:62")
    active(network, "Garage Exemple")
    said = words(opened("territoire", fonction="employeurs", territoire="departement:62"))
    assert "Un seul partenaire actif\u00a0: Garage Exemple." in said
    assert "Intercommunalités : Pas-de-Calais" in said
    assert "CA de Lens - Liévin" in said
    below = words(opened("territoire", fonction="employeurs", territoire="epci:246200364"))
    assert "Communes : CA de Lens - Liévin" in below
    assert "Avion" in below


def test_a_white_zone_is_a_sentence_with_a_way_to_fill_it(network: Network) -> None:
    serve(network, "departement:62")
    active(network, "Cap emploi Exemple", kind=Kind.DISABILITY)
    partner(network, "Réseau handicap Fictif", kind=Kind.DISABILITY, commune="62160")
    app = opened("territoire", fonction="handicap", territoire="epci:246200729")
    assert "Aucun acteur du handicap" in words(app)
    opened_zone = next(html.value for html in app.html if "Voir le chemin" in html.value)
    first = opened_zone.split("chemin=")[1].split('"')[0].split("&")[0]
    said = words(opened("territoire", fonction="handicap", territoire="epci:246200729", chemin=first))
    assert "Réseau handicap Fictif" in said


def test_an_address_that_names_no_place_shows_the_whole_zone(network: Network) -> None:
    serve(network, "departement:62")
    active(network, "Garage Exemple")
    app = opened("territoire", fonction="inconnue", territoire="departement:999")
    assert errors(app) == []
    assert "Toutes les fonctions" in words(app)


def test_an_empty_network_says_what_to_do(network: Network) -> None:
    assert "Votre réseau est vide" in words(opened("territoire"))


def test_a_small_zone_is_shown_close_up_and_a_scattered_one_on_the_country() -> None:
    close = map.frame_of(["59", "62", "80"])
    assert close is not None
    assert close.right - close.left < 400
    assert map.frame_of(["62", "13"]) is None
    assert map.frame_of([]) is None
    assert map.frame_of(["971"]) is not None


def test_a_name_is_written_inside_its_departement() -> None:
    for code in ("62", "75", "2A", "974"):
        x, y = map.centre(code)
        box = map.frame_of([code])
        assert box is not None
        assert box.left < x < box.right
        assert box.top < y < box.bottom
