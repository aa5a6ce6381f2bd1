"""The register on the command line: each sort listed, searched, written to a file."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ui.cli.invocation import Reseau28
from ui.cli.commands.register import SORTS


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_is_listed(reseau28: Reseau28, sort: str) -> None:
    result = reseau28("register", sort, "--json")
    assert (result.status, result.json) == (0, {"total": 0, "items": []})


def test_a_list_is_searched_and_written_to_a_file(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "conventions.csv"
    file.write_text(
        "Raison sociale;Ville;Numéro de convention\nGarage Fictif;Lens;C-12\nAtelier Fictif;Lens;C-13\n",
        encoding="utf-8",
    )
    reseau28("import", file, "--yes")
    found = reseau28("register", "conventions", "--text", "C-12", "--json").json
    assert (found["total"], [item["number"] for item in found["items"]]) == (1, ["C-12"])
    assert "2 conventions" in reseau28("register", "conventions").out
    out = tmp_path / "liste.xlsx"
    written = reseau28("register", "conventions", "--out", out)
    assert (written.status, written.out, "2 fiches" in written.err) == (0, "", True)
    assert load_workbook(out).worksheets[0]["A1"].value == "Nom"
    assert load_workbook(out).worksheets[0].max_row == 3
    assert "doit finir par .xlsx ou .csv" in reseau28("register", "conventions", "--out", tmp_path / "liste.txt").err
    assert "choisissez parmi" in reseau28("register", "inconnues").err
