"""Finding nodes of a type by typed filters, in an order, page by key."""

import base64
import binascii
from typing import TypeAlias

import orjson

from crm.errors import InputError
from crm.store.protocol import CAPTION, Condition, Op, Page, Query
from crm.store.sqlite.names import by_index, conditions
from crm.store.sqlite.records import Records, node
from crm.store.sqlite.schema import value_of
from graph_schema.records import Scalar
from graph_schema.registry import SCHEMA
from graph_schema.types import Shape

_Row: TypeAlias = tuple[str, str, int, str, Scalar | None]
"""What a record is read from, and its value in the order asked for."""


class Finding(Records):
    """The part of a transaction that finds."""

    def find(self, query: Query) -> Page:
        """One page of the nodes that satisfy ``query``: those with a value for its order, then those without."""
        column = self._order(query)
        wanted = query.limit + 1
        value, after = (None, None) if query.after is None else _read_key(query.after)
        rows: list[_Row] = []
        if query.after is None or value is not None:
            rows += self._valued(query, column, value, after, wanted)
        if query.order != CAPTION and len(rows) < wanted:
            rows += self._valueless(query, column, None if value is not None else after, wanted - len(rows))
        page = rows[: query.limit]
        return Page(
            [node(row[:4]) for row in page], _key(page[-1][4], page[-1][0]) if len(rows) > query.limit else None
        )

    def count(self, type: str, where: tuple[Condition, ...] = ()) -> int:
        """How many nodes of ``type`` satisfy all of ``where``."""
        kept, parameters = conditions(SCHEMA.nodes[type], where)
        found: int = self._db.execute(f"SELECT count(*) FROM node AS n WHERE {kept}", parameters).fetchone()[0]
        return found

    def _order(self, query: Query) -> str:
        if query.limit < 1:
            raise ValueError("a page holds at least one record")
        if query.order == CAPTION:
            return "n.caption"
        field = SCHEMA.nodes[query.type].fields[query.order]
        if field.many:
            raise KeyError(f"{field.name} holds a list: no order")
        return value_of(field)

    def _valued(self, query: Query, column: str, value: Scalar | None, after: str | None, limit: int) -> list[_Row]:
        kept, parameters = conditions(SCHEMA.nodes[query.type], query.where)
        if query.order != CAPTION:
            kept += f" AND {column} IS NOT NULL"
        sign, way = ("<", "DESC") if query.descending else (">", "ASC")
        if value is not None and after is not None:
            kept += f" AND {column} {sign}= ? AND ({column} {sign} ? OR n.id > ?)"
            parameters += [value, value, after]
        return self._page(f"{column}{_source(query)} WHERE {kept} ORDER BY {column} {way}, n.id", parameters, limit)

    def _valueless(self, query: Query, column: str, after: str | None, limit: int) -> list[_Row]:
        kept, parameters = conditions(SCHEMA.nodes[query.type], query.where)
        kept += f" AND {column} IS NULL"
        if after is not None:
            kept += " AND n.id > ?"
            parameters.append(after)
        return self._page(f"{column}{_source(query)} WHERE {kept} ORDER BY n.id", parameters, limit)

    def _page(self, sql: str, parameters: list[Scalar], limit: int) -> list[_Row]:
        return self._db.execute(
            f"SELECT n.id, n.type, n.revision, n.body, {sql} LIMIT ?", [*parameters, limit]
        ).fetchall()


def _source(query: Query) -> str:
    """The table with the index to go by: that of an equality, else that of the order.

    An index on a field holds the captions too, so it serves a filtered list in caption order without sorting. Choices
    have few values: an index on one of them is worth less than one on a text, and nothing for several values.
    """
    declared = SCHEMA.nodes[query.type]
    clauses = []
    for condition in query.where:
        field = declared.fields[condition.field]
        closed = field.shape in (Shape.CHOICE, Shape.BOOLEAN)
        if condition.op is Op.EQ or (condition.op is Op.IN and not closed):
            clauses.append((closed, by_index(declared, field)))
    chosen = next((clause for _, clause in sorted(clauses) if clause), "")
    if not chosen:
        by_caption = query.order == CAPTION
        chosen = " INDEXED BY by_caption" if by_caption else by_index(declared, declared.fields[query.order])
    return f" FROM node AS n{chosen}"


def _key(value: Scalar | None, id: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([value, id])).decode()


def _read_key(key: str) -> tuple[Scalar | None, str]:
    try:
        value, id = orjson.loads(base64.urlsafe_b64decode(key.encode()))
    except (ValueError, TypeError, binascii.Error):
        value, id = None, None
    if not isinstance(id, str) or not isinstance(value, str | int | float | None):
        raise InputError("Cette page n'existe pas : revenez au début de la liste.", field="after")
    return value, id
