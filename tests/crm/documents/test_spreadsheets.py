"""Spreadsheets open with the right columns, and nothing in them runs."""

import csv
import io
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from crm.documents.spreadsheets import Value, csv_bytes, workbook_bytes, xlsx_bytes

HEADERS = ("Nom", "Depuis", "Poids", "Principal")


def sheet_of(content: bytes) -> Worksheet:
    """The sheet as a spreadsheet would open it."""
    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def read(content: bytes) -> list[list[str]]:
    """A CSV as a French spreadsheet reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_csv_is_what_a_french_spreadsheet_opens() -> None:
    content = csv_bytes(
        HEADERS, [("Garage Étoilé ; fils", date(2024, 3, 1), -1.5, True), ("Hôtel Fictif", None, 2, False)]
    )
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [
        ["Nom", "Depuis", "Poids", "Principal"],
        ["Garage Étoilé ; fils", "01/03/2024", "-1,5", "oui"],
        ["Hôtel Fictif", "", "2", "non"],
    ]


def test_a_workbook_keeps_dates_and_numbers_as_what_they_are() -> None:
    sheet = sheet_of(xlsx_bytes("Réseau : liens", HEADERS, [("Garage", date(2024, 3, 1), -1.5, True)]))
    assert [each.value for each in sheet[2]] == ["Garage", datetime(2024, 3, 1), -1.5, "oui"]
    assert sheet["B2"].is_date
    assert sheet.title == "Réseau   liens"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D2"


def test_a_sheet_without_rows_or_name_still_opens() -> None:
    sheet = sheet_of(xlsx_bytes("", HEADERS, []))
    assert [each.value for each in sheet[1]] == list(HEADERS)
    assert len(sheet_of(xlsx_bytes("'" * 40 + "x" * 40, ("A",), [])).title) == 31


def test_a_day_that_spreadsheets_do_not_count_is_written_in_full() -> None:
    sheet = sheet_of(xlsx_bytes("Essai", ("Le",), [(date(1850, 7, 2),), (date(1900, 2, 28),), (date(1900, 3, 1),)]))
    assert [row[0].value for row in sheet["A2:A4"]] == ["02/07/1850", "28/02/1900", datetime(1900, 3, 1)]


def test_sheets_of_one_name_are_told_apart() -> None:
    table = ("Comité", ("Nom",), [("Garage",)])
    longer = ("c" * 40, ("Nom",), [("Garage",)])
    content = workbook_bytes([table, ("COMITÉ", *table[1:]), table, longer, longer])
    assert load_workbook(io.BytesIO(content)).sheetnames == [
        "Comité", "COMITÉ 2", "Comité 3", "c" * 31, "c" * 29 + " 2",
    ]  # fmt: skip


def test_a_workbook_may_hold_several_sheets() -> None:
    content = workbook_bytes([("Fiches", ("Nom",), [("Garage",)]), ("Liens", ("De", "À"), [("Garage", "Hôtel")])])
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Fiches", "Liens"]
    assert [cell.value for cell in book["Liens"][2]] == ["Garage", "Hôtel"]


@given(st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "＝"]), st.text(max_size=20))
def test_no_text_is_a_formula(first: str, rest: str) -> None:
    assert csv_bytes(("Nom",), [(first + rest,)]).decode("utf-8-sig").split("\n", 1)[1].lstrip('"').startswith("'")
    cell = sheet_of(xlsx_bytes("Essai", ("Nom",), [(first + rest,)]))["A2"]
    assert cell.data_type != "f"
    assert cell.quotePrefix


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(-(10**9), 10**9), st.dates()), max_size=4))
def test_whatever_people_have_typed_can_be_written(row: list[Value]) -> None:
    headers = ["Champ"] * len(row)
    assert len(read(csv_bytes(headers, [row]))[0]) == len(row)
    assert sheet_of(xlsx_bytes("Essai", headers, [row])).max_row <= 2
