"""Sheets of one type: what each column gives, from the declaration alone: the record's fields, then its ties.

A tie is asked on the sheet of its source; on that of its target where the source is a partner, whose own files are
about something else. Such a sheet says of which type it is in the name of a column: « Réunion · Intitulé ».
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crm.records.links import Way
from crm.records.register import TYPES as ENTERED
from graph_schema.agreements import Agreement
from graph_schema.declaration import Link, Trait
from graph_schema.exchanges import Exchange
from graph_schema.people import Person
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import Field

_OTHERWISE = (Person.TYPE, Exchange.TYPE, Agreement.TYPE)
"""What a list of partners brings with them."""

TYPES = tuple(type for type in ENTERED if type not in _OTHERWISE)
"""The types that have a sheet of their own."""


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """What a column gives, under its ``header`` and other names: a ``field`` of the record, or those at the end of a
    ``way``, of whom it says ``term``; or, with both, a field of these ties.
    """

    header: str
    also: tuple[str, ...] = ()
    field: Field | None = None
    way: Way | None = None
    term: str = ""

    @property
    def ends(self) -> tuple[str, ...]:
        """The types of those whom it may name."""
        if self.way is None:
            return ()
        about = self.way.type.about
        return about.targets if self.way.outwards else about.sources

    @property
    def essential(self) -> bool:
        """Whether the record is nothing without it."""
        return self.way is not None and self.field is None and Trait.ESSENTIAL in self.way.type.about.traits

    @property
    def names(self) -> frozenset[str]:
        """Every name of it, folded."""
        return frozenset(map(fold, (self.header, *self.also)))


@cache
def columns(type: str) -> tuple[EntryColumn, ...]:
    """The columns of the sheet of a type, in order."""
    node = SCHEMA.nodes[type]
    fields = [
        EntryColumn(_whole(type, field) if place == 0 else field.about.label, _other_names(type, field), field)
        for place, field in enumerate(node.typed)
    ]
    return (*fields, *(column for way in _ways(type) for column in _tied(way)))


def _whole(type: str, field: Field) -> str:
    return f"{SCHEMA.nodes[type].about.label} · {field.about.label}"


def _other_names(type: str, field: Field) -> tuple[str, ...]:
    return (_whole(type, field), *sorted(field.headers))


def _ways(type: str) -> list[Way]:
    out = [Way(link, True) for link in SCHEMA.links.values() if type in link.about.sources]
    back = [
        Way(link, False)
        for link in SCHEMA.links.values()
        if type in link.about.targets and set(link.about.sources) <= set(SCHEMA.partners)
    ]
    return [*out, *back]


def _tied(way: Way) -> list[EntryColumn]:
    told, words = way.type.about.told, way.words[:1].upper() + way.words[1:]
    if told is not None:
        labels: Mapping[str, str] = way.type.fields[told.field].labels
        return [EntryColumn(f"{label}s", (label,), way=way, term=term) for term, label in labels.items()]
    ends = EntryColumn("", way=way).ends
    header, also = words, [SCHEMA.nodes[type].about.label for type in ends if len(ends) == 1]
    if Trait.ESSENTIAL in way.type.about.traits:
        header, also = also[0], [words]
    own = [field for field in way.type.typed if field.name not in Link.model_fields]
    fields = [EntryColumn(f"{header} · {field.about.label}", (), field, way) for field in own]
    return [EntryColumn(header, tuple(also), way=way), *fields]


@cache
def _whole_names() -> Mapping[str, str]:
    """The names of columns that tell the type of a sheet."""
    return {fold(_whole(type, field)): type for type in TYPES for field in SCHEMA.nodes[type].typed}


def type_of(header: Sequence[str]) -> str | None:
    """The type of which a sheet with this header is; None where it tells none, or several."""
    told = {type for text in header if (type := _whole_names().get(fold(text)))}
    return told.pop() if len(told) == 1 else None


def read(type: str, header: Sequence[str]) -> list[EntryColumn | None]:
    """What each column of a sheet of this type gives; None for one that is unknown, or given by an earlier one."""
    found: list[EntryColumn | None] = []
    for text in header:
        known = [column for column in columns(type) if fold(text) in column.names and column not in found]
        exact = [column for column in known if fold(column.header) == fold(text)]
        found.append(next(iter(exact or known), None))
    return found
