"""Tables as people see them: a file's sheet, its header, and its rows with the numbers that a spreadsheet shows."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import TextIOWrapper
from itertools import chain, islice
from types import MappingProxyType
from typing import TypeAlias

from crm.errors import InputError
from importers.reading.sources import FileNature, Source
from importers.reading.workbooks import Looks, open_workbook

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Row: TypeAlias = tuple[int, Sequence[Cell]]
"""Number of the row (from 1, the header counted), and its cells."""

Score: TypeAlias = Callable[[Sequence[str]], int]
"""How many of these cells are known headers."""

DELIMITERS = (";", ",", "\t", "|")
_TITLE_ROWS = 30
_NO_NOTES: Mapping[str, int] = MappingProxyType({})
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
"""The first line by which Excel tells a text's separator: no row of it."""

csv.field_size_limit(1 << 24)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header was found in row ``header_row``. ``rows`` streams what follows, once; blank rows left out.

    ``position`` tells how far the file is read: bytes of a text, rows of a workbook; ``total`` is its end. ``looks``
    are the formats of the numbers in its first rows, by row and place, as far as they are known; ``notes`` what is to
    be said of a workbook's sheet.
    """

    source: Source
    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: Iterator[Row]
    position: Callable[[], int]
    total: int
    looks: Callable[[], Looks] = dict
    notes: Mapping[str, int] = field(default_factory=dict)


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
    return _text_tables(source, score) if source.nature is FileNature.TEXT else _workbook_tables(source, score)


def _text_tables(source: Source, score: Score) -> Iterator[Table | Unread]:
    with source.path.open("rb") as raw, TextIOWrapper(raw, encoding=source.encoding, newline="") as text:
        lines = list(islice(text, 3 * _TITLE_ROWS))
        said = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
        delimiter = said[1] if said else max(DELIMITERS, key=lambda d: _promise(lines, d, score))
        if source.quotes % 2:
            _check_quotes(source, delimiter)
        reader = csv.reader(chain(lines, text), delimiter=delimiter)
        rows = _numbered(source, reader)
        if said:
            next(rows, None)
        yield from _table(source, "", rows, score, raw.tell, source.size)


def _promise(lines: Sequence[str], delimiter: str, score: Score) -> tuple[int, int]:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0, 0
    best = max((score(row) for row in rows), default=0)
    return best, max((len(row) for row in rows), default=0)


def _numbered(source: Source, reader: Iterator[list[str]]) -> Iterator[Row]:
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cells):
                yield number, cells
    except (csv.Error, UnicodeError):
        raise InputError(
            f"« {source.name} » ne peut pas être lu après la ligne {number} : une cellule y dépasse seize millions de "
            "caractères (guillemet jamais refermé ?), ou ce qui suit n'est pas du texte.",
            field="file",
        ) from None


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
    with open_workbook(source.path, source.name) as workbook:
        for sheet in workbook.sheets():
            yield from _table(
                source, sheet.name, sheet.rows, score, sheet.position, sheet.total, sheet.looks, sheet.notes
            )


def _table(
    source: Source, sheet: str, rows: Iterator[Row], score: Score, position: Callable[[], int], total: int,
    looks: Callable[[], Looks] = dict, notes: Mapping[str, int] = _NO_NOTES,
) -> Iterator[Table | Unread]:  # fmt: skip
    first = list(islice(rows, _TITLE_ROWS))
    if not first:
        return
    scores = [score([header_text(cell) for cell in cells]) for _, cells in first]
    best = max(range(len(first)), key=lambda i: scores[i])
    number, cells = first[best]
    above = [row for _, row in first[:best] if _filled(row) >= max(2, _filled(cells))]
    if scores[best] == 1 and above:  # one known word in a row of values, under a header of words that nobody knows
        yield Unread(source, sheet, tuple(h for h in map(header_text, above[0]) if h))
        return
    header = tuple(header_text(cell) for cell in cells)
    if not scores[best]:
        yield Unread(source, sheet, tuple(h for h in tuple(map(header_text, first[0][1])) if h))
        return
    yield Table(source, sheet, header, number, chain(first[best + 1 :], rows), position, total, looks, notes)


def _filled(cells: Sequence[Cell]) -> int:
    return sum(cell not in (None, "") for cell in cells)


def header_text(cell: Cell) -> str:
    """A header as people read it, on one line."""
    return "" if cell is None else " ".join(str(cell).split())
