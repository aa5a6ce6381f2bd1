"""Every declared type, compiled and checked once: the only place from which names reach a query, a form or a header."""

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, TypeVar, Union, cast, get_args, get_origin

from pydantic.fields import FieldInfo

from graph_schema import (
    agreements,
    committees,
    evidence,
    exchanges,
    organisations,
    people,
    programmes,
    providers,
    views,
)
from graph_schema import territories as territory_nodes
from graph_schema.declaration import About, Content, Link, LinkAbout, Node, NodeAbout, Vocabulary
from graph_schema.records import Value, Values
from graph_schema.text import fold

C = TypeVar("C", bound=Content)


class DeclarationError(TypeError):
    """A declaration contradicts itself or another one; raised at import, before anything runs."""


class Shape(StrEnum):
    """What a field holds, as forms and stores need to know it."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"
    TEXTS = "texts"
    CHOICES = "choices"


_SHAPES: Mapping[type, Shape] = {
    str: Shape.TEXT,
    int: Shape.INTEGER,
    float: Shape.NUMBER,
    bool: Shape.BOOLEAN,
    date: Shape.DATE,
}


_PLAIN = frozenset({str, int, float, bool})


def _plain(value: Any) -> Value:
    """A field's value as JSON knows it."""
    if isinstance(value, StrEnum):
        return value._value_
    if isinstance(value, list):
        return [str(_plain(item)) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return cast(Value, value)


@dataclass(frozen=True)
class Field:
    """One declared field. ``vocabulary`` is set for choices."""

    name: str
    shape: Shape
    about: About
    required: bool
    vocabulary: type[Vocabulary] | None = None

    @cached_property
    def headers(self) -> frozenset[str]:
        """Folded names under which a spreadsheet may call this field."""
        return frozenset(fold(h) for h in (self.name, self.about.label, *self.about.headers.split(",")) if h)

    @property
    def many(self) -> bool:
        """Whether it holds a list."""
        return self.shape in (Shape.TEXTS, Shape.CHOICES)


@dataclass(frozen=True)
class Type(Generic[C]):
    """A declared node or link type: its name, its pydantic model and its compiled fields, by name."""

    name: str
    model: type[C]
    fields: Mapping[str, Field]

    def load(self, values: Values) -> C:
        """The typed content of a record (validated again: data from a store is not trusted more than any other)."""
        return self.model.model_validate(values)

    def dump(self, content: Content) -> Values:
        """The record's values of a content: JSON scalars and lists of text, in declared order, nothing empty."""
        return {
            name: value if type(value) in _PLAIN else _plain(value)
            for name, value in content.__dict__.items()
            if value is not None and value != []
        }

    def clean(self, values: Mapping[str, Any]) -> Values:
        """``values`` validated and normalised, as a record keeps them.

        Raises ``pydantic.ValidationError`` when they do not fit the declaration.
        """
        return self.dump(self.model.model_validate({**self._empty_lists, **values}))

    @cached_property
    def _empty_lists(self) -> Mapping[str, list[str]]:
        """Given to pydantic so that it need not copy a default list for each absent one, which takes it longer."""
        return {field.name: [] for field in self.fields.values() if field.many}

    def fields_with(self, flag: str) -> tuple[Field, ...]:
        """The fields whose ``About`` has ``flag`` set (``unique``, ``index``, ``search``, ``personal``, ``column``)."""
        return tuple(f for f in self.fields.values() if getattr(f.about, flag))


@dataclass(frozen=True)
class NodeType(Type[Node]):
    """A declared node type."""

    @property
    def about(self) -> NodeAbout:
        """French names and caption."""
        return self.model.about

    def caption(self, values: Values) -> str:
        """What people call this record, e.g. « Mme Claire Exemple »."""
        parts = (self._word(name, values[name]) for name in self.about.caption if values.get(name))
        return " ".join(parts) or self.about.label

    def _word(self, name: str, value: Any) -> str:
        vocabulary = self.fields[name].vocabulary
        return next((term.label for term in vocabulary or () if term == value), str(value))

    def search_text(self, values: Values) -> str:
        """The folded text under which full-text search finds this record."""
        found: list[str] = []
        for name in self._searched:
            value = values.get(name)
            if isinstance(value, list):
                found.extend(value)
            elif value is not None:
                found.append(str(value))
        return fold(" ".join(found))

    @cached_property
    def _searched(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields_with("search"))


@dataclass(frozen=True)
class LinkType(Type[Link]):
    """A declared link type."""

    @property
    def about(self) -> LinkAbout:
        """French names and allowed ends."""
        return self.model.about

    @property
    def relation(self) -> str:
        """Its name as a Neo4j relationship type, e.g. ``WORKS_FOR``."""
        return "".join(f"_{c}" if c.isupper() else c for c in self.name).strip("_").upper()

    def allows(self, source_type: str, target_type: str) -> bool:
        """Whether this link may run from one node type to the other."""
        return source_type in self.about.sources and target_type in self.about.targets


@dataclass(frozen=True)
class Schema:
    """All declared types by name."""

    nodes: Mapping[str, NodeType]
    links: Mapping[str, LinkType]

    def type(self, name: str) -> NodeType | LinkType:
        """The node or link type called ``name``; ``KeyError`` if none is declared."""
        return self.nodes[name] if name in self.nodes else self.links[name]

    def links_between(self, source_type: str, target_type: str) -> tuple[LinkType, ...]:
        """The link types that may be drawn from one node type to another."""
        return tuple(t for t in self.links.values() if t.allows(source_type, target_type))


def compile_schema(models: Iterable[type[Content]]) -> Schema:
    """Compile declarations, checking them as a whole. Raises ``DeclarationError`` naming type and field."""
    nodes: dict[str, NodeType] = {}
    links: dict[str, LinkType] = {}
    for model in models:
        fields = MappingProxyType({n: _field(model, n, info) for n, info in model.model_fields.items()})
        if model.__name__ in nodes or model.__name__ in links:
            raise DeclarationError(f"{model.__name__} is declared twice")
        if issubclass(model, Node):
            nodes[model.__name__] = NodeType(model.__name__, model, fields)
        elif issubclass(model, Link):
            links[model.__name__] = LinkType(model.__name__, model, fields)
    for node in nodes.values():
        if unknown := set(node.about.caption) - set(node.fields):
            raise DeclarationError(f"{node.name}: caption names unknown fields {sorted(unknown)}")
    for link in links.values():
        if unknown := {*link.about.sources, *link.about.targets} - set(nodes):
            raise DeclarationError(f"{link.name}: ends name unknown node types {sorted(unknown)}")
    return Schema(MappingProxyType(nodes), MappingProxyType(links))


def _field(model: type[Content], name: str, info: FieldInfo) -> Field:
    about = next((m for m in info.metadata if isinstance(m, About)), None)
    if about is None:
        raise DeclarationError(f"{model.__name__}.{name} has no About(…)")
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
    raise DeclarationError(f"{model.__name__}.{name}: a store cannot keep {annotation!r}")


def _declared(base: type[Content]) -> Iterable[type[Content]]:
    """The types declared in this package's modules, module by module, in the order in which they stand there."""
    modules = (
        providers,
        organisations,
        people,
        territory_nodes,
        programmes,
        agreements,
        committees,
        exchanges,
        evidence,
        views,
    )
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, base) and value.__module__ == module.__name__:
                yield value


SCHEMA = compile_schema([*_declared(Node), *_declared(Link)])
