"""The table twin holds what the canvas shows, sorts, acts on the same state and leaves as files."""

import csv
import io
import re
from datetime import date

import pytest

from crm.canvas.building import scene
from crm.canvas.scene import Scene, SceneLink, SceneNode
from crm.canvas.state import CanvasState
from crm.documents import scene_tables
from crm.documents.pictures import leaving
from crm.documents.spreadsheets import csv_bytes
from crm.measures.measuring import measures
from crm.network import Network
from crm.records import links, people
from tests.ui.application import errors, notices, opened, words
from tests.ui.screens.conftest import TODAY, contact, partner

BODY = re.compile(r"<tbody>(.*?)</tbody>", re.S)


def rows(html: str, table: int) -> list[list[str]]:
    """The words of each cell of a table of the twin (0: nodes, 1: links)."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", BODY.findall(html)[table], re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in found]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_it_holds_the_same_nodes_and_links_as_the_picture(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif", last=10), partner(network, "Hôtel Exemple")
    person = contact(network, garage, "Exemple")
    links.connect(network, "WorksWith", garage, hotel, {"valid_from": "2024-03-01"})
    html = words(opened("reseau", autour=garage, tableau="1"))
    shown = scene(network, measures(network, TODAY), CanvasState(starts=(garage,)))
    assert {node.id for node in shown.nodes} == {garage, hotel, person}
    assert [row[0] for row in rows(html, 0)] == ["Garage Fictif", "Hôtel Exemple", "Mme Exemple"]
    assert rows(html, 1) == [
        ["Garage Fictif", "travaille avec →", "Hôtel Exemple", "depuis le 01/03/2024", ""],
        ["Mme Exemple", "travaille pour →", "Garage Fictif", "Tutrice", ""],
    ]
    assert "3 fiches et 2 liens." in html


def test_heads_sort_one_way_then_the_other_and_say_it(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Exemple")
    links.connect(network, "WorksWith", garage, hotel)
    html = words(opened("reseau", autour=garage, tableau="1"))
    assert 'scope="col" aria-sort="ascending"><a class="door" href="' in html
    assert "tri-fiches=-nom" in html
    html = words(opened("reseau", autour=garage, tableau="1", **{"tri-fiches": "-nom"}))
    assert [row[0] for row in rows(html, 0)] == ["Hôtel Exemple", "Garage Fictif"]
    assert 'aria-sort="descending"' in html


def test_dates_sort_by_date(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    for day in ("2024-01-02", "2022-12-01", "2023-06-15"):
        links.connect(network, "WorksWith", garage, partner(network, f"Atelier {day}"), {"valid_from": day})
    for order, turn in (("precision", 1), ("-precision", -1)):
        html = words(opened("reseau", autour=garage, tableau="1", **{"tri-liens": order}))
        told = [row[3] for row in rows(html, 1)]
        assert told[::turn] == ["depuis le 01/12/2022", "depuis le 15/06/2023", "depuis le 02/01/2024"]


def test_the_path_between_two_is_asked_and_forgotten_without_the_picture(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Exemple")
    person = contact(network, garage, "Exemple")
    links.connect(network, "WorksWith", garage, hotel)
    assert ">Chemin</a>" not in words(opened("reseau", autour=garage, tableau="1"))
    html = words(opened("reseau", autour=garage, tableau="1", fiche=person))
    assert f"chemin={person}&amp;chemin={hotel}" in html
    assert "Chemin entre Mme Exemple et Hôtel Exemple" in html
    assert f"chemin={person}&amp;chemin={person}" not in html
    app = opened("reseau", autour=garage, tableau="1", chemin=[person, hotel])
    assert ["Sur le chemin" in row[2] for row in rows(words(app), 0)] == [True] * 3
    assert "Oublier ce chemin" in words(app)


@pytest.mark.parametrize("order", ["rien", "-", "--nom", "<b>"])
def test_an_unknown_order_is_the_usual_one(network: Network, order: str) -> None:
    garage = partner(network, "Garage Fictif")
    app = opened("reseau", autour=garage, tableau="1", **{"tri-fiches": order, "tri-liens": order})
    assert errors(app) == []
    assert [row[0] for row in rows(words(app), 0)] == ["Garage Fictif"]


def test_each_row_acts_on_the_state_of_the_canvas(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Exemple")
    person = contact(network, hotel, "Exemple")
    links.connect(network, "WorksWith", garage, hotel)
    html = words(opened("reseau", autour=garage, tableau="1"))
    (row,) = (each for each in rows(html, 0) if each[0] == "Hôtel Exemple")
    assert row[5:] == ["+1", "RéduireMasquerÉpinglerPartir d&#x27;ici"]
    assert f"deplier={hotel}" in html
    for act, words_said in (("deplier", "Étendre"), ("masquer", "Masquer"), ("epingler", "Épingler")):
        found = re.search(rf'href="\?([^"]*{act}={hotel}[^"]*)" aria-label="([^"]*)"', html)
        assert found, act
        assert words_said.lower() in found[2].lower()
        assert f"autour={garage}" in found[1]
    html = words(opened("reseau", autour=garage, tableau="1", deplier=hotel))
    assert "Mme Exemple" in [row[0] for row in rows(html, 0)]
    html = words(opened("reseau", autour=garage, tableau="1", masquer=hotel, epingler=garage))
    assert [row[0] for row in rows(html, 0)] == ["Garage Fictif"]
    assert "Montrer la fiche masquée" in html
    assert "Libérer" in html
    assert person not in html


def test_the_selected_row_is_marked_and_its_name_opens_it(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    html = words(opened("reseau", autour=garage, tableau="1", fiche=garage))
    assert '<tr class="chosen"><th scope="row"><a class="door" href="' in html
    assert 'aria-current="true">Garage Fictif</a>' in html


def test_names_with_markup_are_text(network: Network) -> None:
    garage = partner(network, "<b>Garage</b> & fils")
    html = words(opened("reseau", autour=garage, tableau="1"))
    assert "&lt;b&gt;Garage&lt;/b&gt; &amp; fils</a></th>" in html


def test_long_tables_come_by_pages(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    for number in range(105):
        links.connect(network, "WorksWith", garage, partner(network, f"Client {number:03}"))
    html = words(opened("reseau", autour=garage, tableau="1"))
    assert "106 fiches et 105 liens." in html
    assert len(rows(html, 0)) == 100
    assert "Voir 6 de plus sur 106" in html
    assert len(rows(words(opened("reseau", autour=garage, tableau="1", lignes="200")), 0)) == 106


def test_the_files_say_the_same_without_those_who_opposed_it(network: Network) -> None:
    garage = partner(network, "=Garage")
    contact(network, garage, "Exemple")
    person = {"family_name": "Fictif", "civility": "m", "opposed_on": "2026-01-01"}
    people.add(network, garage, person, {"role": "Direction"})
    found = measures(network, TODAY)
    whole = scene(network, found, CanvasState(starts=(garage,)))
    kept = leaving(network, whole)
    assert (len(whole.nodes), len(kept.nodes), len(kept.links)) == (3, 2, 1)
    content = csv_bytes(*scene_tables.nodes(kept)[1:]).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert [row[0] for row in read] == ["Nom", "'=Garage", "Mme Exemple"]
    app = opened("reseau", autour=garage, tableau="1")
    assert "Hors du fichier : 1 personne qui s'y oppose." in notices(app, "note")
    assert len(app.get("download_button")) == 3


def test_files_of_a_scene_keep_links_that_are_over(network: Network) -> None:
    nodes = tuple(SceneNode(id, "Organisation", id, "Entreprise", "entreprise") for id in ("a", "b"))
    over = SceneLink("l", "WorksWith", "a", "b", "travaille avec", "travaille avec", current=False)
    table = scene_tables.links(Scene(date(2026, 11, 20), nodes, (over,)))
    assert [tuple(row) for row in table[2]] == [("a", "travaille avec", "b", "", False, 0, "l")]
