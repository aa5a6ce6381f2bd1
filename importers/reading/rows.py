"""Rows of a table, read through the mapping of its columns: from cells to values as records keep them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from crm.network.validation import InvalidRecord, clean
from graph_schema.exchanges import Exchange
from graph_schema.registry import SCHEMA
from graph_schema.types import Field, Shape
from importers.faults import ImportFault, Severity
from importers.reading.cells import convert, other_identifier, text_of
from importers.reading.headers import Target, field_of, parse_target
from importers.reading.mapping import Mapping
from importers.reading.tables import Cell, Table

_EARLIEST, _LATEST = date(1950, 1, 1), date(2099, 12, 31)
_CHANNEL = Target(Exchange.TYPE, "channel")
_LEFT_OUT = "La cellule n'est pas reprise ; le reste de la ligne l'est."


Fed: TypeAlias = tuple[int, Target, Field | None]
"""A column that feeds something: its place, what it feeds, the declared field behind that, if there is one."""


def fed(mapping: Mapping) -> list[Fed]:
    """The columns of a mapping that feed something."""
    found = ((each.index, parse_target(each.target)) for each in mapping.columns if each.target)
    return [(index, target, field_of(target)) for index, target in found if target is not None]


class MappedRows:
    """The columns of one table that feed something. ``today`` bounds the dates of what has already happened."""

    def __init__(self, table: Table, columns: Sequence[Fed], today: date) -> None:
        self.file, self.sheet, self.header, self.today = table.source.name, table.sheet, table.header, today
        self.columns = columns
        self.index = {target: index for index, target, _ in columns}

    def converted(
        self, row: int, cells: Sequence[Cell], faults: list[ImportFault]
    ) -> tuple[dict[str, dict[str, Any]], dict[Target, list[str]]]:
        """What the cells give, by type and field; and the texts of the columns that feed no field."""
        given: dict[str, dict[str, Any]] = defaultdict(dict)
        besides: dict[Target, list[str]] = defaultdict(list)
        for index, target, field in self.columns:
            cell = cells[index] if index < len(cells) else None
            if field is None:
                besides[target] += [text] if (text := text_of(cell)) else []
                continue
            if target == _CHANNEL:
                besides[target].append(text_of(cell))
            value, code, message, hint = convert(field, cell)
            if code == "invalid" and (found := other_identifier(field.name, cell)):
                given[target.type].setdefault(found[0], found[1].value)
                value, code, message, hint = found[1]._replace(value=None)
            if code:
                faults.append(self.fault(row, target, text_of(cell), code, message, hint))
            if isinstance(value, date) and not self._possible(row, target, value, text_of(cell), faults):
                continue
            if value is not None:
                _put(given[target.type], field, value)
        return given, besides

    def _possible(self, row: int, target: Target, day: date, text: str, faults: list[ImportFault]) -> bool:
        if day < _EARLIEST:
            message = f"La date « {text} » est trop ancienne pour être juste."
        elif day > _LATEST:
            message = f"La date « {text} » est trop lointaine pour être juste."
        elif target.type == Exchange.TYPE and day > self.today:
            message = f"Le dernier contact « {text} » est dans le futur."
        else:
            return True
        faults.append(self.fault(row, target, text, "date", message, f"Corrigez l'année. {_LEFT_OUT}"))
        return False

    def cleaned(self, type: str, row: int, values: dict[str, Any], faults: list[ImportFault]) -> dict[str, Any]:
        """The values in the form that a record keeps; a field that does not fit is left out and said.

        Each turn leaves out one field at least, so there are no more turns than fields.
        """
        kind = SCHEMA.type(type)
        required = {
            name: next(iter(field.labels), "?" if field.shape is Shape.TEXT else _EARLIEST)
            for name, field in kind.fields.items()
            if field.required
        }
        left = dict(values)
        while left:
            try:
                cleaned = clean(kind, {**required, **left})
            except InvalidRecord as error:
                own = [fault for fault in error.faults if fault.field in left]
                # What contradicts the record as a whole names no field: the last one given is the one too many.
                for fault in own or [error.faults[0]._replace(field=list(left)[-1])]:
                    if fault.field in left:
                        target, text = Target(type, fault.field), str(left.pop(fault.field))
                        faults.append(self.fault(row, target, text, fault.code, fault.message, _LEFT_OUT))
                continue
            return {name: cleaned[name] for name in left if name in cleaned}
        return {}

    def needed(self, faults: list[ImportFault], target: Target, hint: str) -> ImportFault | None:
        """The fault of a cell on which others depend, which now says so."""
        column = self.header[self.index[target]] if target in self.index else None
        for at, fault in enumerate(faults):
            if fault.column == column:
                faults[at] = fault._replace(hint=hint)
                return faults[at]
        return None

    def check_width(self, row: int, cells: Sequence[Cell], faults: list[ImportFault]) -> None:
        """Tell of cells that stand beyond the header."""
        extra = [text for cell in cells[len(self.header) :] if (text := text_of(cell))]
        if extra:
            message = f"La ligne a plus de cellules que l'en-tête : « {extra[0][:40]} » n'est pas repris."
            hint = "Mettez entre guillemets les textes qui contiennent le séparateur."
            faults.append(ImportFault(self.file, self.sheet, row, "", extra[0][:200], "extra_cells", message, hint))

    def fault(self, row: int, target: Target, value: str, code: str, message: str, hint: str = "") -> ImportFault:
        """A fault of the cell that feeds a target."""
        index = self.index.get(target)
        column = self.header[index] if index is not None and index < len(self.header) else ""
        return ImportFault(self.file, self.sheet, row, column, value[:200], code, message, hint, Severity.WARNING)


def _put(values: dict[str, Any], field: Field, value: Any) -> None:
    """Set a field; several columns of lists or long texts add up."""
    if field.many and field.name in values:
        values[field.name] = [*values[field.name], *(v for v in value if v not in values[field.name])]
    elif field.about.long and field.name in values:
        values[field.name] = f"{values[field.name]}\n{value}"
    else:
        values[field.name] = re.sub(r"[ \t\u00a0]+", " ", value) if isinstance(value, str) else value
