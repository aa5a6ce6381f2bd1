"""Sheets of one type (committees, meetings, actions…): a row, read through the declaration, becomes a claim."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from graph_schema.registry import SCHEMA
from importers.claims import Claim, LinkClaim, RecordClaim
from importers.faults import ImportFault, Severity
from importers.parts import Part, TableFormat, TableReader, table_part
from importers.reading.cells import text_of
from importers.reading.entries import EntryColumn, read, type_of
from importers.reading.headers import Target
from importers.reading.mapping import Column, Mapping
from importers.reading.rows import Fed, MappedRows
from importers.reading.tables import Cell, Table

_SEVERAL = re.compile(r"[;|\n]")
_KNOWN = "reconnue par son intitulé"
_UNKNOWN = "non reprise : aucun champ ni lien ne porte cet intitulé"


class EntryReader(MappedRows):
    """Turns the rows of one sheet into claims about records of its type."""

    def __init__(self, table: Table, type: str, today: date) -> None:
        self.type, self.node = type, SCHEMA.nodes[type]
        known = enumerate(read(type, table.header))
        self.known = [(index, column) for index, column in known if column is not None]
        super().__init__(table, [_fed(type, *each) for each in self.known if each[1].field], today)
        about = self.node.about
        self.known_by = tuple(dict.fromkeys((*about.caption, *([about.dated] if about.dated else []))))

    def claim(self, row: int, cells: Sequence[Cell]) -> Claim:
        """What a row says; its faults tell what was left out, and for what the row is refused."""
        faults: list[ImportFault] = []
        given, _ = self.converted(row, cells, faults)
        values = self.cleaned(self.type, row, given[self.type], faults)
        entry = RecordClaim(self.type, values, known_by=self.known_by)
        self._check_needed(row, values, faults)
        links = list(self._ties(row, entry, cells, given, faults))
        self.check_width(row, cells, faults)
        ends = [link.target if link.source is entry else link.source for link in links]
        return Claim(row, entry, ends, links, faults)

    def _check_needed(self, row: int, values: dict[str, Any], faults: list[ImportFault]) -> None:
        """Refuse a row that lacks what no record of the type goes without."""
        for field in self.node.typed:
            if not field.required or field.name in values:
                continue
            target = Target(self.type, field.name)
            hint = f"Corrigez la colonne « {field.about.label} » : sans elle, la ligne n'est pas reprise."
            if (fault := self.needed(faults, target, hint)) is not None:
                faults[faults.index(fault)] = fault._replace(severity=Severity.ERROR)
                continue
            message = f"« {field.about.label} » manque : la ligne n'est pas reprise."
            fault = self.fault(row, target, "", "missing", message, "Remplissez cette colonne.")
            faults.append(fault._replace(column=fault.column or field.about.label, severity=Severity.ERROR))

    def _ties(
        self, row: int, entry: RecordClaim, cells: Sequence[Cell], given: dict[str, dict[str, Any]],
        faults: list[ImportFault],
    ) -> Iterator[LinkClaim]:  # fmt: skip
        for index, column in self.known:
            if column.way is None or column.field is not None:
                continue
            link, told = column.way.type, column.way.type.about.told
            values = self.cleaned(link.name, row, given[link.name], faults)
            if told is not None and column.term:
                values = {**values, told.field: column.term}
            for name in _names(cells[index] if index < len(cells) else None):
                other = RecordClaim(column.ends[0], {}, keys=(name,), among=column.ends)
                ends = (entry, other) if column.way.outwards else (other, entry)
                yield LinkClaim(link.name, *ends, values, self.header[index])


def _names(cell: Cell) -> list[str]:
    """Those whom one cell names, one after the other."""
    parts = (part.strip() for part in _SEVERAL.split(text_of(cell)))
    return list(dict.fromkeys(filter(None, parts)))


def _fed(type: str, index: int, column: EntryColumn) -> Fed:
    assert column.field is not None
    return index, Target(column.way.type.name if column.way else type, column.field.name), column.field


def entry_columns(type: str, header: Sequence[str]) -> list[Column]:
    """What each column is read as, and why."""
    return [
        Column(text, index, _target(type, column), _KNOWN) if column else Column(text, index, None, _UNKNOWN)
        for index, (text, column) in enumerate(zip(header, read(type, header), strict=True))
    ]


def _target(type: str, column: EntryColumn) -> str:
    if column.field is not None:
        return str(_fed(type, 0, column)[1])
    assert column.way is not None
    return f"{type}.{column.way.type.name}"


def _open(table: Table, mapping: Mapping | None, today: date, checked: bool) -> Part:
    type = type_of(table.header)
    assert type is not None
    reader = TableReader(EntryReader(table, type, today).claim)
    return table_part(FORMAT, table, reader, entry_columns(type, table.header))


FORMAT = TableFormat(
    "entries", "Feuille d'une seule sorte de fiches", lambda header: type_of(header) is not None, _open
)
