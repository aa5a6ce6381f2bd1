"""Workbooks to fill: for a type, the headers that import back, and what each column accepts.

A row is about a partner and something of it; so there is a template for what such a row can make, and for nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from graph_schema.agreements import Agreement
from graph_schema.exchanges import Concerns, Exchange
from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.registry import SCHEMA
from graph_schema.types import Shape
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
"""For each type that a file can make: what comes first in its rows, and the types of which all is then asked."""

TYPES = tuple(_TOLD)
"""The types of which there is a template."""

_EXPECTED: Mapping[Shape, str] = {
    Shape.TEXT: "Un texte", Shape.TEXTS: "Un ou plusieurs textes, séparés par « ; »",
    Shape.DATE: "Une date (jj/mm/aaaa)", Shape.BOOLEAN: "oui ou non",
    Shape.INTEGER: "Un nombre entier", Shape.NUMBER: "Un nombre",
    Shape.CHOICE: "Une valeur de la liste", Shape.CHOICES: "Une ou plusieurs valeurs de la liste, séparées par « ; »",
}  # fmt: skip


@cache
def columns(type: str) -> tuple[Target, ...]:
    """What the columns of the template of ``type`` feed, in order."""
    first, asked = _TOLD[type]
    rest = (each for each in targets() if each.type in asked and each != DEPARTEMENT)
    return tuple(dict.fromkeys((*first, *rest)))


def headers(type: str) -> tuple[str, ...]:
    """The headers of the template of ``type``: a file that has them is read as ``columns`` says."""
    return tuple(written(target) for target in columns(type))


def guide(type: str) -> tuple[str, Sequence[str], Sequence[Sequence[str]]]:
    """The sheet that goes with a template: its name, its heads, a row for each column and for each value of a list."""
    rows = [row for target in columns(type) for row in _accepted(target)]
    return GUIDE, ("Colonne", "Ce qui est attendu", "Valeurs acceptées"), rows


def _accepted(target: Target) -> Iterator[tuple[str, str, str]]:
    header, field = written(target), field_of(target)
    if field is None:
        about = SCHEMA.nodes[CONCERNS[target]].about
        yield header, f"Le nom ou le numéro d'une fiche que vous avez déjà ({about.plural.lower()})", ""
        return
    expected = ". ".join(filter(None, (_EXPECTED[field.shape], field.about.help)))
    must = target == NAME or (field.required and target.type in (Person.TYPE, Exchange.TYPE))
    yield header, f"{expected}{' (obligatoire)' if must else ''}", next(iter(field.labels.values()), "")
    for label in list(field.labels.values())[1:]:
        yield header, "", label
