"""Workbooks, read in a guarded process: a sheet's name and its rows with the numbers that a spreadsheet shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from crm.errors import InputError
from crm.files.system_errors import reason
from crm.guarded import child
from crm.guarded.process import Guarded, Limits, Unanswered

Looks: TypeAlias = Mapping[tuple[int, int], str]
"""The format of a number, by the number of its row and its place in it."""

Rows: TypeAlias = Iterator[tuple[int, Sequence[Any]]]

_SCRIPT = Path(child.__file__).parent / "workbook.py"
_AS_CSV = "Enregistrez la feuille utile au format CSV, et importez ce fichier."
_REFUSED = {
    "damaged": "Le classeur « {name} » ne peut pas être lu : il est abîmé ou incomplet, protégé, ou n'est pas un "
    "classeur. Ouvrez-le dans votre tableur et enregistrez-le à nouveau.",
    "archive": "« {name} » est une archive ZIP, pas un classeur : décompressez-la d'abord.",
    "unpacked": "Décompressé, le classeur « {name} » est trop gros. " + _AS_CSV,
    "extent": "Une feuille de « {name} » s'étend trop loin pour être lue : supprimez les cellules égarées loin du "
    "tableau. Sinon, enregistrez la feuille utile au format CSV.",
    "password": "Le classeur « {name} » est protégé par un mot de passe : enregistrez-le sans protection.",
    "memory": "Le classeur « {name} » demande trop de mémoire. " + _AS_CSV,
    "dead": "La lecture du classeur « {name} » s'est arrêtée net : il est trop gros, ou malformé. " + _AS_CSV,
    "late": "La lecture du classeur « {name} » prend trop de temps : elle est abandonnée. " + _AS_CSV,
}


@dataclass(slots=True)
class WorkbookSheet:
    """A sheet at work: its rows are streamed once, before the next sheet is asked for."""

    name: str
    rows: Rows
    total: int
    looks: Callable[[], Looks] = dict
    notes: Mapping[str, int] = field(default_factory=dict)
    """What is to be said of it, and how often: see ``told``."""
    done: int = 0

    def position(self) -> int:
        """The number of the last row read."""
        return self.done


_MEND = "Corrigez-les dans votre tableur, puis enregistrez le classeur."
_NOTES = {
    "hidden": ("La feuille est masquée dans le classeur : elle est lue.", ""),
    "hidden_rows": ("Lignes masquées ou filtrées dans cette feuille : {many}. Elles sont lues comme les autres.", ""),
    "errors": ("Cellules en erreur (#N/A, #REF!…) dans la feuille : {many}. Elles sont lues comme vides.", _MEND),
    "uncalculated": (
        "Formules jamais calculées dans cette feuille : {many}. Elles sont lues comme vides.",
        "Ouvrez le classeur dans votre tableur et enregistrez-le : il les calcule.",
    ),
}  # fmt: skip


def told(notes: Mapping[str, int]) -> Iterator[tuple[str, str, str]]:
    """What is to be said of a sheet: a code, a French sentence and how to mend it."""
    return (
        (f"sheet_{code}", text.format(many=notes[code]), hint) for code, (text, hint) in _NOTES.items() if code in notes
    )


class Workbook:
    """A workbook open in a guarded process."""

    def __init__(self, name: str, reader: Guarded) -> None:
        self.name, self._reader = name, reader

    def sheets(self) -> Iterator[WorkbookSheet]:
        """The sheets that hold values, in order. Raises ``InputError`` for what cannot be read."""
        while found := self._ask(b"s"):
            name, total, notes = found
            sheet = WorkbookSheet(name, iter(()), total, self._looks, notes)
            sheet.rows = self._rows(sheet)
            yield sheet

    def _looks(self) -> Looks:
        return {(row, place): look for row, place, look in self._ask(b"l")}

    def _rows(self, sheet: WorkbookSheet) -> Rows:
        while rows := self._ask(b"r"):
            for sheet.done, cells in rows:
                yield sheet.done, cells

    def _ask(self, request: bytes) -> Any:
        try:
            return self._reader.told(request)
        except Unanswered as error:
            words = _REFUSED.get(error.code, _REFUSED["damaged"]).format(name=self.name)
            raise InputError(words, field="file") from None


@contextmanager
def open_workbook(path: Path, name: str, script: Path = _SCRIPT, limits: Limits | None = None) -> Iterator[Workbook]:
    """Open a workbook for as long as it is read; its process ends with the block, whatever ends the block."""
    try:
        reader = Guarded(script, [str(path)], limits)
    except OSError as error:
        raise InputError(
            f"Le lecteur de classeurs n'a pas pu démarrer ({reason(error)}) : « {name} » n'est pas lu.", field="file"
        ) from None
    with reader:
        yield Workbook(name, reader)
