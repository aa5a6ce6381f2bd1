"""From what people or files give to what a record keeps; what does not fit is told in French, field by field."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from crm import days
from crm.errors import InputError
from graph_schema.records import Values
from graph_schema.types import LinkType, NodeType, Shape


class FieldFault(NamedTuple):
    """What is wrong with one field: its name (empty for the whole record), a code and a French sentence."""

    field: str
    code: str
    message: str


class InvalidRecord(InputError):
    """A record does not fit its declaration; ``faults`` holds every fault, the message tells the first."""

    code = "invalid_record"

    def __init__(self, faults: list[FieldFault]) -> None:
        super().__init__(faults[0].message, field=faults[0].field or None)
        self.faults = faults


def clean(kind: NodeType | LinkType, values: Mapping[str, Any]) -> Values:
    """``values`` as a record of type ``kind`` keeps them. Raises ``InvalidRecord`` with every fault."""
    try:
        kept = kind.clean(values)
    except ValidationError as error:
        raise InvalidRecord([_fault(kind, e) for e in error.errors(include_url=False)]) from None
    if far := [_too_far(kind, name, str(kept[name])) for name in kept if _is_far(kind, name, kept)]:
        raise InvalidRecord(far)
    return kept


def _is_far(kind: NodeType | LinkType, name: str, kept: Values) -> bool:
    """Whether a field holds a day that nobody means: a slip of the hand, such as the year 0026."""
    if kind.fields[name].shape is not Shape.DATE:
        return False
    return not days.FIRST <= date.fromisoformat(str(kept[name])) <= days.LAST


def _too_far(kind: NodeType | LinkType, name: str, day: str) -> FieldFault:
    bounds = f"donnez un jour de {days.FIRST.year} à {days.LAST.year}"
    return FieldFault(name, "date_too_far", f"« {kind.fields[name].about.label} » : « {day} » est trop loin, {bounds}.")


_MESSAGES = {
    "missing": "« {label} » est obligatoire",
    "extra_forbidden": "« {label} » n'est pas un champ de {type} : retirez-le",
    "enum": "« {label} » : « {input} » n'est pas dans la liste ({allowed})",
    "string_too_short": "« {label} » est obligatoire",
    "string_too_long": "« {label} » est trop long ({max_length} caractères au plus) : abrégez-le",
    "string_pattern_mismatch": "« {label} » : « {input} » n'a pas la forme attendue : vérifiez-le",
    "string_type": "« {label} » doit être un texte",
    "list_type": "« {label} » doit être une liste",
    "bool_parsing": "« {label} » : répondez par oui ou non, pas « {input} »",
    "int_parsing": "« {label} » : « {input} » n'est pas un nombre entier : écrivez-le en chiffres",
    "float_parsing": "« {label} » : « {input} » n'est pas un nombre : écrivez-le en chiffres",
    "greater_than_equal": "« {label} » doit être au moins {ge}",
    "less_than_equal": "« {label} » doit être au plus {le}",
}
_DATE = "« {label} » : « {input} » n'est pas une date (jj/mm/aaaa)"
_OTHER = "« {label} » : « {input} » ne convient pas : corrigez-le"


def _fault(kind: NodeType | LinkType, error: ErrorDetails) -> FieldFault:
    name = str(error["loc"][0]) if error["loc"] else ""
    context = error.get("ctx") or {}
    if error["type"] == "value_error":
        reason = str(context["error"])
        of = f"« {kind.fields[name].about.label} »" if name and isinstance(kind, LinkType) else kind.about.label
        return FieldFault(name, "invalid", f"{of} : {reason}.")
    field = kind.fields.get(name)
    allowed = ", ".join(field.vocabulary) if field and field.vocabulary else ""
    template = _DATE if error["type"].startswith("date") else _MESSAGES.get(error["type"], _OTHER)
    words = {
        "label": field.about.label if field else name,
        "type": kind.about.label.lower(),
        "input": str(error["input"])[:60],
        "allowed": allowed,
    }
    return FieldFault(name, error["type"], template.format_map({**context, **words}) + ".")
