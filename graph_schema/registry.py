"""Every declared type, compiled and checked once: the only place from which names reach a query, a form or a header."""

import hashlib
import importlib
import json
import pkgutil
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic.fields import FieldInfo

import graph_schema
from graph_schema.declaration import About, Content, Link, Node, Trait, Vocabulary
from graph_schema.search_words import RULES
from graph_schema.types import Field, LinkType, NodeType, Shape

C = TypeVar("C", bound=Content)


class DeclarationError(TypeError):
    """A declaration contradicts itself or another one; raised at import, before anything runs."""


_SHAPES: Mapping[type, Shape] = {
    str: Shape.TEXT,
    int: Shape.INTEGER,
    float: Shape.NUMBER,
    bool: Shape.BOOLEAN,
    date: Shape.DATE,
}


@dataclass(frozen=True)
class Schema:
    """All declared types by name."""

    nodes: Mapping[str, NodeType]
    links: Mapping[str, LinkType]

    def type(self, name: str) -> NodeType | LinkType:
        """The node or link type called ``name``; ``KeyError`` if none is declared."""
        return self.nodes[name] if name in self.nodes else self.links[name]

    @property
    def _names(self) -> tuple[str, ...]:
        return (*self.nodes, *self.links)

    def having(self, trait: Trait) -> tuple[str, ...]:
        """The node types, or the link types, declared with ``trait``."""
        return tuple(name for name in self._names if trait in self.type(name).about.traits)

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """The node types that are a partner: organisations, people."""
        return self.having(Trait.PARTNER)

    @cached_property
    def drawn(self) -> tuple[str, ...]:
        """The node types that are drawn on a canvas, those that matter most first."""
        ranks = {name: node.about.drawn for name, node in self.nodes.items() if node.about.drawn}
        return tuple(sorted(ranks, key=ranks.__getitem__))

    @cached_property
    def derivation(self) -> str:
        """What tells the rules by which records are found from any others: it changes when one of them does."""
        rules = [RULES, sorted(node.searched_as for node in self.nodes.values())]
        return hashlib.sha256(json.dumps(rules).encode()).hexdigest()[:16]

    @cached_property
    def fingerprint(self) -> str:
        """What tells the names and shapes that stores keep from any others: whoever changes them owes a migration."""
        kept = {name: sorted(field.kept for field in self.type(name).fields.values()) for name in self._names}
        ends = [(each.relation, sorted(each.about.sources), sorted(each.about.targets)) for each in self.links.values()]
        return hashlib.sha256(json.dumps([kept, sorted(ends)], sort_keys=True).encode()).hexdigest()[:16]

    def links_between(self, source_type: str, target_type: str) -> tuple[LinkType, ...]:
        """The link types that may be drawn from one node type to another."""
        return tuple(t for t in self.links.values() if t.allows(source_type, target_type))


def compile_schema(models: Iterable[type[Content]]) -> Schema:
    """Compile declarations, checking them as a whole. Raises ``DeclarationError`` naming type and field."""
    nodes: dict[str, NodeType] = {}
    links: dict[str, LinkType] = {}
    for model in models:
        fields = MappingProxyType({n: _field(model, n, info) for n, info in model.model_fields.items()})
        if model.TYPE in nodes or model.TYPE in links:
            raise DeclarationError(f"{model.TYPE} is declared twice")
        if issubclass(model, Node):
            nodes[model.TYPE] = NodeType(model.TYPE, model, fields)
        elif issubclass(model, Link):
            links[model.TYPE] = LinkType(model.TYPE, model, fields)
    for node in nodes.values():
        _check_node(node)
    for link in links.values():
        if unknown := {*link.about.sources, *link.about.targets} - set(nodes):
            raise DeclarationError(f"{link.name}: ends name unknown node types {sorted(unknown)}")
        _check_told(link, nodes)
    return Schema(MappingProxyType(nodes), MappingProxyType(links))


def _check_told(link: LinkType, nodes: Mapping[str, NodeType]) -> None:
    told = link.about.told
    if told is None:
        return
    field = link.fields.get(told.field)
    if field is None or field.vocabulary is None or set(told.words) != set(field.vocabulary):
        raise DeclarationError(f"{link.name}: words are not told for each term of {told.field}")
    if undated := [name for name in link.about.targets if told.day not in nodes[name].fields]:
        raise DeclarationError(f"{link.name}: {undated} have no field {told.day}")


def _check_node(node: NodeType) -> None:
    if unknown := set(node.about.caption) - set(node.fields):
        raise DeclarationError(f"{node.name}: caption names unknown fields {sorted(unknown)}")
    searched = {field.name for field in node.fields_with("search")}
    if searched and (unfound := set(node.about.caption) - searched):
        raise DeclarationError(f"{node.name}: shown in its caption, {sorted(unfound)} would not be found by search")
    days = (*node.about.begins, *([node.about.dated] if node.about.dated else []))
    if undated := [day for day in days if day not in node.fields or node.fields[day].shape is not Shape.DATE]:
        raise DeclarationError(f"{node.name}: {', '.join(undated)} is not a date")
    if node.about.begins and not node.about.dated:
        raise DeclarationError(f"{node.name}: begins on a day, but no field dates it")


def _field(model: type[Content], name: str, info: FieldInfo) -> Field:
    about = next((m for m in info.metadata if isinstance(m, About)), None)
    if about is None:
        raise DeclarationError(f"{model.TYPE}.{name} has no About(…)")
    shape, vocabulary = _shape(model, name, info.annotation)
    return Field(name, shape, about, info.is_required(), vocabulary)


def _shape(model: type[Content], name: str, annotation: Any) -> tuple[Shape, type[Vocabulary] | None]:
    inner = annotation
    if get_origin(inner) in (Union, types.UnionType):
        inner = next(a for a in get_args(inner) if a is not type(None))
    many = get_origin(inner) is list
    if many:
        inner = get_args(inner)[0]
    while hasattr(inner, "__metadata__"):
        inner = inner.__origin__
    if isinstance(inner, type) and issubclass(inner, Vocabulary):
        return (Shape.CHOICES if many else Shape.CHOICE), inner
    if many and inner is str:
        return Shape.TEXTS, None
    if not many and inner in _SHAPES:
        return _SHAPES[inner], None
    raise DeclarationError(f"{model.TYPE}.{name}: a store cannot keep {annotation!r}")


def _declared(base: type[C]) -> Iterator[type[C]]:
    """The types declared in this package's modules, by the names of these, in the order in which they stand there."""
    for name in sorted(found.name for found in pkgutil.iter_modules(graph_schema.__path__)):
        module = importlib.import_module(f"graph_schema.{name}")
        for value in vars(module).values():
            here = isinstance(value, type) and value.__module__ == module.__name__
            if here and issubclass(value, base) and value is not base:
                yield value


def _rank(model: type[Node]) -> int:
    return model.about.drawn or sys.maxsize


SCHEMA = compile_schema([*sorted(_declared(Node), key=_rank), *_declared(Link)])
"""All that is declared: what matters most on a canvas first, then module by module, by name."""
