"""Workbooks to fill: for a type, the headers that import back, and what each column accepts.

People, exchanges and agreements are told in rows about a partner; each other type has a sheet of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from graph_schema.agreements import Agreement
from graph_schema.exchanges import Concerns, Exchange
from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.registry import SCHEMA
from graph_schema.types import Field, Shape
from graph_schema.wording import listing
from importers.reading import entries
from importers.reading.entries import EntryColumn
from importers.reading.headers import (
    CONCERNS,
    DEPARTEMENT,
    FAMILY_NAME,
    GIVEN_NAME,
    NAME,
    Target,
    field_of,
    targets,
    written,
)

GUIDE = "Valeurs acceptées"
"""The sheet that tells what each column accepts; it is never imported."""

_PARTNER = (NAME, *(Target(Organisation.TYPE, name) for name in ("siret", "postal_code", "city")))
"""By these a row says which partner it is about."""

_TOLD: Mapping[str, tuple[tuple[Target, ...], tuple[str, ...]]] = {
    Organisation.TYPE: ((), (Organisation.TYPE,)),
    Person.TYPE: (_PARTNER, (Person.TYPE, WorksFor.TYPE)),
    Exchange.TYPE: ((*_PARTNER, FAMILY_NAME, GIVEN_NAME), (Exchange.TYPE, Concerns.TYPE)),
    Agreement.TYPE: (_PARTNER, (Agreement.TYPE,)),
}
"""For each type told in rows about a partner: what comes first in them, and the types of which all is then asked."""

TYPES = (*_TOLD, *entries.TYPES)
"""The types of which there is a template."""

_EXPECTED: Mapping[Shape, str] = {
    Shape.TEXT: "Un texte", Shape.TEXTS: "Un ou plusieurs textes, séparés par « ; »",
    Shape.DATE: "Une date (jj/mm/aaaa)", Shape.BOOLEAN: "oui ou non",
    Shape.INTEGER: "Un nombre entier", Shape.NUMBER: "Un nombre",
    Shape.CHOICE: "Une valeur de la liste", Shape.CHOICES: "Une ou plusieurs valeurs de la liste, séparées par « ; »",
}  # fmt: skip

_NAMED = "Une ou plusieurs de vos fiches, séparées par « ; » : nom, SIRET, courriel ou identifiant."


@cache
def columns(type: str) -> tuple[Target, ...]:
    """What the columns of a template about partners feed, in order."""
    first, asked = _TOLD[type]
    rest = (each for each in targets() if each.type in asked and each != DEPARTEMENT)
    return tuple(dict.fromkeys((*first, *rest)))


def headers(type: str) -> tuple[str, ...]:
    """The headers of the template of ``type``: a file that has them is read as ``columns`` says."""
    if type in entries.TYPES:
        return tuple(column.header for column in entries.columns(type))
    return tuple(written(target) for target in columns(type))


def guide(type: str) -> tuple[str, Sequence[str], Sequence[Sequence[str]]]:
    """The sheet that goes with a template: its name, its heads, a row for each column and for each value of a list."""
    if type in entries.TYPES:
        rows = [row for column in entries.columns(type) for row in _entered(column)]
    else:
        rows = [row for target in columns(type) for row in _accepted(target)]
    return GUIDE, ("Colonne", "Ce qui est attendu", "Valeurs acceptées"), rows


def _accepted(target: Target) -> Iterator[tuple[str, str, str]]:
    header, field = written(target), field_of(target)
    if field is None:
        about = SCHEMA.nodes[CONCERNS[target]].about
        yield header, f"Le nom ou le numéro d'une fiche que vous avez déjà ({about.plural.lower()})", ""
        return
    yield from _filled(
        header, field, target == NAME or (field.required and target.type in (Person.TYPE, Exchange.TYPE))
    )


def _entered(column: EntryColumn) -> Iterator[tuple[str, str, str]]:
    if column.field is not None:
        yield from _filled(column.header, column.field, column.field.required and column.way is None)
        return
    ends = listing([SCHEMA.nodes[type].about.plural.lower() for type in column.ends])
    must = " (obligatoire)" if column.essential else ""
    yield column.header, f"{_NAMED} Parmi : {ends}{must}", ""


def _filled(header: str, field: Field, must: bool) -> Iterator[tuple[str, str, str]]:
    expected = ". ".join(filter(None, (_EXPECTED[field.shape], field.about.help)))
    yield header, f"{expected}{' (obligatoire)' if must else ''}", next(iter(field.labels.values()), "")
    for label in list(field.labels.values())[1:]:
        yield header, "", label
