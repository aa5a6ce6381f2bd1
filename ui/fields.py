"""A field's value as people read it."""

from datetime import date
from typing import Any

from graph_schema.types import Field, Shape
from graph_schema.wording import number, short_date

EMPTY = "—"


def said(field: Field, value: Any) -> str:
    """``value`` of ``field`` in words: labels of vocabularies, French dates and numbers, a dash where there is none."""
    if value is None or value == [] or value == "":
        return EMPTY
    if isinstance(value, list):
        return ", ".join(said(field, each) for each in value)
    match field.shape:
        case Shape.BOOLEAN:
            return "oui" if value else "non"
        case Shape.DATE:
            return short_date(date.fromisoformat(str(value)))
        case Shape.CHOICE | Shape.CHOICES:
            return _label(field, str(value))
        case Shape.INTEGER:
            return number(int(value))
        case Shape.NUMBER:
            return number(float(value), 5).rstrip("0").rstrip(",")
    return str(value)


def _label(field: Field, value: str) -> str:
    """The label of a term; a term that the vocabulary no longer has, as it is."""
    terms = {str(term): term.label for term in field.vocabulary or ()}
    return terms.get(value, value)
