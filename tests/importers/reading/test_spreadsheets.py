"""What spreadsheets do to the values that people typed, and what must come out of each: measured on real libraries."""

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from crm.network import Network
from graph_schema.registry import SCHEMA
from importers import run
from importers.faults import ImportFault
from importers.reading.cells import convert, text_of
from importers.reading.dates import parse_date, part_of_date
from tests.importers.files import nodes, organisation, siret, write_csv, write_ods, write_xlsx

ORGANISATION, AGREEMENT = SCHEMA.nodes["Organisation"].fields, SCHEMA.nodes["Agreement"].fields


def _imported(network: Network, path: Path) -> list[ImportFault]:
    report = run(network, [path])
    assert report.created == 1
    return report.faults


@pytest.mark.parametrize(
    ("field", "cell", "value", "code"),
    [
        ("siret", 35600000049837.0, "35600000049837", ""),  # 86: a number, exact under its scientific look
        ("siret", 12345700000000.0, None, "invalid"), ("siret", "1,23457E+13", None, "invalid"),  # 87, 88: digits lost
        ("siren", 5520135.0, "005520135", "repaired"), ("siren", 1234567.0, None, "invalid"),  # 89: two zeros lost
        ("phone", 321000001.0, "03 21 00 00 01", "repaired"),  # 90
        ("phone", "0692 12 34 56", "06 92 12 34 56", ""),  # 91: as it is dialled there and in France
        ("phone", "03 21 00 00 00 poste 12", "03 21 00 00 00 poste 12", ""),  # 92
        ("phone", "03 21 00 00 00 (std)", "03 21 00 00 00", ""),
        ("note", "#N/A", None, "formula"), ("masked", True, True, ""), ("masked", "VRAI", True, ""),  # 95, 97
        ("latitude", 0.255, 0.255, ""), ("note", date(1905, 7, 18), "2026", ""),  # 97, 99
        ("note", timedelta(hours=25, minutes=30), "25:30:00", ""), ("note", "PT25H30M00S", "25:30:00", ""),  # 105
        ("siren", "990000000", "990000000", "checksum"),  # 111: no rule by the first digits
    ],
)  # fmt: skip
def test_a_cell_of_a_spreadsheet_is_what_people_typed(field: str, cell: Any, value: Any, code: str) -> None:
    found = convert(ORGANISATION[field], cell)
    assert (found.value, found.code) == (value, code)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        (date(1905, 7, 18), "une année"), (datetime(1905, 7, 18), "une année"), ("2026", "une année"),
        (2026.0, "une année"),
        ("mars 2026", "un mois"), ("Mars", "un mois"), ("03/2026", "un mois"), ("déc. 26", "un mois"),
        ("T1 2026", "un trimestre"), ("1er trimestre 2026", "un trimestre"), ("2026-T1", "un trimestre"),
        ("semaine 12", "une semaine"), ("S12 2026", "une semaine"), ("9h", "une heure"), ("9 h 30", "une heure"),
        (time(9, 30), "une heure"), ("14:30", "une heure"),
    ],
)  # fmt: skip
def test_a_part_of_a_date_is_said_and_no_day_is_invented(cell: Any, part: str) -> None:
    assert parse_date(cell) is None
    assert part_of_date(cell) == part
    found = convert(AGREEMENT["signed_on"], cell)
    assert (found.value, found.code) == (None, "invalid")
    assert f"dit {part}, pas un jour" in found.message


@pytest.mark.parametrize("text", ["bientôt", "Mars Fictif 12", "12", "à voir", "2026 ou 2027", "x" * 500])
def test_what_tells_no_time_is_no_part_of_a_date(text: str) -> None:
    assert (parse_date(text), part_of_date(text)) == (None, "")


@pytest.mark.parametrize(
    "cell", [date(2026, 3, 12), datetime(2026, 3, 12, 9), "2026-03-12T00:00:00Z", "12/03/2026", 46093.0]
)
def test_a_day_is_that_day_however_it_is_kept(cell: Any) -> None:
    assert parse_date(cell) == date(2026, 3, 12)


