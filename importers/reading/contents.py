"""What a column whose name says nothing holds, as its first cells show: SIRET, e-mail addresses, telephone numbers."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from crm.records.identifiers import Checked, Trust, check_email, check_phone, check_siret
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from importers.reading.cells import text_of
from importers.reading.headers import FAMILY_NAME, Target
from importers.reading.mapping import NOT_TOLD, TAKEN, Column, Mapping
from importers.reading.tables import Cell

SAMPLE = 50
"""Rows that are looked at."""

_ENOUGH = 3
_BY_CONTENT = "reconnue par son contenu"
_KNOWN: tuple[tuple[Callable[[str], Checked], tuple[Target, ...]], ...] = (
    (check_siret, (Target(Organisation.TYPE, "siret"),)),
    (check_email, (Target(Person.TYPE, "email"), Target(Organisation.TYPE, "email"))),
    (check_phone, (Target(Person.TYPE, "phone"), Target(Organisation.TYPE, "phone"))),
)


def recognise(mapping: Mapping, rows: Sequence[Sequence[Cell]]) -> Mapping:
    """The mapping with what the cells of unknown columns tell for certain: all of them, three at least."""
    fed = {column.target for column in mapping.columns}
    columns: list[Column] = []
    for column in mapping.columns:
        if column.target is None and column.reason in NOT_TOLD:
            column = _by_content(column, rows, fed)
            fed.add(column.target)
        columns.append(column)
    return Mapping(tuple(columns))


def _by_content(column: Column, rows: Sequence[Sequence[Cell]], fed: set[str | None]) -> Column:
    texts = [text for row in rows if column.index < len(row) and (text := text_of(row[column.index]))]
    if len(texts) < _ENOUGH:
        return column
    for check, targets in _KNOWN:
        if all(_is_surely(check(text), text) for text in texts):
            named = str(FAMILY_NAME) in fed
            possible = [str(each) for each in targets if named or each.type == Organisation.TYPE]
            free = next((each for each in possible if each not in fed), None)
            return replace(column, target=free, reason=_BY_CONTENT if free else TAKEN)
    return column


def _is_surely(checked: Checked, text: str) -> bool:
    """Whether it needed no repair; a bare number of any length may be something else than a telephone number."""
    return checked.state is Trust.VALID and not checked.repaired and (len(text) > 9 or "@" in text)
