"""What the file derives from nodes, held against what would be derived today: captions, and lines of search."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import orjson

from crm.faults import Fault
from crm.store.sqlite.inspection import unreadable
from crm.store.sqlite.records import Records
from crm.store.sqlite.search import line_of
from graph_schema.registry import SCHEMA
from graph_schema.text import fold

_NODES = """SELECT n.id, n.type, n.body, n.caption, s.c0, s.id
FROM node AS n LEFT JOIN search_content AS s ON s.id = n.pk"""
_TOLD = 5_000
_ALIKE = 4_096
"""Of so many contents what is derived is kept at hand: many exchanges, placements and agreements say the same."""

_FIELDS = {type.name: tuple(field.name for field in type.derived_from) for type in SCHEMA.nodes.values()}
_MAY_BE_ALIKE = {type.name for type in SCHEMA.nodes.values() if not any(field.many for field in type.derived_from)}


class Derived(Records):
    """See ``ReadTransaction``."""

    def derived(self, looked: Callable[[int], None] = lambda nodes: None) -> Iterator[Fault]:
        """What is not as it would be made today."""
        types = SCHEMA.nodes
        try:
            for at, (id, type, body, caption, line, pk) in enumerate(self._db.execute(_NODES), 1):
                if type not in types:
                    continue
                try:
                    wanted, searched = _derived(type, orjson.loads(body))
                except (ValueError, TypeError, AttributeError):
                    continue  # no content of ours: told as a record that was altered
                if caption != wanted:
                    what = f"Le nom sous lequel la fiche {id} est classée a été altéré."
                    yield Fault("caption", str(id), what)
                if line != searched or (pk is not None and searched is None):
                    yield Fault("search", str(id), f"Ce que la recherche sait de la fiche {id} a été altéré.")
                if at % _TOLD == 0:
                    looked(at)
        except sqlite3.DatabaseError as error:
            yield unreadable(error)


def _derived(type: str, values: dict[str, Any]) -> tuple[str, str | None]:
    """The caption and the line of search of a content; raises for what is no content of ours."""
    if type in _MAY_BE_ALIKE:
        return _derived_of(type, tuple(map(values.get, _FIELDS[type])))
    return fold(SCHEMA.nodes[type].caption(values)), line_of(type, values) or None


@lru_cache(_ALIKE)
def _derived_of(type: str, held: tuple[Any, ...]) -> tuple[str, str | None]:
    values = {name: value for name, value in zip(_FIELDS[type], held, strict=True) if value is not None}
    return fold(SCHEMA.nodes[type].caption(values)), line_of(type, values) or None
