"""Two records of one type side by side: what they agree on, what only one says, where they differ. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from crm.errors import InputError
from graph_schema.records import NodeRecord, Value, Values
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import Field, Shape

ALIASES = "aliases"


class FieldPair(NamedTuple):
    """A field as each of the two says it; None where one says nothing."""

    field: Field
    kept: Value | None
    other: Value | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What the record that stays and the other say: alike, only one of them, differently; lists are put together."""

    kept: NodeRecord
    other: NodeRecord
    alike: tuple[FieldPair, ...]
    brought: tuple[FieldPair, ...]
    """What the other alone says, and what lists of it add: a merge takes it over."""
    differing: tuple[FieldPair, ...]
    """What they say differently: the one that stays wins, unless the other's is chosen."""
    own: tuple[FieldPair, ...] = ()
    """What the record that stays alone says."""

    def merged(self, taken: Collection[str] = ()) -> dict[str, Any]:
        """The values of the record that stays once the other is merged into it.

        ``taken`` are the fields of which the other's value is chosen; the name that goes becomes another name. Raises
        ``InputError`` for a field on which they do not differ.
        """
        differing = {pair.field.name: pair for pair in self.differing}
        if unknown := sorted(set(taken) - differing.keys()):
            raise InputError(f"Les deux fiches ne diffèrent pas sur « {unknown[0][:40]} ».", field="taken")
        values: dict[str, Any] = dict(self.kept.values)
        for name, kept, other in self.brought:
            values[name.name] = [*kept, *_missing(kept, other)] if isinstance(kept, list) else other
        values.update({name: differing[name].other for name in taken})
        if ALIASES in SCHEMA.nodes[self.kept.type].fields:
            called = [each.get("name") for each in (self.kept.values, self.other.values)]
            known = [*(values.get(ALIASES) or ()), values.get("name")]
            lost = [str(name) for name in called if name and fold(str(name)) not in {fold(str(k)) for k in known if k}]
            values[ALIASES] = [*(values.get(ALIASES) or ()), *lost]
        return values


def compare(kept: NodeRecord, other: NodeRecord) -> SideBySide:
    """What two records of one type say."""
    alike, brought, differing, own = [], [], [], []
    for field in SCHEMA.nodes[kept.type].fields.values():
        pair = FieldPair(field, kept.values.get(field.name), other.values.get(field.name))
        if field.about.hidden or (pair.kept is None and pair.other is None):
            continue
        if pair.other is None:
            own.append(pair)
        elif same(field, pair.kept, pair.other):
            alike.append(pair)
        elif pair.kept is None or isinstance(pair.kept, list):
            if pair.kept is None or _missing(pair.kept, pair.other):
                brought.append(pair)
            else:
                alike.append(pair)
        else:
            differing.append(pair)
    return SideBySide(kept, other, tuple(alike), tuple(brought), tuple(differing), tuple(own))


def same(field: Field, one: Value | None, other: Value | None) -> bool:
    """Whether two values are one, case, accents and punctuation of a text aside."""
    if one == other:
        return True
    texts = field.shape is Shape.TEXT and isinstance(one, str) and isinstance(other, str)
    return texts and bool(fold(str(one))) and fold(str(one)) == fold(str(other))


def folded(type: str, kept: Values, other: Values) -> Values | None:
    """What two links of one type between the same ends say together; None where that would lose what one says."""
    fields = SCHEMA.links[type].fields
    if any(kept.get(day) != other.get(day) for day in ("valid_from", "valid_to")):
        return None
    together = dict(kept)
    for name, value in other.items():
        before = kept.get(name)
        if before is None:
            together[name] = value
        elif isinstance(before, list):
            together[name] = [*before, *_missing(before, value)]
        elif not same(fields[name], before, value):
            return None
    return together


def _missing(kept: Any, other: Any) -> list[Any]:
    return [item for item in (other if isinstance(other, list) else ()) if item not in (kept or ())]
