"""Commits and changes as stores keep them, read as they were written: what is not of its kind is nothing.

Whoever alters a store may put any value anywhere. What was altered is for digests to tell; whoever reads on is given
values of the kinds that are declared, and nothing stops.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from graph_schema.records import UNDATED, Change, Commit

_TEXT: Any = ""
_NUMBER: Any = 0
NO_COMMIT: Mapping[str, Any] = {
    "number": _NUMBER, "at": UNDATED, "author": _TEXT, "reason": _TEXT, "source": _TEXT, "run": None, "token": _TEXT,
    "changes": _NUMBER, "previous": _TEXT, "digest": _TEXT, "detail": None, "version": 1, "salt": _TEXT,
    "private": _TEXT,
}  # fmt: skip
"""What is read of a commit of which nothing is as we write it, in the order of its fields."""

NO_CHANGE: Mapping[str, Any] = {
    "position": _NUMBER, "action": _TEXT, "id": _TEXT, "type": _TEXT, "source": None, "target": None,
    "revision": _NUMBER, "before": None, "after": None, "state": _TEXT, "salt": _TEXT, "digest": _TEXT,
    "content": _TEXT,
}  # fmt: skip
_COMMIT = tuple((empty, int if empty.__class__ is int else str) for empty in NO_COMMIT.values())
_CHANGE = tuple((empty, int if empty.__class__ is int else str) for empty in NO_CHANGE.values())
_AT, _DETAIL = (tuple(NO_COMMIT).index(name) for name in ("at", "detail"))
_BEFORE, _AFTER = (tuple(NO_CHANGE).index(name) for name in ("before", "after"))


def commit_of(row: Iterable[Any]) -> Commit:
    """The commit of these values, in the order of its fields."""
    values = _written(row, _COMMIT)
    values[_DETAIL] = _object(values[_DETAIL]) or {}
    values[_AT] = values[_AT] if is_instant(values[_AT]) else UNDATED
    return Commit(*values)


def change_of(row: Iterable[Any]) -> Change:
    """The change of these values, in the order of its fields."""
    values = _written(row, _CHANGE)
    values[_BEFORE], values[_AFTER] = _object(values[_BEFORE]), _object(values[_AFTER])
    return Change._make(values)


def is_instant(text: object) -> bool:
    """Whether it is the text of an instant, which every time zone can tell."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return False
    return text.__class__ is str and at.tzinfo is not None and datetime.min.year < at.year < datetime.max.year


def _written(row: Iterable[Any], kinds: Iterable[tuple[Any, type]]) -> list[Any]:
    return [value if value.__class__ is kind else empty for value, (empty, kind) in zip(row, kinds, strict=True)]


def _object(text: Any) -> Any:
    """The object that a content says; None for none, and for what is no object."""
    if text is None:
        return None
    try:
        found = orjson.loads(text)
    except ValueError:
        return None
    return found if found.__class__ is dict else None
