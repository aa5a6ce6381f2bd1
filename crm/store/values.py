"""Which values every store can keep and give back unchanged."""

import math
from collections.abc import Mapping
from typing import Any

from crm.errors import InputError
from graph_schema.registry import SCHEMA


def is_kept(value: Any) -> bool:
    """Whether a store can keep this value: text without NUL, 64-bit integer, finite number, list of texts."""
    if isinstance(value, str):
        return "\0" not in value and (value.isascii() or _is_whole(value))
    if isinstance(value, list):
        return all(isinstance(v, str) and is_kept(v) for v in value)
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return isinstance(value, float) and math.isfinite(value)


def refused(values: Mapping[str, Any], type: str = "") -> InputError:
    """The error that names the first field whose value cannot be kept, by its label where ``type`` declares it."""
    name = next((n for n, v in values.items() if not is_kept(v)), "")
    declared = SCHEMA.nodes.get(type) or SCHEMA.links.get(type)
    field = declared.fields.get(name) if declared else None
    label = field.about.label if field else name
    return InputError(
        f"Le champ « {label} » contient une valeur qui ne peut pas être gardée (caractère nul ou illisible, nombre"
        " hors limites) : retirez-la.",
        field=name or None,
    )


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    return True
