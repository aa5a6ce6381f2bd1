"""From files to parts: what each file is, and each of its sheets opened by the format that knows its header."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from crm.errors import InputError
from graph_schema.text import fold
from importers.faults import ImportFault
from importers.formats import file_formats, name_of, table_formats
from importers.parts import Format, Part
from importers.reading.headers import recognised
from importers.reading.mapping import Mapping
from importers.reading.sources import FileNature, Source, open_source
from importers.reading.tables import Table, Unread, open_tables
from importers.reading.templates import GUIDE
from importers.reading.workbooks import told


def read_sources(paths: Sequence[Path | str]) -> list[Source]:
    """The files, each looked at from end to end. Raises ``InputError`` for the first that cannot be imported."""
    if not paths:
        raise InputError("Indiquez au moins un fichier à importer.", field="file")
    return [open_source(path, name_of) for path in paths]


def open_parts(
    source: Source, mapping: Mapping | None, today: date, *, checked: bool = True
) -> Iterator[Part | ImportFault]:
    """The parts of a file that can be read, in order, and a fault for each other one.

    Raises ``InputError`` when none can, when two columns feed one field, or when the file is damaged. Without
    ``checked``, a header that is recognised is enough: a mapping that cannot be imported may still be mended.
    """
    if source.nature is FileNature.WHOLE:
        yield next(format for format in file_formats() if format.name == source.format).open(source, today)
        return
    refused: list[InputError] = []
    readable = 0
    if source.remark:
        yield ImportFault(source.name, "", 0, "", "", "renamed", source.remark)
    chosen = frozenset(fold(column.header) for column in mapping.columns) if mapping else frozenset()
    for table in open_tables(source, partial(_known, chosen)):
        if table.sheet == GUIDE:
            continue
        try:
            part = _sheet(table, mapping, today, checked)
        except InputError as error:
            if error.code != "no_header":
                raise
            refused.append(error)
            yield ImportFault(source.name, table.sheet, 0, "", "", "sheet_unread", f"Feuille non lue : {error}")
            continue
        readable += 1
        for code, message, hint in told(table.notes) if isinstance(table, Table) else ():
            yield ImportFault(source.name, table.sheet, 0, "", "", code, message, hint)
        yield part
    if not readable:
        raise refused[0] if refused else InputError(f"Le fichier « {source.name} » est vide.", field="file")


def _known(chosen: AbstractSet[str], cells: Sequence[str]) -> int:
    """How many of these cells are headers that are known, or that people named: all, where they are a format's."""
    own = any(not format.general and format.knows(cells) for format in table_formats())
    return len(cells) if own else recognised(cells) + len(chosen & {fold(cell) for cell in cells if cell})


def _sheet(table: Table | Unread, mapping: Mapping | None, today: date, checked: bool) -> Part:
    """A sheet opened by the format that knows it; a mapping that people made of its very columns goes first."""
    if isinstance(table, Unread):
        found = ", ".join(f"« {text[:40]} »" for text in table.found[:12])
        raise InputError(
            f"« {table.source.name} » : aucun en-tête reconnu. Première ligne trouvée : {found}. Attendu, par "
            "exemple : « Raison sociale », « SIRET », « Code postal », « Ville », « Contact », « Email ».",
            field="file",
            code="no_header",
        )
    chosen = mapping is not None and mapping.is_of(table.header)
    format = next(each for each in table_formats() if each.general or (not chosen and each.knows(table.header)))
    return format.open(table, mapping, today, checked)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a person reviews before importing a part: its header and mapping, and its first rows as they stand."""

    sheet: str
    format: Format
    header: tuple[str, ...]
    header_row: int
    mapping: Mapping | None
    rows: tuple[tuple[str, ...], ...]


def preview(path: Path | str, mapping: Mapping | None = None, rows: int = 5, *, checked: bool = True) -> list[Preview]:
    """The readable parts of a file with their first rows. Raises ``InputError`` as an import would.

    Without ``checked``, sheets whose mapping is still to be mended are there too.
    """
    found = []
    for part in open_parts(open_source(path, name_of), mapping, date.max, checked=checked):
        if isinstance(part, Part):
            first = tuple(part.sample(rows))
            found.append(Preview(part.name, part.format, part.header, part.header_row, part.mapping, first))
    if not any(one.rows for one in found):
        raise header_only(Path(path).name)
    return found


def header_only(name: str) -> InputError:
    """The refusal of a file that has a header and no row."""
    return InputError(f"« {name} » ne contient que son en-tête : il n'y a aucune ligne à importer.", field="file")


def detect(path: Path | str) -> str:
    """The name of the format that a file is recognised as. Raises ``InputError`` when it cannot be imported."""
    return preview(path, rows=1)[0].format.name
