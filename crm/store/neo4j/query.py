"""Running Cypher in a transaction. Labels and names in its text come from the registry only; values are parameters."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from neo4j import ManagedTransaction

from graph_schema.registry import SCHEMA

T = TypeVar("T")
Row = tuple[Any, ...]

BATCH = 2_000
"""Rows given to one UNWIND."""


class Runner:
    """A transaction's way to the server."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx

    def run(self, text: str, **parameters: Any) -> Iterator[Row]:
        """Send a query and stream its rows."""
        try:
            result = self._tx.run(text, parameters)
        except UnicodeEncodeError:
            result = self._tx.run(text, _spelled(parameters))
        return (tuple(record.values()) for record in result)

    def do(self, text: str, **parameters: Any) -> None:
        """Send a query that returns nothing, and wait until it is done."""
        for _ in self.run(text, **parameters):
            pass

    def together(self, match: str, columns: str, **parameters: Any) -> list[Row]:
        """The rows of a query of which few are expected: in one message, several times faster than one each."""
        (rows,) = self.one(f"{match} RETURN collect([{columns}])", **parameters)
        return list(map(tuple, rows))

    def one(self, text: str, **parameters: Any) -> Row:
        """The only row of a query."""
        (row,) = self.run(text, **parameters)
        return row


def _spelled(value: Any) -> Any:
    """``value`` with every half of a surrogate pair, which no record can hold, spelled out."""
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    if isinstance(value, dict):
        return {name: _spelled(v) for name, v in value.items()}
    return [_spelled(v) for v in value] if isinstance(value, list) else value


def batches(items: Collection[T]) -> Iterator[list[T]]:
    """``items`` in lists of at most ``BATCH``."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def property_of(type_fields: Collection[str], field: str) -> str:
    """``field`` if it is among the declared ones; ``KeyError`` otherwise."""
    if field not in type_fields:
        raise KeyError(field)
    return field


def columns(variable: str, declared: Collection[str], fields: Sequence[str]) -> str:
    """The text of further columns of a RETURN, one for each of ``fields``, which must be declared."""
    return "".join(f", {variable}.{property_of(declared, field)}" for field in fields)


def relations(types: Collection[str] | None) -> str:
    """The pattern ``:A|B`` of these link types; of any when None. ``KeyError`` for one that is not declared."""
    if types is None:
        return ""
    return ":" + ("|".join(SCHEMA.links[type].relation for type in sorted(types)) or "!%")


VALID = "($on IS NULL OR (coalesce(r.valid_from, $on) <= $on AND coalesce(r.valid_to, $on) >= $on))"
"""Whether the link ``r`` is valid on the day ``$on`` (ISO text, null for any)."""
