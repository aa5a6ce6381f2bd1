"""The report of an import's faults, written while it runs: CSV that French spreadsheets open, or JSON."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from crm.errors import InputError
from crm.files import private
from crm.files.paths import check_writable
from crm.files.system_errors import reason
from importers.faults import ImportFault

_HEADER = ("Fichier", "Feuille", "Ligne", "Colonne", "Valeur", "Code", "Message", "Conseil", "Gravité")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def write_faults(path: Path | str) -> Iterator[Callable[[ImportFault], None]]:
    """Open a report; what is yielded takes one fault (the ``on_fault`` of ``run`` and ``plan``).

    A name that ends in ``.json`` gives a JSON array, any other CSV: UTF-8 with BOM, ``;``, formulas neutralised. Raises
    ``InputError`` when the file cannot be written.
    """
    path = Path(path)
    check_writable(path, "report")
    as_json = path.suffix.lower() == ".json"
    try:
        stream = open(  # noqa: SIM115  # closed below
            path, "w", encoding="utf-8" if as_json else "utf-8-sig", newline="", opener=private.opener
        )
    except OSError as error:
        raise InputError(f"Le rapport « {path} » ne peut pas être écrit ({reason(error)}).", field="report") from None
    with stream:
        if as_json:
            yield from _json(stream)
        else:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(_HEADER)
            yield lambda fault: writer.writerow([_neutral(value) for value in fault])


def _json(stream: TextIO) -> Iterator[Callable[[ImportFault], None]]:
    before = "[\n"

    def write(fault: ImportFault) -> None:
        nonlocal before
        stream.write(before + json.dumps(fault._asdict(), ensure_ascii=False))
        before = ",\n"

    try:
        yield write
    finally:
        stream.write("[]\n" if before.startswith("[") else "\n]\n")


def _neutral(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
