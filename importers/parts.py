"""What a format is, and the parts that it finds in a file: a sheet, or the whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple, TypeAlias

from graph_schema.exchanges import Exchange
from graph_schema.registry import SCHEMA
from graph_schema.wording import short_date
from importers.claims import Claim, RecordClaim
from importers.faults import ImportFault
from importers.reading.cells import shown
from importers.reading.mapping import Column, Mapping
from importers.reading.sources import Source
from importers.reading.tables import Cell, Table

Rows: TypeAlias = list[tuple[str, ...]]


@dataclass(slots=True)
class Part:
    """A part of a file, to be read. ``claims`` streams what it says, once; ``sample`` shows its first rows instead.

    ``columns`` tells what each column is read as, and why; ``mapping`` is None where people have nothing to choose.
    ``position`` of ``total`` is how far it is read; ``remarks`` what is to be said of the whole once it is.
    """

    format: "Format"
    source: Source
    name: str
    header: tuple[str, ...]
    claims: Iterator[Claim]
    sample: Callable[[int], Rows]
    position: Callable[[], int]
    total: int
    header_row: int = 0
    columns: Sequence[Column] = ()
    mapping: Mapping | None = None
    remarks: Callable[[], Iterable[ImportFault]] = tuple


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A format of tables, known by the header of a sheet; a ``general`` one reads what no other knows.

    ``open`` makes a part of a sheet from the mapping that people chose, if any, and the day. It raises ``InputError``
    for what cannot be imported; when its last argument is false, a mapping that is to be mended yet is no reason.
    """

    name: str
    label: str
    knows: Callable[[Sequence[str]], bool]
    open: Callable[[Table, Mapping | None, date, bool], Part]
    general: bool = False


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format of whole files, known by how their content begins; ``suffixes`` are the endings that people look for.

    ``read`` streams what a file says on a day, and what is to be said of what it leaves out; it raises ``InputError``
    when the file is damaged, or says nothing. ``said`` names what a claim is about, and what comes with it.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    knows: Callable[[bytes], bool]
    read: Callable[[Source, date], Iterator[Claim | ImportFault]]
    said: tuple[str, str] = ("Partenaire", "Avec lui")

    def open(self, source: Source, today: date) -> Part:
        """The one part of a file."""
        stream = _Stream(source.size, self.read(source, today))
        claims = stream.claims()
        return Part(
            self, source, "", self.said, claims, stream.sample, stream.position, source.size, remarks=stream.remarks
        )


Format: TypeAlias = TableFormat | FileFormat


class TableReader(NamedTuple):
    """How the rows of a table become claims, and what is to be said of them all."""

    claim: Callable[[int, Sequence[Cell]], Claim]
    remarks: Callable[[], Iterable[ImportFault]] = tuple


def table_part(
    format: TableFormat, table: Table, reader: TableReader, columns: Sequence[Column], mapping: Mapping | None = None
) -> Part:
    """A sheet as a part whose rows are read one by one."""

    def claims() -> Iterator[Claim]:
        read = reader.claim
        for number, cells in table.rows:
            yield read(number, cells)

    def sample(many: int) -> Rows:
        looks = table.looks() if many > 1 else {}  # one row is asked for only to know whether there is any
        return [
            tuple(shown(cell, looks.get((number, place), "")) for place, cell in enumerate(cells))
            for number, cells in islice(table.rows, many)
        ]

    return Part(
        format, table.source, table.sheet, table.header, claims(), sample, table.position, table.total,
        table.header_row, columns, mapping, reader.remarks,
    )  # fmt: skip


class _Stream:
    """The claims of a whole file, what is said of the rest, and whether all is read."""

    def __init__(self, size: int, read: Iterator[Claim | ImportFault]) -> None:
        self.size, self.rest, self.done = size, read, False
        self.faults: list[ImportFault] = []

    def claims(self) -> Iterator[Claim]:
        for each in self.rest:
            if isinstance(each, ImportFault):
                self.faults.append(each)
            else:
                yield each
        self.done = True

    def sample(self, many: int) -> Rows:
        return [(_caption(claim.about), ", ".join(_with(claim))) for claim in islice(self.claims(), many)]

    def remarks(self) -> Iterable[ImportFault]:
        return self.faults

    def position(self) -> int:
        return self.size if self.done else 0


def _with(claim: Claim) -> Iterator[str]:
    yield from map(_caption, claim.records)
    yield from (party.called for party in claim.parties)


def _caption(record: RecordClaim) -> str:
    """What people call a record of which a file speaks, with its day where it has one."""
    if record.mention:
        return ", ".join(record.keys)
    node = SCHEMA.nodes[record.type]
    day = record.values.get(node.about.dated or "") if record.type == Exchange.TYPE else None
    return " · ".join(filter(None, (short_date(date.fromisoformat(day)) if day else "", node.caption(record.values))))
