"""A declared type as the product uses it: its fields compiled from its pydantic model, its captions, its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from graph_schema.declaration import About, Content, Link, LinkAbout, Node, NodeAbout, Vocabulary
from graph_schema.records import Value, Values
from graph_schema.search_words import in_one_piece, name_word, words
from graph_schema.text import fold

C = TypeVar("C", bound=Content)


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

    @cached_property
    def searched_terms(self) -> Mapping[str, str]:
        """The words of each term of a closed list: those that people read, those that files hold, others in use."""
        return {
            term.value: f"{term.label} {term.value.replace('_', ' ')} {term.also}" for term in self.vocabulary or ()
        }

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What people read of each term of a closed list."""
        return {term.value: term.label for term in self.vocabulary or ()}

    @cached_property
    def searched_words(self) -> Mapping[str, str]:
        """The folded words of ``searched_terms``."""
        return {value: words(text) for value, text in self.searched_terms.items()}

    @property
    def kept(self) -> tuple[object, ...]:
        """All on which depends what stores keep of it, and how."""
        terms = sorted(term.value for term in self.vocabulary or ())
        return (self.name, self.shape.value, self.required, self.about.unique, self.about.index, terms)

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
    def vouched(self) -> frozenset[str]:
        """The names of the fields that the product itself answers for."""
        return frozenset(field.name for field in self.fields_with("vouched"))

    @cached_property
    def closed(self) -> frozenset[str]:
        """The names of the fields that are withheld from those who may not open the record."""
        return frozenset(field.name for field in self.fields_with("closed"))

    @cached_property
    def typed(self) -> tuple[Field, ...]:
        """The fields that people may fill: forms and files offer these and no other."""
        return tuple(f for f in self.fields.values() if not f.about.hidden and not f.about.vouched)

    @cached_property
    def _empty_lists(self) -> Mapping[str, list[str]]:
        """Given to pydantic so that it need not copy a default list for each absent one, which takes it longer."""
        return {field.name: [] for field in self.fields.values() if field.many}

    def fields_with(self, flag: str) -> tuple[Field, ...]:
        """The fields whose ``About`` has ``flag`` set (``unique``, ``search``, ``column``, ``vouched``, ``closed``)."""
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
        parts = [labels.get(value) or str(value) for labels, value in self._called(values)]
        return " ".join(parts) or self.about.label

    def _called(self, values: Values) -> list[tuple[Mapping[str, str], Any]]:
        """What of ``values`` the caption is made of, each with the labels of its field."""
        return [(labels, value) for name, labels in self._captioned if (value := values.get(name))]

    @cached_property
    def _captioned(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        return tuple((name, self.fields[name].labels) for name in self.about.caption)

    def stands(self, values: Values, on: date) -> str:
        """How this record stands on a day, in words that follow its caption; nothing for most types."""
        return "" if self.model.stands is Node.stands else self.load(values).stands(on)

    def search_text(self, values: Values) -> str:
        """The folded words under which full-text search finds this record, then each of its names as one word."""
        found: list[str] = []
        for name, terms in self._searched_words:
            value = values.get(name)
            if value.__class__ is list:
                found += [terms.get(each) or in_one_piece(each) for each in value]
            elif value is not None:
                value = str(value)
                found.append(terms.get(value) or in_one_piece(value))
        return " ".join(dict.fromkeys([*fold("\n".join(found)).split(), *self._names(values)])) if found else ""

    @property
    def dated(self) -> Field | None:
        """The field of the day on which it happened, if it has one."""
        return self.fields[self.about.dated] if self.about.dated else None

    @property
    def searched_as(self) -> tuple[object, ...]:
        """All on which ``search_text`` depends."""
        fields = ((f.name, f.about.name, tuple(f.searched_terms.items())) for f in self._searched)
        return (self.name, self.about.caption, tuple(fields))

    @cached_property
    def derived_from(self) -> tuple[Field, ...]:
        """The fields on which ``caption`` and ``search_text`` depend, and no other."""
        captioned = (self.fields[name] for name in self.about.caption)
        return tuple({field.name: field for field in (*captioned, *self._searched, *self._also_named)}.values())

    @cached_property
    def _searched(self) -> tuple[Field, ...]:
        return self.fields_with("search")

    @cached_property
    def _searched_words(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        return tuple((field.name, field.searched_words) for field in self._searched)

    @cached_property
    def _called_by_choices(self) -> bool:
        return any(labels for _, labels in self._captioned)

    @cached_property
    def _also_named(self) -> tuple[Field, ...]:
        return self.fields_with("name")

    def _names(self, values: Values) -> list[str]:
        """What the record is called, each name as one word: its caption, that without choices, its other names."""
        parts = self._called(values)
        found = [" ".join([labels.get(value) or str(value) for labels, value in parts])]
        if self._called_by_choices:
            found.append(" ".join([str(value) for labels, value in parts if not labels]))
        for field in self._also_named:
            value = values.get(field.name)
            found.extend(value if isinstance(value, list) else [str(value or "")])
        return [word for word in map(name_word, dict.fromkeys(found)) if word]


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

    def words(self, values: Values, target: Values, on: date) -> tuple[str, str]:
        """What a link says on a day, read from its source and from its target, whose content is ``target``."""
        about, told = self.about, self.about.told
        if told is None or str(target.get(told.day, "")) > on.isoformat():
            return about.label, about.inverse
        return self._told.get(str(values.get(told.field, "")), (about.label, about.inverse))

    @cached_property
    def _told(self) -> Mapping[str, tuple[str, str]]:
        return {str(term): words for term, words in self.about.told.words.items()} if self.about.told else {}

    def allows(self, source_type: str, target_type: str) -> bool:
        """Whether this link may run from one node type to the other."""
        return source_type in self.about.sources and target_type in self.about.targets
