"""Contents as JSON texts, and lists of values as parameters."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from crm.store.values import is_kept, refused
from graph_schema.records import Scalar


def dump(values: Mapping[str, Any], type: str = "") -> str:
    """The canonical JSON text of a content. Raises ``InputError`` for a value that would not come back as it went in.

    ``type`` is that of the record, whose declaration names the fields.
    """
    try:
        text = orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:
        raise refused(values, type) from None
    if ("\\u0000" in text or "null" in text) and any(not is_kept(v) for v in values.values()):
        raise refused(values, type)
    return text


load = orjson.loads


def array(values: Iterable[Scalar]) -> str:
    """``values`` as one parameter for ``json_each``; texts that no record can hold are left out."""
    return json.dumps([v for v in values if not isinstance(v, str) or "\0" not in v])


def scalar(value: Scalar) -> Scalar:
    """``value`` as a parameter; half a surrogate pair, which no record can hold, is spelled out."""
    return value.encode(errors="backslashreplace").decode() if isinstance(value, str) else value
