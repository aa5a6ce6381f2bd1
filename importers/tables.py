"""Tables as people see them: a file's sheet, its header, and its rows with the numbers that a spreadsheet shows."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import TextIOWrapper
from itertools import chain, islice
from typing import TypeAlias

import python_calamine as calamine

from crm.errors import InputError
from importers.sources import Nature, Source

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Row: TypeAlias = tuple[int, Sequence[Cell]]
"""Number of the row (from 1, the header counted), and its cells."""

Score: TypeAlias = Callable[[Sequence[str]], int]
"""How many of these cells are known headers."""

DELIMITERS = (";", ",", "\t", "|")
_TITLE_ROWS = 30
csv.field_size_limit(1 << 24)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header was found in row ``header_row``. ``rows`` streams what follows, once; blank rows left out.

    ``position`` tells how far the file is read: bytes of a text, rows of a workbook; ``total`` is its end.
    """

    source: Source
    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: Iterator[Row]
    position: Callable[[], int]
    total: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A sheet that has rows but no recognisable header: what was found there instead."""

    source: Source
    sheet: str
    found: tuple[str, ...]


def open_tables(source: Source, score: Score) -> Iterator[Table | Unread]:
    """The sheets of a file in order (a text is one sheet without a name); empty ones are left out.

    ``score`` recognises headers: the header is the row of the first thirty that it values most.
    Raises ``InputError`` for a damaged or protected workbook and for a quote that is never closed.
    """
    return _text_tables(source, score) if source.nature is Nature.TEXT else _workbook_tables(source, score)


def _text_tables(source: Source, score: Score) -> Iterator[Table | Unread]:
    with source.path.open("rb") as raw, TextIOWrapper(raw, encoding=source.encoding, newline="") as text:
        lines = list(islice(text, 3 * _TITLE_ROWS))
        delimiter = max(DELIMITERS, key=lambda d: _promise(lines, d, score))
        if source.quotes % 2:
            _check_quotes(source, delimiter)
        reader = csv.reader(chain(lines, text), delimiter=delimiter)
        rows = _numbered(source, reader)
        yield from _table(source, "", rows, score, raw.tell, source.size)


def _promise(lines: Sequence[str], delimiter: str, score: Score) -> tuple[int, int]:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0, 0
    best = max((score(row) for row in rows), default=0)
    return best, max((len(row) for row in rows), default=0)


def _numbered(source: Source, reader: Iterator[list[str]]) -> Iterator[Row]:
    try:
        for number, cells in enumerate(reader, 1):
            if any(cells):
                yield number, cells
    except (csv.Error, UnicodeError) as error:
        raise InputError(f"« {source.name} » ne peut pas être lu jusqu'au bout ({error}).", field="file") from None


def _check_quotes(source: Source, delimiter: str) -> None:
    """Refuse a text that ends inside quotes: it is cut, or one quote swallowed all the rows after it."""
    with source.path.open(encoding=source.encoding, newline="") as text:
        reader, before = csv.reader(text, delimiter=delimiter, strict=False), 0
        start, row, last = 1, 0, ""
        for row, cells in enumerate(reader, 1):  # noqa: B007  (the last one's number is told)
            start, before = before + 1, reader.line_num
            last = cells[-1] if cells else ""
    if before > start and "\n" in last:
        raise InputError(
            f"« {source.name} », ligne {row} : un guillemet ouvert n'est jamais refermé. Le fichier est incomplet, "
            "ou ce guillemet est de trop.",
            field="file",
        )


def _workbook_tables(source: Source, score: Score) -> Iterator[Table | Unread]:
    try:
        with calamine.CalamineWorkbook.from_path(source.path) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ is calamine.SheetTypeEnum.WorkSheet:
                    yield from _sheet(source, workbook.get_sheet_by_name(sheet.name), score)
    except calamine.PasswordError:
        raise InputError(
            f"Le classeur « {source.name} » est protégé par un mot de passe : enregistrez-le sans protection.",
            field="file",
        ) from None
    except (calamine.CalamineError, OSError) as error:
        raise InputError(
            f"Le classeur « {source.name} » ne peut pas être lu : il est abîmé, protégé, ou n'est pas un classeur. "
            "Ouvrez-le dans votre tableur et enregistrez-le à nouveau.",
            field="file",
        ) from error


def _sheet(source: Source, sheet: calamine.CalamineSheet, score: Score) -> Iterator[Table | Unread]:
    if sheet.start is None:
        return
    first_row, first_column = sheet.start
    rows: list[list[Cell]] = [list(cells) for cells in sheet.to_python(skip_empty_area=True)]
    _fill_merged(rows, sheet.merged_cell_ranges or [], first_row, first_column)
    done = 0

    def numbered() -> Iterator[Row]:
        nonlocal done
        for done, cells in enumerate(rows, 1):
            if any(cell not in ("", None) for cell in cells):
                yield first_row + done, cells

    yield from _table(source, sheet.name, numbered(), score, lambda: done, len(rows))


_Range = tuple[tuple[int, int], tuple[int, int]]


def _fill_merged(rows: list[list[Cell]], ranges: Sequence[_Range], first_row: int, first_column: int) -> None:
    """Repeat downwards what a merged cell says; across columns it says it once."""
    for (top, left), (bottom, _) in ranges:
        column = left - first_column
        for row in range(max(0, top + 1 - first_row), min(len(rows), bottom + 1 - first_row)):
            rows[row][column] = rows[top - first_row][column]


def _table(
    source: Source, sheet: str, rows: Iterator[Row], score: Score, position: Callable[[], int], total: int
) -> Iterator[Table | Unread]:
    first = list(islice(rows, _TITLE_ROWS))
    if not first:
        return
    scores = [score([header_text(cell) for cell in cells]) for _, cells in first]
    best = max(range(len(first)), key=lambda i: scores[i])
    number, cells = first[best]
    header = tuple(header_text(cell) for cell in cells)
    if not scores[best]:
        yield Unread(source, sheet, tuple(h for h in tuple(map(header_text, first[0][1])) if h))
        return
    yield Table(source, sheet, header, number, chain(first[best + 1 :], rows), position, total)


def header_text(cell: Cell) -> str:
    """A header as people read it, on one line."""
    return "" if cell is None else " ".join(str(cell).split())
