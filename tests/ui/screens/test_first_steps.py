"""An empty network leads to its first partner in one form."""

from crm.network import Network, provider
from crm.store.protocol import Query
from tests.ui.application import errors, opened, words


def test_an_empty_network_opens_on_the_three_ways_to_begin(network: Network) -> None:
    app = opened()
    assert "Votre réseau est vide" in words(app)
    assert "Importer un fichier" in words(app)
    assert errors(app) == []


def test_the_first_way_leads_to_the_import(network: Network) -> None:
    app = opened()
    app.button(key="first-import").click().run()
    assert errors(app) == []
    assert len(app.file_uploader) == 1


def test_a_first_partner_takes_a_name_a_type_and_a_town(network: Network) -> None:
    app = opened()
    app.text_input(key="first-name").input("Garage Exemple")
    app.text_input(key="first-town").input("62300 Lens")
    app.button(key="first-add").click().run()
    (found,) = network.read(lambda tx: tx.find(Query("Organisation"))).items
    assert found.values["name"] == "Garage Exemple"
    assert found.values["commune"] == "62498"
    assert app.query_params["fiche"] == found.id


def test_a_postal_code_of_one_commune_is_a_town(network: Network) -> None:
    app = opened()
    app.text_input(key="first-name").input("Garage Exemple")
    app.text_input(key="first-town").input("62950")
    app.button(key="first-add").click().run()
    (found,) = network.read(lambda tx: tx.find(Query("Organisation"))).items
    assert (found.values["city"], found.values["commune"]) == ("Noyelles-Godault", "62624")


def test_a_partner_without_a_name_is_refused_in_one_sentence_and_the_town_stays_typed(network: Network) -> None:
    app = opened()
    app.text_input(key="first-town").input("Lens")
    app.button(key="first-add").click().run()
    assert errors(app) == ["Donnez un nom à ce partenaire : il suffit pour commencer."]
    assert app.text_input(key="first-town").value == "Lens"
    assert network.read(lambda tx: tx.count("Organisation")) == 0


def test_saying_who_we_are_sets_the_zone(network: Network) -> None:
    app = opened()
    app.text_input(key="our-name").input("CFA Exemple")
    app.multiselect(key="our-zone").select("departement:62")
    app.button(key="our-save").click().run()
    known = network.read(provider.load)
    assert (known.name, known.zone) == ("CFA Exemple", ["departement:62"])


def test_what_later_screens_need_is_asked_from_the_start_and_what_is_wrong_is_said(network: Network) -> None:
    app = opened()
    app.text_input(key="our-siret").input("000 000 000 00018")
    app.selectbox(key="our-category").set_value("cfa")
    app.multiselect(key="our-mail_domains").set_value(["cfa"])
    app.button(key="our-save").click().run()
    assert ["n'est pas un domaine de courriel" in each for each in errors(app)] == [True]
    assert network.read(provider.record) is None
    app.multiselect(key="our-mail_domains").set_value(["@cfa-exemple.fr"])
    app.button(key="our-save").click().run()
    assert errors(app) == []
    known = network.read(provider.load)
    assert (known.siret, known.category, known.mail_domains) == ("00000000000018", "cfa", ["cfa-exemple.fr"])
