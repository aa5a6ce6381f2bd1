"""Before an import, values are shown as people see them in their spreadsheet."""

from datetime import date, datetime, time
from pathlib import Path

import openpyxl

from importers import preview
from importers.reading.cells import shown


def test_the_first_rows_of_a_workbook_look_as_they_do_there(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Raison sociale", "SIRET", "Code postal", "Taux", "Ratio", "Depuis", "Heure", "Actif", "Vide"])
    sheet.append(["Garage Fictif", 12345, 1000, 0.25, 0.125, date(2026, 3, 12), time(9, 30), True, None])
    for column, look in ((2, "00000000000000"), (3, "00000"), (4, "0%"), (5, "0.0%")):
        sheet.cell(2, column).number_format = look
    file = tmp_path / "liste.xlsx"
    book.save(file)
    (row,) = preview(file)[0].rows
    assert row == (
        "Garage Fictif", "00000000012345", "01000", "25 %", "12,5 %", "12/03/2026", "09:30", "oui", "",
    )  # fmt: skip


def test_a_text_file_is_shown_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Raison sociale;Code postal;Taux\nGarage Fictif;01000;25 %\n", encoding="utf-8")
    assert preview(file)[0].rows == (("Garage Fictif", "01000", "25 %"),)


def test_numbers_have_no_decimals_that_nobody_wrote_and_a_comma() -> None:
    assert [shown(cell) for cell in (3.0, 2.5, datetime(2026, 3, 12), None, "-", False)] == [
        "3", "2,5", "12/03/2026", "", "-", "non",
    ]  # fmt: skip
    assert shown(2.5, "00000") == "2,5"
