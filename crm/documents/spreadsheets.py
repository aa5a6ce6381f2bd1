"""Tables as files for French spreadsheets: dates are dates, numbers are numbers, and no text is a formula."""

import csv
import io
import re
from collections.abc import Container, Iterable, Sequence
from datetime import date
from itertools import chain, count

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from graph_schema.wording import short_date

Value = str | int | float | date | None
"""What a cell holds; True and False are written « oui » and « non »."""

Table = tuple[str, Sequence[str], Iterable[Sequence[Value]]]
"""A sheet: its name, the heads of its columns, its rows."""


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full width: some read them too
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree on which day a number is, or know none
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
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        styles = _Styles(book)
        names: set[str] = set()
        for sheet_name, headers, rows in sheets:
            name = _title(sheet_name, names)
            names.add(name.casefold())
            _fill(book.add_worksheet(name), styles, headers, rows)
    return written.getvalue()


class _Styles:
    """How cells of one workbook look."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format({"bold": True})
        self.day: Format = book.add_format({"num_format": "DD/MM/YYYY"})
        self.text: Format = book.add_format({"quote_prefix": True})  # stays a text when someone edits the cell


def _title(name: str, taken: Container[str]) -> str:
    """A name that Excel takes for a sheet, in its length, unlike those taken (in lower case, as Excel compares)."""
    bare = _NOT_IN_A_TITLE.sub(" ", _CONTROL.sub("", name)).strip(" '") or "Feuille"
    titles = (bare[: _LONGEST_TITLE - len(end)].rstrip(" '") + end for end in chain([""], map(" {}".format, count(2))))
    return next(title for title in titles if title.casefold() not in taken)


def _fill(sheet: Worksheet, styles: _Styles, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    widths = [len(head) for head in headers]
    last = 0
    for column, head in enumerate(headers):
        sheet.write_string(0, column, _plain(head), styles.head)
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, last, column, value, styles)
            widths[column] = max(widths[column], len(_plain(value)))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width, _WIDEST) + 2)
    sheet.freeze_panes(1, 0)
    if headers:
        sheet.autofilter(0, 0, last, len(headers) - 1)


def _write(sheet: Worksheet, row: int, column: int, value: Value, styles: _Styles) -> None:
    match value:
        case None | "":
            return
        case date() if value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, styles.day)
        case str() | bool() | date():
            text = _plain(value)
            sheet.write_string(row, column, text, styles.text if text.startswith(_FORMULA) else None)
        case _:
            sheet.write_number(row, column, value)


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
