"""The list of partners: what the address says is what is shown, and how many there are is always said."""

import re

from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.network.work import UnitOfWork
from graph_schema.vocabularies import Kind
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import ago, contact, partner


def rows(app: AppTest) -> list[str]:
    """The names listed, in order."""
    return re.findall(r'class="door name"[^>]*>([^<]*)</a>', words(app))


def several(network: Network) -> None:
    """A fresh garage in Lens, a late branch in Lille, a hotel never heard from."""
    partner(network, "Garage Exemple", last=3, owner="J. Fictif")
    partner(network, "Branche Fictive", last=200, kind=Kind.BRANCH, commune="59350")
    partner(network, "Hôtel Imaginaire", tier="C")


def test_the_list_says_how_many_there_are_and_how_fresh_each_is(network: Network) -> None:
    several(network)
    app = opened("partenaires")
    assert rows(app) == ["Branche Fictive", "Garage Exemple", "Hôtel Imaginaire"]
    said = words(app)
    assert "3 partenaires" in said
    assert f"dernier échange le {ago(3):%d/%m/%Y}" in said
    assert "il y a 3 jours" in said
    assert errors(app) == []


def test_filters_order_and_territory_come_from_the_address(network: Network) -> None:
    several(network)
    assert rows(opened("partenaires", fraicheur="à relancer")) == ["Branche Fictive"]
    assert rows(opened("partenaires", famille="company", ordre="nom", inverse="oui")) == [
        "Hôtel Imaginaire",
        "Garage Exemple",
    ]
    assert rows(opened("partenaires", territoire="departement:62", ordre="recent")) == [
        "Garage Exemple",
        "Hôtel Imaginaire",
    ]
    assert rows(opened("partenaires", responsable="J. Fictif")) == ["Garage Exemple"]


def test_what_an_address_says_wrongly_filters_nothing(network: Network) -> None:
    several(network)
    app = opened("partenaires", fraicheur="bof", territoire="lune:1", ordre="âge", lignes="beaucoup")
    assert len(rows(app)) == 3
    assert errors(app) == []


def test_typing_narrows_the_list_and_is_kept_in_the_address(network: Network) -> None:
    several(network)
    app = opened("partenaires")
    app.text_input(key="filter-texte").input("hotel").run()
    assert rows(app) == ["Hôtel Imaginaire"]
    assert app.query_params["texte"] == "hotel"
    assert "1 partenaire<" in words(app)


def test_chips_count_what_each_would_keep(network: Network) -> None:
    several(network)
    chips = re.findall(r'</span> ([^<]*)<span class="tally">(\d+)</span>', words(opened("partenaires")))
    assert chips == [("Frais", "1"), ("À surveiller", "0"), ("À relancer", "1"), ("Jamais contacté", "1")]


def test_a_filter_chosen_in_the_panel_shows_as_a_chip_that_takes_it_off(network: Network) -> None:
    several(network)
    app = opened("partenaires")
    app.session_state["partners-filters"] = True
    app.run()
    app.multiselect(key="filter-famille").select("branch").run()
    assert rows(app) == ["Branche Fictive"]
    assert 'aria-label="Retirer le filtre Famille : Branche professionnelle"' in words(app)


def test_nothing_found_says_what_to_do_next(network: Network) -> None:
    several(network)
    assert "Retirez un filtre" in words(opened("partenaires", fraicheur="à surveiller"))


def test_an_empty_network_leads_to_its_first_partner(network: Network) -> None:
    app = opened("partenaires")
    assert "Aucun partenaire encore" in words(app)
    assert "?faire=ajouter" in words(app)


def test_only_a_page_is_sent_with_a_door_to_the_next(network: Network) -> None:
    def work(unit: UnitOfWork) -> None:
        for number in range(130):
            unit.create("Organisation", {"name": f"Structure {number:03}"})

    network.commit("Beaucoup de partenaires", work)
    app = opened("partenaires")
    assert len(rows(app)) == 100
    assert "130 partenaires" in words(app)
    assert 'href="?lignes=200">Voir les suivants (30)' in words(app)
    assert len(rows(opened("partenaires", lignes="200"))) == 130


def test_a_name_with_markup_is_shown_as_text(network: Network) -> None:
    id = partner(network, "<img src=x onerror=alert(1)> & Fils")
    contact(network, id, "<script>Exemple")
    for app in (opened("partenaires"), opened("partenaires", fiche=id)):
        assert "<img" not in words(app)
        assert "<script" not in words(app)
        assert "&lt;img src=x onerror=alert(1)&gt; &amp; Fils" in words(app)


def test_the_links_of_the_rows_do_not_change_while_sheets_are_opened(network: Network) -> None:
    several(network)
    id = partner(network, "Garage Fictif")

    def table(app: AppTest) -> str:
        return next(html.value for html in app.html if "rows partners" in html.value)

    assert table(opened("partenaires", famille="company")) == table(opened("partenaires", famille="company", fiche=id))
