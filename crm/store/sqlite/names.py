"""Names of types and fields as SQL: from the registry or not at all (``KeyError``)."""

from collections.abc import Collection, Iterable
from datetime import date

from crm.store.protocol import Condition, Op
from crm.store.sqlite.body import array, scalar
from crm.store.sqlite.schema import index_name, value_of
from graph_schema.records import Scalar
from graph_schema.registry import SCHEMA
from graph_schema.types import Field, LinkType, NodeType


def by_index(declared: NodeType, field: Field) -> str:
    """The clause that has the field's index used, if it has one: SQLite keeps no figures to choose by."""
    indexed = field.about.unique or field.about.index
    return f" INDEXED BY {index_name(declared.name, field.name)}" if indexed else ""


_COMPARISONS = {Op.EQ: "=", Op.LT: "<", Op.LE: "<=", Op.GT: ">", Op.GE: ">="}


def is_type(declared: NodeType | LinkType, table: str) -> str:
    """The condition « is of this type », as a literal so that partial indexes serve it."""
    return f"{table}.type = '{declared.name}'"


def among(names: Iterable[str]) -> str:
    """Registry names as the list of an SQL ``IN``."""
    return ", ".join(f"'{name}'" for name in names)


def links_kept(types: Collection[str] | None, on: date | None) -> str:
    """The condition on links ``l`` for these types and this day, beginning with AND; the day is parameter ``:on``."""
    kept = ""
    if types is not None:
        kept += f" AND l.type IN ({among(SCHEMA.links[name].name for name in types)})"
    if on is not None:
        kept += " AND (l.valid_from IS NULL OR l.valid_from <= :on) AND (l.valid_to IS NULL OR l.valid_to >= :on)"
    return kept


def conditions(declared: NodeType, where: Iterable[Condition]) -> tuple[str, list[Scalar]]:
    """The condition on nodes ``n`` that are of this type and satisfy all of ``where``, with its parameters."""
    parts = [is_type(declared, "n")]
    parameters: list[Scalar] = []
    for condition in where:
        field = declared.fields[condition.field]
        sql, value = _condition(field, condition)
        parts.append(sql)
        parameters.extend(value)
    return " AND ".join(parts), parameters


def _condition(field: Field, condition: Condition) -> tuple[str, list[Scalar]]:
    column = value_of(field)
    if condition.op is Op.MISSING:
        return f"{column} IS NULL", []
    if condition.op is Op.PRESENT:
        return f"{column} IS NOT NULL", []
    if field.many != (condition.op is Op.HAS):
        raise KeyError(f"{condition.op} does not apply to {field.name}")
    if condition.op is Op.IN:
        values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        return f"{column} IN (SELECT value FROM json_each(?))", [array(values)]
    if isinstance(condition.value, tuple):
        raise KeyError(f"{condition.op} compares {field.name} with one value")
    value = [scalar(condition.value)]
    if condition.op is Op.HAS:
        return f"EXISTS (SELECT 1 FROM json_each(n.body, '$.{field.name}') AS e WHERE e.value = ?)", value
    return f"{column} {_COMPARISONS[condition.op]} ?", value