def test_a_workbook_that_counts_from_1904_says_the_same_day(network: Network, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    for row in (["Structure", "Convention signée le"], ["Exemple", date(2026, 3, 12)]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert _imported(network, tmp_path / "a.xlsx") == []
    assert nodes(network, "Agreement")[0].values["signed_on"] == "2026-03-12"


def test_dates_kept_as_texts_of_iso_are_dates(network: Network, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.iso_dates = True
    assert book.active is not None
    for row in (["Structure", "Convention signée le"], ["Exemple", datetime(2026, 3, 12)]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert _imported(network, tmp_path / "a.xlsx") == []
    assert nodes(network, "Agreement")[0].values["signed_on"] == "2026-03-12"


def test_what_a_workbook_hides_is_read_and_said(network: Network, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Structure", "Ville", "Note"], ["Exemple", "Lens", "#N/A"], ["Autre", "Lens", "=1+1"]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    sheet = book.create_sheet("Cachée & lue")
    for row in (["Structure"], ["Masquée"]):
        sheet.append(row)
    sheet.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    report = run(network, [tmp_path / "a.xlsx"])
    assert report.created == 3
    assert [(fault.sheet, fault.code) for fault in report.faults] == [
        ("Sheet", "sheet_hidden_rows"), ("Sheet", "sheet_errors"), ("Sheet", "sheet_uncalculated"),
        ("Cachée & lue", "sheet_hidden"),
    ]  # fmt: skip
    assert all(": 1." in fault.message for fault in report.faults[:3])


def test_a_sheet_without_anything_of_that_kind_says_nothing(network: Network, tmp_path: Path) -> None:
    assert _imported(network, write_xlsx(tmp_path / "a.xlsx", {"A": [["Structure", "Note"], ["Exemple", 3]]})) == []


def test_a_wrong_dimension_and_empty_first_rows_move_nothing(network: Network, tmp_path: Path) -> None:
    rows = [[None, None], [None, None], [None, "Structure", "Ville"], [None, "Exemple", "Lens"]]
    path = write_xlsx(tmp_path / "a.xlsx", {"A": rows})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<dimension ref="B3:C4"', b'<dimension ref="A1"').replace(b"A1:C4", b"A1")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert _imported(network, path) == []
    assert organisation(network, "Exemple")["city"] == "Lens"


def _ods(path: Path, contact: str, more: str = "") -> Path:
    """A workbook of LibreOffice whose second row has this content in its second cell."""
    write_ods(path, [["Structure", "Téléphone standard", "Note"], ["Exemple", "@@", "x"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    content = parts["content.xml"].replace("<text:p>@@</text:p>", contact)
    parts["content.xml"] = content.replace("</table:table>", f"{more}</table:table>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize("between", ["<text:line-break/>", "</text:p><text:p>", "<text:tab/>"])
def test_lines_of_a_cell_of_libreoffice_stay_apart(network: Network, tmp_path: Path, between: str) -> None:
    path = _ods(tmp_path / "a.ods", f"<text:p>03 21 00 00 00{between}06 39 98 12 34</text:p>")
    assert [(fault.code, fault.value) for fault in _imported(network, path)] == [("unplaced", "06 39 98 12 34")]
    assert organisation(network, "Exemple")["phone"] == "03 21 00 00 00"


def test_a_million_empty_rows_at_the_end_of_libreoffice_are_none(network: Network, tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    assert _imported(network, _ods(tmp_path / "a.ods", "<text:p>03 21 00 00 00</text:p>", empty)) == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("sep=;\r\nStructure;Ville\r\nExemple;Lens\r\n", "utf-8"),
        ("sep=,\nStructure,Ville\nExemple,Lens\n", "utf-8-sig"),
        ('"sep=;"\nStructure;Ville\nExemple;Lens\n', "cp1252"), ("Structure\tVille\r\nExemple\tLens\r\n", "utf-16"),
        ("sep=\t\r\nStructure\tVille\r\nExemple\tLens\r\n", "utf-16"), ("Structure;Ville\nExemple;Lens\n", "utf-16-le"),
    ],
)  # fmt: skip
def test_texts_that_excel_writes_are_read(network: Network, tmp_path: Path, text: str, encoding: str) -> None:
    assert _imported(network, write_csv(tmp_path / "a.csv", text, encoding)) == []
    assert organisation(network, "Exemple")["city"] == "Lens"


def test_the_rows_of_a_text_that_says_its_separator_keep_their_numbers(network: Network, tmp_path: Path) -> None:
    (fault,) = _imported(network, write_csv(tmp_path / "a.csv", "sep=;\nStructure;Email\nExemple;non\n"))
    assert fault.row == 3


def test_one_column_is_a_list(network: Network, tmp_path: Path) -> None:
    assert _imported(network, write_csv(tmp_path / "a.csv", "Structure\nExemple\n")) == []


def test_a_siret_rounded_by_a_spreadsheet_is_said_to_be_lost(network: Network, tmp_path: Path) -> None:
    rows = [["Structure", "SIRET"], ["A", 12345700000000], ["B", "1,23457E+13"], ["C", float("1" + siret(7)[1:])]]
    report = run(network, [write_xlsx(tmp_path / "a.xlsx", {"A": rows})])
    lost = [fault.row for fault in report.faults if "arrondi par le tableur" in fault.message]
    assert (report.created, lost) == (3, [2, 3])


def test_a_year_under_a_date_is_said_as_the_year_that_people_see(network: Network, tmp_path: Path) -> None:
    rows = [["Structure", "Convention signée le"], ["Exemple", date(1905, 7, 18)]]
    (fault,) = _imported(network, write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    assert (fault.code, fault.value) == ("invalid", "2026")
    assert text_of(date(1905, 7, 18)) == "2026"
