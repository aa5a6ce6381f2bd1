"""What people say of columns in words, « Colonne=champ »: found in the files, or refused with the nearest choices."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from crm.errors import InputError
from graph_schema.text import fold
from graph_schema.wording import listing
from importers.opening import preview
from importers.reading.columns import CHOSEN, Column
from importers.reading.headers import Target, meanings, parse_target, targets, written
from importers.reading.mapping import Mapping as Columns
from importers.reading.mapping import label

_NEAREST = 5


def chosen(
    paths: Sequence[Path], maps: Iterable[str], skips: Iterable[str], ours: frozenset[str] = frozenset()
) -> Columns:
    """The mapping that ``Colonne=champ`` and columns to be left out make of these files; ``ours`` are our users' names.

    A field is named by its label as it is shown (« Organisation · Ville », « Ville »), by a usual header, or
    ``Type.field``. Raises ``InputError`` for a column that no file has, a field that there is not, one said twice.
    """
    said = [_parted(text) for text in maps]
    told: dict[str, str | None] = {column: _field(field) for column, field in said}
    for column in skips:
        if column in told:
            raise InputError(
                f"« {column} » est à la fois dans --map et dans --skip : gardez l'un des deux.", field="map"
            )
        told[column] = None
    if not told:
        return Columns(ours=ours)
    wished = Columns(tuple(Column(name, at, target) for at, (name, target) in enumerate(told.items())))
    sheets = [sheet for path in paths for sheet in preview(path, wished, rows=1, checked=False)]
    headers = {text for sheet in sheets if sheet.mapping is not None for text in sheet.header if text}
    fixed = {text for sheet in sheets if sheet.mapping is None for text in sheet.header if text}
    found = {_column(name, headers, fixed): target for name, target in told.items()}
    columns = [Column(name, at, target, CHOSEN) for at, (name, target) in enumerate(found.items())]
    return Columns(tuple(columns), ours)


def _parted(text: str) -> tuple[str, str]:
    column, sign, field = text.rpartition("=")
    if not (sign and column.strip() and field.strip()):
        message = f'« {text} » : écrivez --map "Colonne=champ", par exemple --map "Intitulé=Raison sociale".'
        raise InputError(message, field="map")
    return column.strip(), field.strip()


def _column(name: str, headers: Iterable[str], fixed: Iterable[str]) -> str:
    """The header that people mean, as the file has it."""
    alike = sorted(text for text in headers if text == name or (fold(name) and fold(text) == fold(name)))
    if name in alike or len(alike) == 1:
        return name if name in alike else alike[0]
    if any(fold(text) == fold(name) for text in fixed):
        raise InputError(
            f"La colonne « {name} » est celle d'un format connu : ce qu'elle donne ne se choisit pas.", field="map"
        )
    near = _nearest(name, {text: text for text in headers})
    raise InputError(f"Aucune colonne ne s'appelle « {name} ». Les plus proches : {near}.", field="map")


def _field(text: str) -> str:
    if found := parse_target(text):
        return str(found)
    known = _names().get(fold(text), ())
    meant = known or meanings(text)
    if len(meant) == 1:
        return str(meant[0])
    if meant:
        several = listing([f"« {label(str(each))} »" for each in meant])
        raise InputError(f"« {text} » peut être {several} : écrivez lequel en entier.", field="map")
    near = _nearest(text, {name: label(str(each[0])) for name, each in _names().items()})
    raise InputError(f"Aucun champ ne s'appelle « {text} ». Les plus proches : {near}.", field="map")


@cache
def _names() -> Mapping[str, tuple[Target, ...]]:
    """What each field is called, folded: as it is shown, as a template heads it, by its label alone."""
    known: dict[str, dict[Target, None]] = {}
    for target in targets():
        shown = label(str(target))
        for name in (shown, written(target), shown.rpartition(" · ")[2]):
            known.setdefault(fold(name), {})[target] = None
    return {name: tuple(found) for name, found in known.items()}


def _nearest(name: str, among: Mapping[str, str]) -> str:
    folded: dict[str, str] = {}
    for text, shown in among.items():
        folded.setdefault(fold(text), shown)
    near = get_close_matches(fold(name), folded, _NEAREST, cutoff=0.4)
    first = list(dict.fromkeys(folded[each] for each in near)) or sorted(set(folded.values()))[:_NEAREST]
    return listing([f"« {each} »" for each in first])
