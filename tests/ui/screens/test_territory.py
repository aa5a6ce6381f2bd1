"""« Territoire » shows each state in words, leads to the partners behind, and to those who could fill a white spot."""

from crm.network import Network
from crm.records import exchanges, links
from crm.store.protocol import Query
from graph_schema.exchanges import Direction
from graph_schema.vocabularies import Kind
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import TODAY, contact, partner, serve
from ui import map_shapes


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
    assert "Un seul partenaire actif : Garage Exemple." in said
    assert "Intercommunalités : Pas-de-Calais" in said
    assert "CA de Lens - Liévin" in said
    below = words(opened("territoire", fonction="employeurs", territoire="epci:246200364"))
    assert "Communes : CA de Lens - Liévin" in below
    assert "Avion" in below


def test_a_commune_opens_though_nothing_lies_below_it(network: Network) -> None:
    serve(network, "departement:62")
    active(network, "Garage Exemple")
    app = opened("territoire", fonction="employeurs", territoire="commune:62498")
    assert errors(app) == []
    assert "Garage Exemple" in words(app)


def test_a_white_zone_is_a_sentence_with_those_who_could_fill_it(network: Network) -> None:
    serve(network, "departement:62")
    active(network, "Cap emploi Exemple", kind=Kind.DISABILITY)
    candidate = partner(network, "Réseau handicap Fictif", kind=Kind.DISABILITY, commune="62160")
    said = words(opened("territoire", fonction="handicap", territoire="epci:246200729"))
    assert "Aucun acteur du handicap" in said
    assert "Le plus proche : Cap emploi Exemple" in said
    assert "1 structure connue sur place" in said
    assert f"fiche={candidate}" in said


def test_who_can_open_the_door_of_a_white_zone_is_shown_step_by_step(network: Network) -> None:
    serve(network, "departement:62")
    active(network, "Cap emploi Exemple", kind=Kind.DISABILITY)
    candidate = partner(network, "Réseau handicap Fictif", kind=Kind.DISABILITY, commune="62160")
    person = contact(network, candidate, "Fictive")
    exchanges.log(network, [], [person], on=TODAY, direction=Direction.MUTUAL)
    app = opened("territoire", fonction="handicap", territoire="epci:246200729")
    zone = next(html.value for html in app.html if "Voir le chemin" in html.value)
    assert "Vous connaissez Mme Fictive (relation fraîche)" in zone
    assert f"/reseau?presenter={candidate}" in zone
    first = zone.split("chemin=")[1].split('"')[0].split("&")[0]
    said = words(opened("territoire", fonction="handicap", territoire="epci:246200729", chemin=first))
    assert said.count('class="step"') == 3


def test_an_action_begins_from_a_white_zone_and_waits_in_the_week(network: Network) -> None:
    serve(network, "departement:62")
    candidate = partner(network, "Réseau handicap Fictif", kind=Kind.DISABILITY, commune="62160")
    said = words(opened("territoire", fonction="handicap", echelon="epci"))
    first = said.split("action=")[1].split('"')[0].split("&")[0]
    app = opened("territoire", fonction="handicap", echelon="epci", action=first)
    app.date_input(key="action-due").set_value(TODAY)
    app.button(key="action-save").click().run()
    assert errors(app) == []
    (action,) = network.read(lambda tx: tx.find(Query("Action"))).items
    assert str(action.values["title"]).startswith("Chercher un partenaire « Handicap »")
    (link,) = network.read(lambda tx: tx.links_of([action.id]))
    assert link.target == candidate
    week = "".join(words(opened(vue="semaine", semaine=each)) for each in ("", "suivante"))
    assert "Chercher un partenaire" in week


def test_a_level_is_chosen_in_the_address(network: Network) -> None:
    serve(network, "departement:62", "departement:59")
    active(network, "Garage Exemple")
    heads = {level: words(opened("territoire", echelon=level)) for level in ("region", "departement", "epci")}
    assert "Régions : Notre zone" in heads["region"]
    assert "Hauts-de-France" in heads["region"]
    assert "Départements : Notre zone" in heads["departement"]
    assert "Intercommunalités : Notre zone" in heads["epci"]
    assert "CA de Lens - Liévin" in heads["epci"]


def test_communes_are_read_a_page_at_a_time_and_a_large_zone_by_departement(network: Network) -> None:
    serve(network, "departement:62", "departement:59", "departement:80")
    active(network, "Garage Exemple")
    assert "choisissez d&#x27;abord un département" in words(opened("territoire", echelon="commune"))
    one = opened("territoire", echelon="commune", territoire="departement:62")
    assert errors(one) == []
    assert "Communes : Pas-de-Calais" in words(one)
    assert "Voir 100 de plus sur" in words(one)
    more = words(opened("territoire", echelon="commune", territoire="departement:62", lignes="20000"))
    assert "de plus sur" not in more
    assert len(more) > len(words(one))


def test_a_training_action_keeps_its_own_partners_only(network: Network) -> None:
    serve(network, "departement:62", "departement:59")
    tied, other = active(network, "Garage Exemple"), active(network, "Hôtel Fictif")
    programme = network.commit("Ajout", lambda unit: unit.create("Programme", {"title": "Titre Exemple"})).value
    links.connect(network, "CoConstructs", tied, programme)
    everyone = words(opened("territoire"))
    assert f"fiche={other}" in everyone
    narrowed = opened("territoire", **{"action-formation": programme})
    assert errors(narrowed) == []
    table = next(html.value for html in narrowed.html if "Partenaires actifs" in html.value)
    assert f"fiche={tied}" in table
    assert f"fiche={other}" not in table


def test_an_address_that_names_no_place_shows_the_whole_zone(network: Network) -> None:
    serve(network, "departement:62")
    active(network, "Garage Exemple")
    app = opened("territoire", fonction="inconnue", territoire="departement:999")
    assert errors(app) == []
    assert "Toutes les fonctions" in words(app)


def test_an_empty_network_says_what_to_do(network: Network) -> None:
    assert "Votre réseau est vide" in words(opened("territoire"))


def test_a_small_zone_is_shown_close_up_and_a_scattered_one_on_the_country() -> None:
    close = map_shapes.frame_of(["59", "62", "80"])
    assert close is not None
    assert close.right - close.left < 400
    assert map_shapes.frame_of(["62", "13"]) is None
    assert map_shapes.frame_of([]) is None
    assert map_shapes.frame_of(["971"]) is not None


def test_a_name_is_written_inside_its_departement() -> None:
    for code in ("62", "75", "2A", "974"):
        x, y = map_shapes.centre(code)
        box = map_shapes.frame_of([code])
        assert box is not None
        assert box.left < x < box.right
        assert box.top < y < box.bottom
