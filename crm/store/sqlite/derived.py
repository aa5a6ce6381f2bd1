"""What the file derives from nodes, held against what would be derived today: captions, and lines of search."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import orjson

from crm.faults import Fault, shown
from crm.store.sqlite.errors import is_no_text
from crm.store.sqlite.inspection import unreadable
from crm.store.sqlite.records import Records
from crm.store.sqlite.search import line_of
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import NodeType

_NODES = """SELECT n.id, n.type, n.body, n.caption, s.c0, s.id
FROM node AS n LEFT JOIN search_content AS s ON s.id = n.pk"""
_TOLD = 5_000
_ALIKE = 1_024
"""Of so many contents of a type what is derived is kept at hand: many exchanges say the same."""


class Derived(Records):
    """See ``ReadTransaction``."""

    def derived(self, looked: Callable[[int], None] = lambda nodes: None) -> Iterator[Fault]:
        """What is not as it would be made today."""
        try:
            for at, (id, type, body, caption, line, pk) in enumerate(self._db.execute(_NODES), 1):
                derivation = _DERIVATIONS.get(type)
                if derivation is None:
                    continue
                try:
                    wanted, searched = derivation(orjson.loads(body))
                except (ValueError, TypeError, AttributeError):
                    continue  # no content of ours: told as a record that was altered
                if caption != wanted:
                    what = f"Le nom sous lequel la fiche {shown(id)} est classée a été altéré."
                    yield Fault("caption", shown(id), what)
                if line != searched or (pk is not None and searched is None):
                    what = f"Ce que la recherche sait de la fiche {shown(id)} a été altéré."
                    yield Fault("search", shown(id), what)
                if at % _TOLD == 0:
                    looked(at)
        except sqlite3.DatabaseError as error:
            if is_no_text(error):
                raise
            yield unreadable(error)


Derivation = Callable[[dict[str, Any]], tuple[str, str | None]]
"""What makes the caption and the line of search of a content; raises for what is no content of ours."""


def _derivation(type: NodeType) -> Derivation:
    def derived(values: dict[str, Any]) -> tuple[str, str | None]:
        return fold(type.caption(values)), line_of(type.name, values) or None

    if any(field.many or field.about.unique or field.about.index for field in type.derived_from):
        return derived  # lists cannot be looked up, and what is found by a field of its own is seldom like another
    names = [field.name for field in type.derived_from]

    @lru_cache(_ALIKE)
    def of(held: tuple[Any, ...]) -> tuple[str, str | None]:
        return derived({name: value for name, value in zip(names, held, strict=True) if value is not None})

    return lambda values: of(tuple(map(values.get, names)))


_DERIVATIONS = {type.name: _derivation(type) for type in SCHEMA.nodes.values()}
