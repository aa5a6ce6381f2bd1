"""From files to entries: each sheet read in the way that its header calls for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path

from crm.errors import InputError
from importers.claims import Entry
from importers.faults import Fault
from importers.formats.annuaire import AnnuaireReader, annuaire_columns, is_annuaire
from importers.formats.lists import ListReader
from importers.reading.contents import SAMPLE, recognise
from importers.reading.headers import LAST_CONTACT, recognised
from importers.reading.mapping import Column, Mapping, guess
from importers.reading.sources import Source, open_source
from importers.reading.tables import Table, Unread, open_tables
from importers.reading.templates import GUIDE

_DIRECTION = "Exchange.direction"
COMMIT_CHANGES = 5_000
"""Changes that one commit of an import holds at most."""


class ImportFormat(StrEnum):
    """What a file was recognised as."""

    ANNUAIRE = "annuaire"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet ready to be read. ``mapping`` is None for a format that needs none."""

    table: Table
    format: ImportFormat
    mapping: Mapping | None
    reader: AnnuaireReader | ListReader

    @property
    def columns(self) -> Sequence[Column]:
        """What each column is read as, and why."""
        return self.mapping.columns if self.mapping else annuaire_columns(self.table.header)

    def unsaid(self) -> Fault:
        """The remark on exchanges of which the sheet does not say who contacted whom."""
        header = next(column.header for column in self.columns if column.target == str(LAST_CONTACT))
        if any(column.target == _DIRECTION for column in self.columns):
            message = (
                "Des lignes ne disent pas qui a contacté qui : ces échanges sont notés « Sens à préciser » et ne "
                "rafraîchissent aucune relation."
            )
            hint = "Complétez la colonne « Sens » : De nous, D'eux ou Mutuel."
            return Fault(self.table.source.name, self.table.sheet, 0, header, "", "direction_unsaid", message, hint)
        message = (
            f"L'intitulé « {header} » ne dit pas qui a contacté qui : ces échanges sont notés « Sens à préciser » et "
            "ne rafraîchissent aucune relation."
        )
        hint = (
            "Si le partenaire a répondu, nommez la colonne « Dernier échange », ou ajoutez une colonne « Sens » "
            "(De nous, D'eux, Mutuel)."
        )
        return Fault(self.table.source.name, self.table.sheet, 0, header, "", "direction_unsaid", message, hint)

    def entries(self) -> Iterator[Entry]:
        """What each row says, streamed once."""
        entry = self.reader.entry
        for number, cells in self.table.rows:
            yield entry(number, cells)

    @property
    def rows_per_commit(self) -> int:
        """How many rows surely fit into one commit."""
        fed = {(c.target or "").partition(".")[0] for c in self.mapping.columns} if self.mapping else set()
        # An organisation; a person, a role; an exchange, one or two links, some subjects; an agreement and its link.
        weight = (
            1 + 2 * ("Person" in fed) + 3 * ("Exchange" in fed) + 6 * ("Concerns" in fed) + 2 * ("Agreement" in fed)
        )
        return COMMIT_CHANGES // weight


def read_sources(paths: Sequence[Path | str]) -> list[Source]:
    """The files, each looked at from end to end. Raises ``InputError`` for the first that cannot be imported."""
    if not paths:
        raise InputError("Indiquez au moins un fichier à importer.", field="file")
    return [open_source(path) for path in paths]


def open_sheets(
    source: Source, mapping: Mapping | None, today: date, *, checked: bool = True
) -> Iterator[Sheet | Fault]:
    """The sheets of a file that can be read, in order, and a fault for each other one.

    Raises ``InputError`` when none can, when two columns feed one field, or when the file is damaged. Without
    ``checked``, a header that is recognised is enough: a mapping that cannot be imported may still be mended.
    """
    refused: list[InputError] = []
    readable = 0
    if source.remark:
        yield Fault(source.name, "", 0, "", "", "renamed", source.remark)
    for table in open_tables(source, recognised):
        if table.sheet == GUIDE:
            continue
        try:
            sheet = _sheet(table, mapping, today, checked)
        except InputError as error:
            if error.code != "no_header":
                raise
            refused.append(error)
            yield Fault(source.name, table.sheet, 0, "", "", "sheet_unread", f"Feuille non lue : {error}")
            continue
        readable += 1
        yield sheet
    if not readable:
        raise refused[0] if refused else InputError(f"Le fichier « {source.name} » est vide.", field="file")


def _sheet(table: Table | Unread, mapping: Mapping | None, today: date, checked: bool) -> Sheet:
    if isinstance(table, Unread):
        found = ", ".join(f"« {text[:40]} »" for text in table.found[:12])
        raise InputError(
            f"« {table.source.name} » : aucun en-tête reconnu. Première ligne trouvée : {found}. Attendu, par "
            "exemple : « Raison sociale », « SIRET », « Code postal », « Ville », « Contact », « Email ».",
            field="file",
            code="no_header",
        )
    if is_annuaire(table.header) and not (mapping and mapping.is_of(table.header)):
        return Sheet(table, ImportFormat.ANNUAIRE, None, AnnuaireReader(table))
    if mapping is None:
        first = list(islice(table.rows, SAMPLE))
        table = replace(table, rows=chain(first, table.rows))
        fitted = recognise(guess(table.header), [cells for _, cells in first])
    else:
        fitted = mapping.fitted(table.header)
    if checked:
        fitted.check(table.source.name)
    return Sheet(table, ImportFormat.LIST, fitted, ListReader(table, fitted, today))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a person reviews before importing a sheet: its header and mapping, and its first rows as they stand."""

    sheet: str
    format: ImportFormat
    header: tuple[str, ...]
    header_row: int
    mapping: Mapping | None
    rows: tuple[tuple[str, ...], ...]


def preview(path: Path | str, mapping: Mapping | None = None, rows: int = 5, *, checked: bool = True) -> list[Preview]:
    """The readable sheets of a file with their first rows. Raises ``InputError`` as an import would.

    Without ``checked``, sheets whose mapping is still to be mended are there too.
    """
    found = []
    for sheet in open_sheets(open_source(path), mapping, date.max, checked=checked):
        if isinstance(sheet, Sheet):
            first = [tuple(str(c) for c in cells) for _, (_, cells) in zip(range(rows), sheet.table.rows, strict=False)]
            table = sheet.table
            found.append(
                Preview(table.sheet, sheet.format, table.header, table.header_row, sheet.mapping, tuple(first))
            )
    if not any(one.rows for one in found):
        raise header_only(Path(path).name)
    return found


def header_only(name: str) -> InputError:
    """The refusal of a file that has a header and no row."""
    return InputError(f"« {name} » ne contient que son en-tête : il n'y a aucune ligne à importer.", field="file")


def detect(path: Path | str) -> ImportFormat:
    """What a file is recognised as. Raises ``InputError`` when it cannot be imported."""
    return preview(path, rows=1)[0].format
