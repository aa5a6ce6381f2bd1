"""Which values every store can keep and give back unchanged."""

import math
from collections.abc import Mapping
from typing import Any

from crm.errors import InputError


def is_kept(value: Any) -> bool:
    """Whether a store can keep this value: text without NUL, 64-bit integer, finite number, list of texts."""
    if isinstance(value, str):
        return "\0" not in value and (value.isascii() or _is_whole(value))
    if isinstance(value, list):
        return all(isinstance(v, str) and is_kept(v) for v in value)
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return isinstance(value, float) and math.isfinite(value)


def refused(values: Mapping[str, Any]) -> InputError:
    """The error that names the first field whose value cannot be kept."""
    name = next((n for n, v in values.items() if not is_kept(v)), None)
    return InputError(
        f"Le champ « {name} » contient une valeur qui ne peut pas être gardée (caractère nul ou illisible, nombre hors"
        " limites) : retirez-la.",
        field=name,
    )


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    return True
