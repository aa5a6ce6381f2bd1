"""Running Cypher in a transaction. Labels and names in its text come from the registry only; values are parameters."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from neo4j import ManagedTransaction

from graph_schema.registry import SCHEMA
from graph_schema.types import Field, Shape

T = TypeVar("T")
Row = tuple[Any, ...]

LINK_TYPES: Mapping[str, str] = {link.relation: name for name, link in SCHEMA.links.items()}
"""What our relationships are called → their link type."""

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


def batches(items: Collection[T], most: int = BATCH) -> Iterator[list[T]]:
    """``items`` in lists of at most ``most``."""
    rest = iter(items)
    while batch := list(islice(rest, most)):
        yield batch


def property_of(type_fields: Collection[str], field: str) -> str:
    """``field`` if it is among the declared ones; ``KeyError`` otherwise."""
    if field not in type_fields:
        raise KeyError(field)
    return field


def columns(variable: str, declared: Mapping[str, Field], fields: Sequence[str]) -> str:
    """The text of further columns of a RETURN, one for each of ``fields``, which must be declared.

    Each is of the type that we write there: a value to which someone gave another one is read as ours, or is null.
    Each has a name of its own, for the server refuses two columns of one text: a field may be asked for twice.
    """
    return "".join(f", {_typed(f'{variable}.{name}', declared[name])} AS c{at}" for at, name in enumerate(fields))


def _typed(value: str, field: Field) -> str:
    if field.many:
        return f"CASE WHEN {value} IS :: LIST<STRING NOT NULL> THEN {value} END"
    match field.shape:
        case Shape.INTEGER:
            return f"toIntegerOrNull({value})"
        case Shape.NUMBER:
            return f"toFloatOrNull({value})"
        case Shape.BOOLEAN:
            return f"toBooleanOrNull({value})"
        case Shape.DATE:
            return day(value)
    return f"toStringOrNull({value})"


def day(value: str) -> str:
    """The text of an expression: the day ``value`` as we write it, though someone made it a native date or instant."""
    return f"left(toStringOrNull({value}), 10)"


def relations(types: Collection[str] | None) -> str:
    """The pattern ``:A|B`` of these link types; of all when None. ``KeyError`` for one that is not declared."""
    wanted = SCHEMA.links if types is None else types
    return ":" + ("|".join(SCHEMA.links[type].relation for type in sorted(wanted)) or "!%")


VALID = (
    "r.id IS NOT NULL AND ($on IS NULL OR "
    f"(coalesce({day('r.valid_from')}, $on) <= $on AND coalesce({day('r.valid_to')}, $on) >= $on))"
)
"""Whether the relationship ``r`` is ours and valid on the day ``$on`` (ISO text, null for any)."""
