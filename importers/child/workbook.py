"""Reads one workbook: ``workbook.py FILE`` answers what it is asked on its standard input.

``s``: the next sheet, its name and last row, or None after the last one. ``r``: the next rows of that sheet, each with
its number, none after the last one. An answer is its length in four bytes, then a pickled pair: ``("ok", answer)``, or
``("refused", code)`` after which there are no more. Cells are texts, numbers, booleans, days and durations.
"""

import os
import pickle
import re
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

MOST_CELLS = 10_000_000
"""Cells, empty ones included, of the rectangle that a sheet's values span: the reader keeps a place for each."""

UNPACKED_LIMIT = 1 << 30
_BATCH = 20_000
_CHUNK = 1 << 20
_XLSX_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>/]*>')
_ODS_TAG = re.compile(rb"<table:(table|table-row|(?:covered-)?table-cell)(?=[\s/>])([^<>]*)>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="([0-9]{1,9})"')

Row = tuple[int, list[Any]]
Range = tuple[tuple[int, int], tuple[int, int]]


class Refused(Exception):
    """The workbook cannot be read; its only argument is a code."""


def check_archive(path: str) -> None:
    """Refuse by its directory and dimensions, before it is opened, what would not fit. Raises ``Refused``."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
            names = {info.filename for info in found}
            if not names & {"[Content_Types].xml", "content.xml"}:
                raise Refused("archive")
            if sum(info.file_size for info in found) > UNPACKED_LIMIT:
                raise Refused("unpacked")
            for info in found:
                if re.fullmatch(r"/?xl/worksheets/[^/]+\.xml", info.filename):
                    with archive.open(info) as sheet:
                        _check_extent(extents_of_xlsx(sheet))
            if "content.xml" in names:
                with archive.open("content.xml") as content:
                    _check_extent(extents_of_ods(content))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        raise Refused("damaged") from None


def _check_extent(extents: Iterable[tuple[int, int]]) -> None:
    if any(rows * columns > MOST_CELLS for rows, columns in extents):
        raise Refused("extent")


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


def answers(path: str, requests: IO[bytes]) -> Iterator[Any]:
    """What is answered to each request. Raises ``Refused``, and whatever the reader raises."""
    import python_calamine as calamine

    with Path(path).open("rb") as file:
        if file.read(2) == b"PK":
            check_archive(path)
    try:
        book = calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        raise Refused("password") from None
    names = iter([s.name for s in book.sheets_metadata if s.typ is calamine.SheetTypeEnum.WorkSheet])
    rows: Iterator[Row] = iter(())
    while request := requests.read(1):
        if request == b"r":
            first = next(rows, None)
            size = max(1, _BATCH // max(1, len(first[1]))) if first else 0
            yield [first, *islice(rows, size - 1)] if first else []
            continue
        found = None
        for name in names:
            sheet = book.get_sheet_by_name(name)
            if sheet.start is not None and sheet.end is not None:
                rows = filled(sheet.iter_rows(), sheet.merged_cell_ranges or (), sheet.start[1])
                found = name, sheet.end[0] + 1
                break
        yield found


def main(path: str) -> None:
    """Answer until nobody asks any more. Whatever goes wrong here is the workbook's fault."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes where it disturbs nobody

    def say(*answer: Any) -> None:
        content = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        out.write(struct.pack(">I", len(content)) + content)
        out.flush()

    try:
        for answer in answers(path, os.fdopen(0, "rb", buffering=0)):
            say("ok", answer)
    except BrokenPipeError:
        return
    except Refused as refused:
        say("refused", str(refused))
    except MemoryError:
        say("refused", "memory")
    except BaseException:  # the reader's own panics are not even exceptions
        say("refused", "damaged")


if __name__ == "__main__":
    main(sys.argv[1])
