"""Whom or what a file means by a name: records of the network that it mentions, and does not tell of."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from crm.network.redirects import followed
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.records import Values
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import Shape
from graph_schema.wording import number, short_date
from importers.claims import RecordClaim
from importers.joining.seen import EarlierRows

_IDENTIFYING = ("siret", "email", "certification")
"""Fields that tell one record from all others of its type."""

_OURS = re.compile(r"[0-9a-z]{18}")
"""An id of ours, which a merge may have redirected since the file was written."""


class Mentioned:
    """The records that some claims may mention, read once for all of them, with those that earlier rows made.

    A cell names a record by its identifier, what it is called with or without its day, another of its names, its SIRET,
    address or certification; an organisation also with its town; where several sorts are possible, after its sort:
    « Réunion : … ».
    """

    def __init__(
        self, tx: ReadTransaction, unit: UnitOfWork, seen: EarlierRows, mentions: Iterable[RecordClaim]
    ) -> None:
        self._tx = tx
        self._ids: dict[tuple[str, str], list[str]] = defaultdict(list)
        for type in sorted({type for mention in mentions for type in _types(mention)}):
            fields = _fields(type)
            for id, *row in tx.rows(type, fields):
                given = zip(fields, row, strict=True)
                self.enter(type, str(id), {name: value for name, value in given if value})
            for id in seen.made.get(type, ()):
                if (record := unit.node(id)) is not None:
                    self.enter(type, id, record.values)

    def enter(self, type: str, id: str, values: Mapping[str, Any]) -> None:
        """Know a record by all its names."""
        for name in (id, *_names(type, dict(values))):
            ids = self._ids[type, fold(name)]
            if id not in ids:
                ids.append(id)

    def find(self, mention: RecordClaim) -> tuple[str | None, str]:
        """The one record that is meant, else why there is none (French)."""
        name, types = mention.keys[0], _types(mention)
        sort, colon, rest = name.partition(":")
        named = [type for type in types if fold(sort) == fold(SCHEMA.nodes[type].about.label)]
        if colon and named:
            name, types = rest.strip(), tuple(named)
        found = list(dict.fromkeys(id for type in types for id in self._ids.get((type, fold(name)), ())))
        if not found and _OURS.fullmatch(name) and (end := followed(self._tx, name)) != name:
            found = [id for type in types for id in self._ids.get((type, fold(end)), ())]
        if len(found) == 1:
            return found[0], ""
        label = ", ".join(SCHEMA.nodes[type].about.plural.lower() for type in types)
        if not found:
            return None, f"« {name[:60]} » n'est aucune de vos fiches ({label})"
        return None, f"« {name[:60]} » désigne {number(len(found))} fiches à la fois ({label})"


def _types(mention: RecordClaim) -> Collection[str]:
    return mention.among or (mention.type,)


def _fields(type: str) -> tuple[str, ...]:
    node = SCHEMA.nodes[type]
    named = [field.name for field in node.fields_with("name")]
    told = [name for name in (*_IDENTIFYING, "city", node.about.dated) if name in node.fields]
    return tuple(dict.fromkeys((*node.about.caption, *named, *told)))


def _names(type: str, values: Values) -> Iterator[str]:
    """All that a record may be called."""
    node = SCHEMA.nodes[type]
    if not any(values.get(name) for name in node.about.caption):
        return
    texts = [str(values[n]) for n in node.about.caption if node.fields[n].shape is Shape.TEXT and values.get(n)]
    called = dict.fromkeys((node.caption(values), *texts, " ".join(texts), " ".join(reversed(texts))))
    if type in SCHEMA.partners and len(texts) > 1:
        called = dict.fromkeys(name for name in called if name not in texts)
    yield from called
    for name in (*_IDENTIFYING, *(field.name for field in node.fields_with("name"))):
        value = values.get(name)
        yield from value if isinstance(value, list) else [str(value)] if value else []
    for part in (str(values.get("city") or ""), _day(values.get(node.about.dated))):
        if part:
            yield from (f"{name} {part}" for name in called)


def _day(value: object) -> str:
    return short_date(date.fromisoformat(str(value))) if value else ""
