"""Reads one workbook: ``workbook.py FILE`` answers what it is asked on its standard input.

``s``: the next sheet, its name, its last row and what is to be said of it (``sheet_xml``: whether it is hidden, and how
many cells in error), or None after the last one. ``r``: the next rows of that sheet, each with
its number, none after the last one. Cells are texts, numbers, booleans, days and durations. ``l``: how the numbers in
the first rows of that sheet look (« 0% », « 00000 »): row, place, format; none of a large workbook, or an older one.
"""

import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from crm.guarded.child import sheet_xml
from crm.guarded.child.answering import UnreadableDocument, serve

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_CELLS = 10_000_000
"""Cells, empty ones included, of the rectangle that a sheet's values span: the reader keeps a place for each."""

UNPACKED_LIMIT = 1 << 30
_BATCH = 20_000
_LOOKED_AT, _FIRST_ROWS = 4 << 20, 60
"""Formats are told of the first rows of workbooks of at most so many bytes: they are for a preview."""

_CHUNK = 1 << 20
_XLSX_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>/]*>')
_ODS_TAG = re.compile(rb"<table:(table|table-row|(?:covered-)?table-cell)(?=[\s/>])([^<>]*)>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="([0-9]{1,9})"')

Row = tuple[int, list[Any]]
Range = tuple[tuple[int, int], tuple[int, int]]


def check_archive(file: BinaryIO) -> None:
    """Refuse by directory and dimensions, before it is opened, what would not fit. Raises ``UnreadableDocument``."""
    try:
        with zipfile.ZipFile(file) as archive:
            found = archive.infolist()
            names = {info.filename for info in found}
            if not names & {"[Content_Types].xml", "content.xml"}:
                raise UnreadableDocument("archive")
            if sum(info.file_size for info in found) > UNPACKED_LIMIT:
                raise UnreadableDocument("unpacked")
            for info in found:
                if re.fullmatch(r"/?xl/worksheets/[^/]+\.xml", info.filename):
                    with archive.open(info) as sheet:
                        _check_extent(extents_of_xlsx(sheet))
            if "content.xml" in names:
                with archive.open("content.xml") as content:
                    _check_extent(extents_of_ods(content))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        raise UnreadableDocument("damaged") from None


def _check_extent(extents: Iterable[tuple[int, int]]) -> None:
    if any(rows * columns > MOST_CELLS for rows, columns in extents):
        raise UnreadableDocument("extent")


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """A file of tags in large pieces, none cut within a tag (a tag longer than a piece is left as it is)."""
    rest = b""
    while block := stream.read(_CHUNK):
        whole, cut, rest = (rest + block).rpartition(b"<")
        yield whole
        rest = cut + rest
        if len(rest) > _CHUNK:
            yield rest
            rest = b""
    yield rest


def extents_of_xlsx(sheet: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Rows and columns that the cells with a value span, whatever the sheet declares of itself."""
    columns: set[bytes] = set()
    first, last = 1 << 30, 0
    for block in _blocks(sheet):
        if found := _XLSX_CELL.findall(block):
            columns.update({column for column, _ in found})
            rows = [int(row) for row in {row for _, row in found}]
            first, last = min(first, *rows), max(last, *rows)
    if columns:
        numbers = [_column(letters) for letters in columns]
        yield last - first + 1, max(numbers) - min(numbers) + 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def extents_of_ods(content: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Rows and columns up to the last value of each sheet, repeated ones counted."""
    row = height = width = column = repeated = 0
    for block in _blocks(content):
        for tag, attributes in _ODS_TAG.findall(block):
            times = int(found[1]) if (found := _REPEATED.search(attributes)) else 1
            if tag == b"table":
                yield height, width
                row = height = width = column = repeated = 0
            elif tag == b"table-row":
                row, column, repeated = row + times, 0, times
            else:
                column += times
                if repeated and not attributes.endswith(b"/"):
                    height, width = row, max(width, column)
    yield height, width


def filled(rows: Iterable[list[Any]], ranges: Sequence[Range], first_column: int) -> Iterator[Row]:
    """Rows by their number from 1, blank ones left out, a merged cell's value repeated downwards.

    ``ranges`` are in the sheet's own rows and columns, from 0; ``rows`` begin at row 0 and at ``first_column``. Across
    columns a merged cell says its value once; a place that holds something keeps it.
    """
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in ranges:
        if bottom > top and left >= first_column:
            starts.setdefault(top, []).append((left - first_column, bottom))
    open_ones: dict[int, tuple[Any, int]] = {}
    for number, cells in enumerate(rows):
        for column, (value, bottom) in list(open_ones.items()):
            if number > bottom:
                del open_ones[column]
            elif cells[column] in ("", None):
                cells[column] = value
        for column, bottom in starts.pop(number, ()):
            if column < len(cells) and cells[column] not in ("", None):
                open_ones[column] = cells[column], bottom
        if any(cell not in ("", None) for cell in cells):
            yield number + 1, cells


def book(file: BinaryIO) -> "CalamineWorkbook":
    """The workbook in ``file``. Raises ``UnreadableDocument``, and whatever the reader raises."""
    import python_calamine as calamine

    if file.read(2) == b"PK":
        check_archive(file)
        file = sheet_xml.with_breaks(file)
    file.seek(0)
    try:
        return calamine.CalamineWorkbook.from_filelike(file)
    except calamine.PasswordError:
        raise UnreadableDocument("password") from None


def sheets(book: "CalamineWorkbook") -> Iterator[tuple[str, "CalamineSheet"]]:
    """The sheets that hold values, in order, by name."""
    import python_calamine as calamine

    for each in book.sheets_metadata:
        if each.typ is calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(each.name)
            if sheet.start is not None and sheet.end is not None:
                yield each.name, sheet


def rows_of(sheet: "CalamineSheet") -> Iterator[Row]:
    """The rows of a sheet, see ``filled``."""
    assert sheet.start is not None
    return filled(sheet.iter_rows(), sheet.merged_cell_ranges or (), sheet.start[1])


def looks(path: str, name: str, first_column: int) -> list[tuple[int, int, str]]:
    """The formats of numbers in the first rows of a sheet, as ``l`` answers them."""
    if Path(path).stat().st_size > _LOOKED_AT:
        return []
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True)
        return [
            (cell.row, cell.column - 1 - first_column, cell.number_format)
            for row in book[name].iter_rows(max_row=_FIRST_ROWS)
            for cell in row
            if cell.data_type == "n" and cell.value is not None and cell.number_format != "General"
        ]
    except Exception:  # what is no XLSX, or one that only the other reader understands, is shown without them
        return []


def _notes(file: BinaryIO, book: "CalamineWorkbook") -> dict[str, dict[str, int]]:
    """What is to be said of each sheet: that it is hidden, and what its XML tells."""
    import python_calamine as calamine

    seen = calamine.SheetVisibleEnum.Visible
    hidden = {each.name: {"hidden": 1} for each in book.sheets_metadata if each.visible is not seen}
    told = sheet_xml.notes(file)
    return {name: {**hidden.get(name, {}), **told.get(name, {})} for name in {*hidden, *told}}


def answers(path: str, requests: IO[bytes]) -> Iterator[Any]:
    """What is answered to each request. Raises ``UnreadableDocument``, and whatever the reader raises."""
    with Path(path).open("rb") as file:
        opened = book(file)
        notes, found = _notes(file, opened), sheets(opened)
        rows: Iterator[Row] = iter(())
        name, start = "", 0
        while request := requests.read(1):
            if request == b"r":
                first = next(rows, None)
                size = max(1, _BATCH // max(1, len(first[1]))) if first else 0
                yield [first, *islice(rows, size - 1)] if first else []
                continue
            if request == b"l":
                yield looks(path, name, start)
                continue
            named = next(found, None)
            if named is None:
                yield None
            else:
                name, sheet = named
                assert sheet.start is not None
                start = sheet.start[1]
                rows = rows_of(sheet)
                assert sheet.end is not None
                yield name, sheet.end[0] + 1, notes.get(name, {})


if __name__ == "__main__":
    serve(partial(answers, sys.argv[1]))
