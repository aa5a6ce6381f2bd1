"""Reading nodes: by id, by a field's value, by typed queries, in light rows."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from crm.errors import InputError
from crm.store.neo4j import codec
from crm.store.neo4j.query import Runner, batches, columns, property_of
from crm.store.protocol import CAPTION, Condition, Op, Page, Query
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.types import Field, NodeType

_OPERATORS: Mapping[Op, str] = {
    Op.EQ: "n.{field} = {value}",
    Op.IN: "n.{field} IN {value}",
    Op.LT: "n.{field} < {value}",
    Op.LE: "n.{field} <= {value}",
    Op.GT: "n.{field} > {value}",
    Op.GE: "n.{field} >= {value}",
    Op.HAS: "{value} IN n.{field}",
    Op.MISSING: "n.{field} IS NULL",
    Op.PRESENT: "n.{field} IS NOT NULL",
}


class NodeReading(Runner):
    """See ``ReadTransaction``."""

    def get(self, ids: Iterable[str]) -> dict[str, NodeRecord]:
        """The nodes with these ids, by id."""
        found: dict[str, NodeRecord] = {}
        for batch in batches(set(ids)):
            rows = self.together("MATCH (n:Record) WHERE n.id IN $ids", codec.NODE, ids=batch)
            for record in codec.node_records(rows):
                found[record.id] = record
        return found

    def lookup(self, type: str, field: str, values: Collection[str]) -> dict[str, list[NodeRecord]]:
        """The nodes whose field equals one of the values, by value."""
        node = SCHEMA.nodes[type]
        name = property_of(node.fields, field)
        match = f"MATCH (n:{node.name}:Record) WHERE n.{name} IN $values WITH n ORDER BY n.id"
        found: dict[str, list[NodeRecord]] = defaultdict(list)
        for batch in batches(set(values)):
            for record in codec.node_records(self.together(match, codec.NODE, values=batch)):
                found[str(record.values[name])].append(record)
        return dict(found)

    def find(self, query: Query) -> Page:
        """One page: first the nodes that have a value to be ordered by, then those that have none."""
        if query.limit < 1:
            raise ValueError("a page holds at least one record")
        node = SCHEMA.nodes[query.type]
        order, after = _order(node, query.order), _position(query.after)
        records: list[NodeRecord] = []
        if after is None or after[0] is not None:
            records = list(self._ordered(node, query, order, after))
            after = None
        if len(records) <= query.limit and order != codec.CAPTION:
            records += self._unordered(node, query, order, after, query.limit + 1 - len(records))
        items = records[: query.limit]
        return Page(items, _token(query, items[-1]) if len(records) > query.limit else None)

    def _ordered(self, node: NodeType, query: Query, order: str, after: list[Any] | None) -> Iterator[NodeRecord]:
        where, parameters = _where(node, query.where)
        where.append(f"n.{order} IS NOT NULL")
        if after:
            beyond = "<" if query.descending else ">"
            where.append(f"n.{order} {beyond}= $after AND (n.{order} {beyond} $after OR n.id > $after_id)")
            parameters |= {"after": after[0], "after_id": after[1]}
        way = "DESC" if query.descending else "ASC"
        return self._matching(node, where, f"n.{order} {way}, n.id", query.limit + 1, parameters)

    def _unordered(
        self, node: NodeType, query: Query, order: str, after: list[Any] | None, limit: int
    ) -> Iterator[NodeRecord]:
        where, parameters = _where(node, query.where)
        where.append(f"n.{order} IS NULL")
        if after:
            where.append("n.id > $after_id")
            parameters["after_id"] = after[1]
        return self._matching(node, where, "n.id", limit, parameters)

    def _matching(
        self, node: NodeType, where: list[str], order: str, limit: int, parameters: dict[str, Any]
    ) -> Iterator[NodeRecord]:
        text = (
            f"MATCH (n:{node.name}:Record) WHERE {' AND '.join(where)} "
            f"RETURN {codec.NODE} ORDER BY {order} LIMIT $limit"
        )
        return codec.node_records(self.run(text, limit=limit, **parameters))

    def count(self, type: str, where: tuple[Condition, ...] = ()) -> int:
        """How many nodes satisfy all conditions."""
        node = SCHEMA.nodes[type]
        clauses, parameters = _where(node, where)
        condition = f"WHERE {' AND '.join(clauses)} " if clauses else ""
        return int(self.one(f"MATCH (n:{node.name}:Record) {condition}RETURN count(n)", **parameters)[0])

    def nodes_after(self, id: str, limit: int) -> list[NodeRecord]:
        """The nodes whose ids come after ``id``, in their order."""
        text = f"MATCH (n:{codec.RECORD}) WHERE n.id > $id RETURN {codec.NODE} ORDER BY n.id LIMIT $limit"
        return list(codec.node_records(self.run(text, id=id, limit=limit)))

    def rows(self, type: str, fields: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """Every node of a type as its id and the values of these fields, streamed."""
        node = SCHEMA.nodes[type]
        return self.run(f"MATCH (n:{node.name}:Record) RETURN n.id{columns('n', node.fields, fields)}")


def _where(node: NodeType, conditions: tuple[Condition, ...]) -> tuple[list[str], dict[str, Any]]:
    clauses: list[str] = []
    parameters: dict[str, Any] = {}
    for index, condition in enumerate(conditions):
        name = f"value_{index}"
        field = node.fields[condition.field]
        clauses.append(_OPERATORS[condition.op].format(field=field.name, value=f"${name}"))
        parameters[name] = _operand(field, condition)
    return clauses, parameters


def _operand(field: Field, condition: Condition) -> object:
    op, value = condition.op, condition.value
    if op in (Op.MISSING, Op.PRESENT):
        return None
    if field.many != (op is Op.HAS) or (isinstance(value, tuple) and op is not Op.IN):
        raise KeyError(f"{op} does not apply to {field.name}")
    if op is Op.IN:
        return list(value) if isinstance(value, tuple) else [value]
    return value


def _order(node: NodeType, order: str) -> str:
    if order == CAPTION and CAPTION not in node.fields:
        return codec.CAPTION
    if node.fields[order].many:
        raise KeyError(order)
    return order


def _token(query: Query, last: NodeRecord) -> str:
    value = codec.order_key(last) if query.order == CAPTION else last.values.get(query.order)
    return json.dumps([value, last.id], ensure_ascii=False)


def _position(after: str | None) -> list[Any] | None:
    if after is None:
        return None
    try:
        value, id = json.loads(after)
        return [value, str(id)]
    except ValueError:
        raise InputError("Cette page n'existe pas : revenez au début de la liste.", field="after") from None
