"""Records as Neo4j keeps them: declared fields as native properties, a few reserved ones of ours beside them.

A node bears ``:Record`` and its type, an organisation its family too; a link is a relationship of its type's name.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from crm.store.neo4j.query import Row
from crm.store.values import is_kept, refused
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA, DeclarationError
from graph_schema.text import fold
from graph_schema.vocabularies import Family, Kind

RECORD = "Record"
CAPTION = "caption_"
_LONGEST_KEY = 2000
SEARCH = "search_"
NODE = "labels(n), properties(n)"
LINK = "type(r), startNode(r).id, endNode(r).id, properties(r)"
"""What a query returns of the node ``n`` or the link ``r`` for ``node_record`` and ``link_record``."""

_FAMILIES: Mapping[Family, str] = {f: f.value.capitalize() for f in Family}
_KINDS: Mapping[object, Kind] = {kind.value: kind for kind in Kind}
_RESERVED_LABELS = {RECORD, *_FAMILIES.values(), "Store", "Commit", "Change"}
_RESERVED_PROPERTIES = {"id", "revision", CAPTION, SEARCH}


def node_labels(record: NodeRecord) -> tuple[str, ...]:
    """The labels of a node besides ``:Record``; ``KeyError`` for a type that is not declared."""
    name = SCHEMA.nodes[record.type].name
    if name == "Organisation":
        return name, _FAMILIES[_KINDS.get(record.values.get("kind"), Kind.COMPANY).family]
    return (name,)


def declared_labels(labels: Iterable[str]) -> list[str]:
    """``labels`` in order, if all are of declared types or families; ``KeyError`` otherwise."""
    if unknown := set(labels) - SCHEMA.nodes.keys() - set(_FAMILIES.values()):
        raise KeyError(min(unknown))
    return sorted(labels)


def node_properties(record: NodeRecord) -> dict[str, Any]:
    """All the properties of a node; ``KeyError`` for a name that is reserved."""
    properties = _properties(record)
    properties[CAPTION] = order_key(record)
    if search := SCHEMA.nodes[record.type].search_text(record.values):
        properties[SEARCH] = search
    return properties


def order_key(record: NodeRecord) -> str:
    """What orders records by caption: its beginning, since an index of Neo4j refuses texts beyond some 8,000 bytes."""
    return fold(caption(record))[:_LONGEST_KEY]


def caption(record: NodeRecord) -> str:
    """What people call this node."""
    return SCHEMA.nodes[record.type].caption(record.values)


def link_properties(record: LinkRecord) -> dict[str, Any]:
    """All the properties of a relationship; ``KeyError`` for a name that is reserved."""
    return _properties(record)


def _properties(record: NodeRecord | LinkRecord) -> dict[str, Any]:
    # Fields that an older schema had are kept as they are: names travel as parameters here, not in the query.
    if taken := _RESERVED_PROPERTIES & record.values.keys():
        raise KeyError(min(taken))
    if not all(map(is_kept, record.values.values())):
        raise refused(record.values, record.type)
    return {**record.values, "id": record.id, "revision": record.revision}


def node_record(row: Row) -> NodeRecord:
    """The node of a row of ``NODE``; its type need not be declared any more (data of another schema)."""
    labels, properties = row
    type = next(label for label in labels if label not in _RESERVED_LABELS)
    id, revision = properties.pop("id"), properties.pop("revision")
    properties.pop(CAPTION, None)
    properties.pop(SEARCH, None)
    return NodeRecord(id, type, revision, properties)


def link_record(row: Row) -> LinkRecord:
    """The link of a row of ``LINK``; its type need not be declared any more."""
    relation, source, target, properties = row
    id, revision = properties.pop("id"), properties.pop("revision")
    return LinkRecord(id, link_type(relation), source, target, revision, properties)


@cache
def link_type(relation: str) -> str:
    """The link type whose relationships are called ``relation``: ``WORKS_FOR`` is ``WorksFor``."""
    return "".join(word.capitalize() for word in relation.split("_"))


def _check_names() -> None:
    """Refuse, at import, a declaration that would collide with what this store reserves."""
    for type in map(SCHEMA.type, (*SCHEMA.nodes, *SCHEMA.links)):
        if taken := _RESERVED_PROPERTIES & type.fields.keys():
            raise DeclarationError(f"{type.name}: Neo4j properties {sorted(taken)} are reserved")
    if taken := _RESERVED_LABELS & SCHEMA.nodes.keys():
        raise DeclarationError(f"node types {sorted(taken)}: Neo4j labels of these names are reserved")
    for link in SCHEMA.links.values():
        if link_type(link.relation) != link.name:
            raise DeclarationError(f"{link.name}: not to be found again from {link.relation}")


_check_names()
