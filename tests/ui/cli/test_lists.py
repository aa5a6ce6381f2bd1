"""What people and programs read: lists with filters, one record, search, the measures."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.ui.cli.invocation import Reseau28

FILTERS = {
    "everything": ([], {"Garage Fictif", "Mission locale Exemple", "Atelier Imaginaire"}),
    "a family": (["--family", "institution"], {"Mission locale Exemple"}),
    "a family by its French name": (["--family", "Entreprise"], {"Garage Fictif", "Atelier Imaginaire"}),
    "a kind": (["--kind", "service_public_emploi"], {"Mission locale Exemple"}),
    "a function": (["--function", "employeurs"], {"Garage Fictif", "Atelier Imaginaire"}),
    "a state": (["--state", "à relancer"], {"Mission locale Exemple"}),
    "a state without its accent": (["--state", "a relancer"], {"Mission locale Exemple"}),
    "a commune": (["--territory", "62498"], {"Garage Fictif", "Mission locale Exemple"}),
    "a commune by its name": (["--territory", "arras"], {"Atelier Imaginaire"}),
    "a département": (["--territory", "62"], {"Garage Fictif", "Mission locale Exemple", "Atelier Imaginaire"}),
    "another département": (["--territory", "departement:59"], set()),
    "an owner": (["--owner", "c. exemple"], {"Garage Fictif"}),
    "words": (["--text", "imagin"], {"Atelier Imaginaire"}),
    "several at once": (["--territory", "Lens", "--family", "company"], {"Garage Fictif"}),
    "a day before": (["--on", "10/01/2025", "--state", "jamais", "--owner", "C. Exemple"], {"Garage Fictif"}),
}  # fmt: skip


@pytest.mark.parametrize("case", FILTERS)
def test_partners_are_filtered(reseau28: Reseau28, three_partners: Path, case: str) -> None:
    arguments, names = FILTERS[case]
    found = reseau28(
        "partners",
        *(["--on", "2026-11-20"] if "--on" not in arguments else []),
        *arguments,
        "--json",
        "--store",
        three_partners,
    )
    assert found.status == 0
    assert {item["name"] for item in found.json["items"]} == names


def test_partners_say_who_they_are(reseau28: Reseau28, three_partners: Path) -> None:
    items = reseau28("--store", three_partners, "--json", "partners", "--on", "2026-11-20").json["items"]
    assert [item["name"] for item in items] == sorted(item["name"] for item in items)
    garage = items[1]
    expected = {
        "family": "company", "kind": "entreprise", "functions": ["employeurs"], "tier": "A", "owner": "C. Exemple",
        "commune": "62498", "siret": "00000000000018", "state": "frais", "last_exchange": "2026-11-10", "days": 10,
    }  # fmt: skip
    assert {key: garage[key] for key in expected} == expected


def test_the_list_leaves_as_a_file_with_the_filters_and_the_columns_asked_for(
    reseau28: Reseau28, three_partners: Path, tmp_path: Path
) -> None:
    out = tmp_path / "liste.xlsx"
    asked = ("partners", "--store", three_partners, "--text", "garage", "--column", "rang", "--out", out)
    written = reseau28(*asked, "--on", "2026-11-20")
    assert (written.status, written.out, "1 partenaire dans" in written.err) == (0, "", True)
    head, row = ([cell.value for cell in cells] for cells in load_workbook(out).worksheets[0].iter_rows())
    assert head == ["Nom", "Type", "Rang", "Identifiant"]
    assert row[2] == "A"
    assert "doit finir par .xlsx ou .csv" in reseau28("partners", "--out", tmp_path / "liste.txt").err


def test_a_limit_keeps_the_first_ones(reseau28: Reseau28, three_partners: Path) -> None:
    items = reseau28("--store", three_partners, "--json", "partners", "--limit", 1).json["items"]
    assert [item["name"] for item in items] == ["Atelier Imaginaire"]
    assert "3 partenaires, 1 montré." in reseau28("--store", three_partners, "partners", "--limit", 1).out


def test_a_new_data_folder_holds_an_empty_network(reseau28: Reseau28, home: Path) -> None:
    assert reseau28("partners", "--json").json["items"] == []
    assert (home / "reseau28.db").exists()
    assert reseau28("partners").out == "Aucun partenaire ne répond à cette demande.\n"


def test_show_gives_a_record_with_its_links(reseau28: Reseau28, three_partners: Path) -> None:
    id = _id(reseau28, three_partners, "garage")
    shown = reseau28("--store", three_partners, "show", id, "--on", "20/11/2026", "--json").json
    assert (shown["name"], shown["state"], shown["type"]) == ("Garage Fictif", "frais", "Organisation")
    assert {link["type"] for link in shown["links"]} == {"WorksFor", "Involves"}
    text = reseau28("--store", three_partners, "show", id).out
    assert "SIRET : 00000000000018" in text
    assert "Claire Exemple" in text


def test_search_ignores_accents_and_finds_people_too(reseau28: Reseau28, three_partners: Path) -> None:
    items = reseau28("--store", three_partners, "search", "--json", "EXEMPLE", "claire").json["items"]
    assert [(item["name"], item["type"], item["family"]) for item in items] == [("Claire Exemple", "Person", None)]
    assert reseau28("--store", three_partners, "search", "introuvable").out == "Rien ne répond à cette recherche.\n"


def test_freshness_tells_the_least_fresh_first(reseau28: Reseau28, three_partners: Path) -> None:
    found = reseau28("--store", three_partners, "freshness", "--on", "2026-11-20", "--json").json
    assert found["on"] == "2026-11-20"
    assert [(i["name"], i["tier"], i["state"], i["last_exchange"], i["days"]) for i in found["items"]] == [
        ("Atelier Imaginaire", "C", "jamais", None, None),
        ("Mission locale Exemple", "C", "à relancer", "2025-01-10", 679),
        ("Garage Fictif", "A", "frais", "2026-11-10", 10),
    ]
    assert all(item["id"] and item["reason"].endswith(".") for item in found["items"])


def test_freshness_of_people(reseau28: Reseau28, three_partners: Path) -> None:
    items = reseau28("--store", three_partners, "freshness", "--people", "--json").json["items"]
    assert [item["name"] for item in items] == ["Claire Exemple"]


def test_coverage_has_a_cell_for_each_territory_and_function(reseau28: Reseau28, three_partners: Path) -> None:
    found = reseau28("--store", three_partners, "coverage", "--on", "2026-11-20", "--json").json
    assert (found["on"], found["level"]) == ("2026-11-20", "departement")
    assert {cell["territory"] for cell in found["cells"]} == {"departement:62"}
    assert len({cell["function"] for cell in found["cells"]}) == len(found["cells"]) == 10
    states = {cell["function"]: cell["state"] for cell in found["cells"]}
    assert states["employeurs"] == "reachable"  # an exchange alone makes no active partner
    assert states["handicap"] == "white"
    by_commune = reseau28("--store", three_partners, "coverage", "--level", "commune", "--json").json["cells"]
    assert len(by_commune) > 8_000


def test_the_measures_in_words(reseau28: Reseau28, three_partners: Path) -> None:
    garage = _id(reseau28, three_partners, "garage")
    texts = {
        "freshness": "Frais : 1",
        "coverage": "Aucun acteur du handicap",
        "resilience": "Si Claire Exemple part",
        f"introduce {garage}": "Claire Exemple",
    }
    for arguments, words in texts.items():
        result = reseau28("--store", three_partners, *arguments.split(), "--on", "2026-11-20")
        assert (result.status, result.err) == (0, "")
        assert words in result.out


def test_introductions_and_weak_points_for_programs(reseau28: Reseau28, three_partners: Path) -> None:
    garage = _id(reseau28, three_partners, "garage")
    paths = reseau28("--store", three_partners, "introduce", garage, "--json", "--on", "2026-11-20").json["paths"]
    assert paths[0]["steps"][-1]["target"] == garage
    found: dict[str, Any] = reseau28("--store", three_partners, "resilience", "--json", "--on", "2026-11-20").json
    assert found["dependences"][0]["lost"] == [garage]
    assert [each["organisation"] for each in found["single"]] == [garage]


def _id(reseau28: Reseau28, store: Path, text: str) -> str:
    return str(reseau28("--store", store, "search", text, "--json").json["items"][0]["id"])


@pytest.mark.parametrize("command", ["partners", "freshness", "coverage", "resilience", "strength", "calls", "growth"])
def test_a_day_before_the_network_has_no_partner_and_it_is_said(
    reseau28: Reseau28, three_partners: Path, command: str
) -> None:
    result = reseau28(command, "--on", "1900-01-01", "--store", three_partners)
    assert (result.status, result.err) == (0, "Aucun partenaire au 01/01/1900.\n")
    assert "Exemple" not in result.out
    later = reseau28(command, "--on", "2026-11-20", "--store", three_partners)
    assert "Aucun partenaire au" not in later.err
