"""Records as Neo4j keeps them: declared fields as native properties, a few reserved ones of ours beside them.

A node bears ``:Record`` and its type, an organisation its family too; a link is a relationship of its type's name, with
our id. All else is other people's (a property that GDS wrote, a label, what someone drew in Bloom): left out here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from crm import days
from crm.store.neo4j.query import LINK_TYPES, Row
from crm.store.values import is_kept, refused
from graph_schema.organisations import Organisation
from graph_schema.records import LinkRecord, NodeRecord, Value, Values
from graph_schema.registry import SCHEMA, DeclarationError
from graph_schema.text import fold
from graph_schema.types import Field, Shape
from graph_schema.vocabularies import Family, Kind

RECORD = "Record"
CAPTION = "caption_"
_LONGEST_KEY = 2000
SEARCH = "search_"
NODE = "labels(n), properties(n)"
LINK = "type(r), startNode(r).id, endNode(r).id, properties(r)"
"""What a query returns of the node ``n`` or the link ``r`` for ``node_records`` and ``link_records``."""

_FAMILIES: Mapping[Family, str] = {f: f.value.capitalize() for f in Family}
_KINDS: Mapping[object, Kind] = {kind.value: kind for kind in Kind}
OUR_LABELS = frozenset({*SCHEMA.nodes, *_FAMILIES.values()})
"""The labels of our nodes besides ``:Record``."""

_RESERVED_LABELS = {RECORD, *_FAMILIES.values(), "Store", "Commit", "Change"}
RESERVED_PROPERTIES = {"id", "revision", CAPTION, SEARCH}


def node_labels(record: NodeRecord) -> tuple[str, ...]:
    """The labels of a node besides ``:Record``; ``KeyError`` for a type that is not declared."""
    name = SCHEMA.nodes[record.type].name
    if name == Organisation.TYPE:
        return name, _FAMILIES[_KINDS.get(record.values.get("kind"), Kind.COMPANY).family]
    return (name,)


def our_labels(labels: Iterable[str]) -> list[str]:
    """Those of ``labels`` that are types or families of ours, in order."""
    return sorted(set(labels) & OUR_LABELS)


def node_properties(record: NodeRecord) -> dict[str, Any]:
    """Our properties of a node, None for those that it has not; ``KeyError`` for a name that is reserved."""
    properties = _properties(record)
    properties[CAPTION] = order_key(record)
    properties[SEARCH] = SCHEMA.nodes[record.type].search_text(record.values) or None
    return properties


def order_key(record: NodeRecord) -> str:
    """What orders records by caption: its beginning, since an index of Neo4j refuses texts beyond some 8,000 bytes."""
    return fold(caption(record))[:_LONGEST_KEY]


def caption(record: NodeRecord) -> str:
    """What people call this node."""
    return SCHEMA.nodes[record.type].caption(record.values)


def link_properties(record: LinkRecord) -> dict[str, Any]:
    """Our properties of a relationship, None for those that it has not; ``KeyError`` for a name that is reserved."""
    return _properties(record)


def _properties(record: NodeRecord | LinkRecord) -> dict[str, Any]:
    if taken := RESERVED_PROPERTIES & record.values.keys():
        raise KeyError(min(taken))
    if not all(map(is_kept, record.values.values())):
        raise refused(record.values, record.type)
    empty = dict.fromkeys(SCHEMA.type(record.type).fields)
    return {**empty, **record.values, "id": record.id, "revision": record.revision}


def no_properties(type: str) -> dict[str, None]:
    """What takes all our properties but the id from a node of this type."""
    return dict.fromkeys((*SCHEMA.nodes[type].fields, "revision", CAPTION, SEARCH))


def node_records(rows: Iterable[Row], exact: bool = False) -> Iterator[NodeRecord]:
    """The nodes of rows of ``NODE`` that are ours.

    A value that someone gave another type than declared (a native date, a number) is read as ours would be where it can
    be. With ``exact`` it comes with the name of its type, so that it is not taken for what was written.
    """
    for labels, properties in rows:
        type = next((label for label in sorted(labels) if label in SCHEMA.nodes), None)
        id, revision = properties.get("id"), properties.get("revision")
        if type is not None and isinstance(id, str) and isinstance(revision, int):
            yield NodeRecord(id, type, revision, _values(type, properties, exact))


def link_records(rows: Iterable[Row], exact: bool = False) -> Iterator[LinkRecord]:
    """The links of rows of ``LINK`` that are ours, see ``node_records``."""
    for relation, source, target, properties in rows:
        id, revision = properties.get("id"), properties.get("revision")
        ours = relation in LINK_TYPES and all(isinstance(end, str) for end in (id, source, target))
        if ours and isinstance(revision, int):
            type = LINK_TYPES[relation]
            yield LinkRecord(id, type, source, target, revision, _values(type, properties, exact))


def _values(type: str, properties: Mapping[str, Any], exact: bool) -> Values:
    values: Values = {}
    for name, reading in _readings(type).items():
        value: Value | None = properties.get(name)
        if value is None:
            continue
        if value.__class__ is not reading.written or (reading.written is list and not _are_texts(value)):
            value = f"{value.__class__.__name__} {value}" if exact else reading.read(value)
        if value is not None:
            values[name] = value
    return values


class _Reading(NamedTuple):
    """How a field is read: the Python type of what we write there, and what is made of anything else."""

    written: type
    read: Callable[[Any], Value | None]


@cache
def _readings(type: str) -> Mapping[str, _Reading]:
    """By field, in the order of names: Neo4j gives properties in any order, the other store in this one."""
    return {name: _reading(field) for name, field in sorted(SCHEMA.type(type).fields.items())}


def _reading(field: Field) -> _Reading:
    if field.many:
        return _Reading(list, _nothing)
    match field.shape:
        case Shape.BOOLEAN:
            return _Reading(bool, _nothing)
        case Shape.INTEGER:
            return _Reading(int, _number(int))
        case Shape.NUMBER:
            return _Reading(float, _number(float))
        case Shape.DATE:
            return _Reading(str, _day)
    return _Reading(str, str)


def _nothing(value: Any) -> None:
    """Of what cannot be read as ours."""


def _number(kind: type[int] | type[float]) -> Callable[[Any], Value | None]:
    def read(value: Any) -> Value | None:
        try:
            return kind(value)
        except (TypeError, ValueError, OverflowError):
            return None

    return read


def _day(value: Any) -> str | None:
    """The day of a native date or instant, as we write days."""
    text = str(value)[:10]
    return text if days.read(text) else None


def _are_texts(values: Any) -> bool:
    return all(isinstance(value, str) for value in values)


def _check_names() -> None:
    """Refuse, at import, a declaration that would collide with what this store reserves."""
    for type in map(SCHEMA.type, (*SCHEMA.nodes, *SCHEMA.links)):
        if taken := RESERVED_PROPERTIES & type.fields.keys():
            raise DeclarationError(f"{type.name}: Neo4j properties {sorted(taken)} are reserved")
    if taken := _RESERVED_LABELS & SCHEMA.nodes.keys():
        raise DeclarationError(f"node types {sorted(taken)}: Neo4j labels of these names are reserved")
    if len(LINK_TYPES) != len(SCHEMA.links):
        raise DeclarationError("two link types have one name as relationships")


_check_names()
