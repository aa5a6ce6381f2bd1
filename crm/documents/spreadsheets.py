"""Tables as files for French spreadsheets: dates are dates, numbers are numbers, and no text is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from graph_schema.wording import short_date

Value = str | int | float | date | None
"""What a cell holds; True and False are written « oui » and « non »."""

Table = tuple[str, Sequence[str], Iterable[Sequence[Value]]]
"""A sheet: its name, the heads of its columns, its rows."""


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full width: some read them too
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE, _LONGEST_TEXT, _WIDEST = 31, 32_767, 60


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A CSV file: UTF-8 with BOM, ``;``, decimal commas, dates as jj/mm/aaaa; a text that a spreadsheet would take for
    a formula (CWE-1236) gets an apostrophe before it.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow(map(_text, headers))
    writer.writerows(map(_text, row) for row in rows)
    return written.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheet_name: str, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """An Excel workbook of one sheet: the heads stay in sight and filter, dates are dates, every text is a text."""
    return workbook_bytes([(sheet_name, headers, rows)])


def workbook_bytes(sheets: Iterable[Table]) -> bytes:
    """An Excel workbook of several sheets, each as ``xlsx_bytes`` writes it: name, heads, rows."""
    book = Workbook()
    first = book.active
    assert first is not None
    for sheet_name, headers, rows in sheets:
        title = _NOT_IN_A_TITLE.sub(" ", _CONTROL.sub("", sheet_name)).strip(" '")
        sheet = book.create_sheet(title[:_LONGEST_TITLE].rstrip(" '") or "Feuille")
        _fill(sheet, headers, rows)
    book.remove(first)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Worksheet, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    widths = [len(head) for head in headers]
    for number, row in enumerate((headers, *rows), start=1):
        for column, value in enumerate(row, start=1):
            _write(sheet, number, column, value)
            widths[column - 1] = max(widths[column - 1], len(_plain(value)))
    for column, width in enumerate(widths, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST) + 2
    sheet.freeze_panes = "A2"
    if headers:
        sheet.auto_filter.ref = sheet.dimensions


def _write(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(value, date):
        cell.value = value
        cell.number_format = "DD/MM/YYYY"
    elif isinstance(value, str | bool):
        text = _plain(value)
        cell.value = text
        cell.data_type = "s"  # openpyxl takes what starts with « = » for a formula
        cell.quotePrefix = text.startswith(_FORMULA)  # and stays a text when someone edits the cell
    elif value is not None:
        cell.value = value


def _text(value: Value) -> str:
    """A value as CSV says it: only a text may be a disguised formula, a negative number is none."""
    text = _plain(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _plain(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case date():
            return short_date(value)
        case float():
            return repr(value).replace(".", ",")
        case str():
            return _CONTROL.sub("", value)[:_LONGEST_TEXT]
    return str(value)
