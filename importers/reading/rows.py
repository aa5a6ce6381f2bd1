"""Rows of a table, read through the mapping of its columns: from cells to values as records keep them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from crm.network.validation import InvalidRecord, clean
from crm.records.identifiers import phone_region
from graph_schema.exchanges import Exchange
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import Field, Shape
from graph_schema.wording import listing
from importers.claims import UnreadCells
from importers.faults import ImportFault, Severity
from importers.reading.cells import Converted, convert, other_identifier, text_of
from importers.reading.coordinates import Coordinates, by_sort, emails_in, named_address, phones_in, words_beside
from importers.reading.headers import FAMILY_NAME, Target, field_of, parse_target
from importers.reading.mapping import Mapping, label
from importers.reading.tables import Cell, Table

_EARLIEST, _LATEST = date(1950, 1, 1), date(2099, 12, 31)
_CHANNEL = Target(Exchange.TYPE, "channel")
_COORDINATES = frozenset({"email", "phone", "mobile"})
_NUMBERS = frozenset({Target(Person.TYPE, "phone"), Target(Person.TYPE, "mobile")})
_PLACES = tuple(Target(Organisation.TYPE, name) for name in ("postal_code", "city", "address"))
_OVERSEAS = re.compile(r"(?<!\d)9(?:75|8[678])\d{2}(?!\d)", re.ASCII)
_NAMED = 4
"""Columns that are not read, named in one sentence."""
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
        read = {index for index, _, _ in columns}
        self.rest = [index for index, _ in enumerate(table.header) if index not in read]
        names = [f"« {table.header[index]} »" for index in self.rest if table.header[index]]
        self.rest_named = listing(names, limit=_NAMED)
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
            if target.field in _COORDINATES:
                value, code, message, hint = self._coordinates(
                    row, target, cells, Converted(value, code, message, hint), given, faults
                )
            if code:
                faults.append(self.fault(row, target, text_of(cell), code, message, hint))
            if isinstance(value, date) and not self._possible(row, target, value, text_of(cell), faults):
                continue
            if value is not None:
                _put(given[target.type], field, value)
        return given, besides

    def _coordinates(
        self, row: int, target: Target, cells: Sequence[Cell], read: Converted, given: dict[str, dict[str, Any]],
        faults: list[ImportFault],
    ) -> Converted:  # fmt: skip
        """The number or address to keep of a cell that holds more: the others go where there is room, or are told."""
        text = text_of(next(iter(cells[self.index[target] :]), None))
        if read.value is not None:
            found = Coordinates([str(read.value)], words_beside(text) if target.field != "email" else "")
        elif read.code == "invalid":
            found = emails_in(text) if target.field == "email" else phones_in(text, self._region(cells))
        else:
            return read
        if not found.values:
            return read
        kept, *others = found.values
        if target.type == Person.TYPE and others and target.field != "email" and not self.index.keys() >= _NUMBERS:
            placed = by_sort(found.values)
            kept, others = placed["phone"], [each for each in found.values if each not in placed.values()]
            given[Person.TYPE].setdefault("mobile", placed["mobile"])
        for other in others:
            message = f"« {other} » n'est pas repris : la fiche n'a de place que pour un seul."
            faults.append(self.fault(row, target, other, "unplaced", message, "Mettez-le dans une autre colonne."))
        if FAMILY_NAME not in self.index and (name := named_address(text)):
            given[Person.TYPE] |= {"family_name": name, "email": kept}
            return Converted(None)
        if found.words and not _is_name_of(found.words, given[Person.TYPE]):
            message = f"« {found.words[:60]} » n'est pas repris : la colonne donne « {label(str(target))} »."
            faults.append(self.fault(row, target, text, "unplaced", message, "Mettez-le dans une autre colonne."))
        return read if read.value is not None else Converted(kept)

    def _region(self, cells: Sequence[Cell]) -> str:
        """The country in which the row's numbers are dialled."""
        places = [self.index[each] for each in _PLACES if each in self.index]
        found = (_OVERSEAS.search(text_of(cells[index])) for index in places if index < len(cells))
        return phone_region(next((each[0] for each in found if each), ""))

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

    def unread(self, cells: Sequence[Cell]) -> UnreadCells | None:
        """What the row holds in columns that are not read."""
        texts = tuple(text_of(cells[index]) if index < len(cells) else "" for index in self.rest)
        return UnreadCells(hash(texts), self.rest_named) if any(texts) else None

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
    elif field.name == "address" and field.name in values:
        values[field.name] = f"{values[field.name]}, {value}"
    else:
        values[field.name] = re.sub(r"[ \t\u00a0]+", " ", value) if isinstance(value, str) else value


def _is_name_of(words: str, person: dict[str, Any]) -> bool:
    """Whether the words beside a number or an address are the name of the row's contact, which is known already."""
    known = fold(" ".join(str(person.get(name, "")) for name in ("given_name", "family_name"))).split()
    return set(fold(words).split()) <= set(known)
