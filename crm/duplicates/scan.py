"""The whole network looked through for partners that are there twice.

Only records that share something are held against each other: an identifier, a name, an address of mail, a number, and
for a full scan a part of the name in one commune. What was said not to be the same is not proposed again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from crm.duplicates.answers import told_apart
from crm.duplicates.names import GENERIC, name_keys
from crm.duplicates.scoring import Likeness, Sureness, likeness
from crm.network import Network
from crm.store.protocol import ReadTransaction
from graph_schema.organisations import Organisation

_FIELDS = (
    "name", "acronym", "aliases", "siret", "siren", "uai", "kind", "commune", "city", "postal_code", "address", "email",
    "phone", "website",
)  # fmt: skip
_SHARED = ("siren", "uai", "email", "phone", "website")
_LARGEST = 60
"""What so many share, or more, tells none of them from the others."""

_RANKS = {strength: rank for rank, strength in enumerate(Sureness)}


class Twin(NamedTuple):
    """One of two records that may be one partner."""

    id: str
    name: str
    city: str


class Pair(NamedTuple):
    """Two records that may be one partner, the one that says more first, and how surely."""

    one: Twin
    other: Twin
    likeness: Likeness

    @property
    def ids(self) -> frozenset[str]:
        """The ids of both."""
        return frozenset((self.one.id, self.other.id))


def duplicates(network: Network, *, whole: bool = False) -> list[Pair]:
    """The organisations that may be there twice, the surest first; none that someone said to be two.

    ``whole`` also compares names letter by letter within each commune.
    """
    return network.read(lambda tx: _found(tx, whole))


def _found(tx: ReadTransaction, whole: bool) -> list[Pair]:
    contents = {str(id): _contents(row) for id, *row in tx.rows(Organisation.TYPE, _FIELDS)}
    apart = told_apart(tx)
    found = []
    for ids in sorted(_candidates(contents, whole)):
        alike = None if frozenset(ids) in apart else likeness(contents[ids[0]], contents[ids[1]])
        if alike is not None:
            one, other = (_twin(id, contents[id]) for id in _fuller_first(contents, *ids))
            found.append(Pair(one, other, alike))
    found = list(_doubted(found))
    return sorted(found, key=lambda pair: (_RANKS[pair.likeness.strength], -pair.likeness.score, pair.one, pair.other))


def _fuller_first(contents: Mapping[str, Mapping[str, Any]], *ids: str) -> list[str]:
    """The record that says more before the other, the older one where they say as much."""
    return sorted(ids, key=lambda id: (-len(contents[id]), id))


def _doubted(found: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs, those no more certain of which one is as certainly a third record that the other is not."""
    same: dict[str, set[str]] = defaultdict(set)
    for pair in found:
        if pair.likeness.strength is Sureness.CERTAIN:
            for id in pair.ids:
                same[id] |= pair.ids
    for pair in found:
        if pair.likeness.strength is Sureness.CERTAIN and same[pair.one.id] != same[pair.other.id]:
            reasons = (*pair.likeness.reasons, "mais une autre fiche lui ressemble autant")
            yield pair._replace(likeness=pair.likeness._replace(strength=Sureness.PROBABLE, reasons=reasons))
        else:
            yield pair


def _contents(row: list[object]) -> dict[str, Any]:
    return {name: value for name, value in zip(_FIELDS, row, strict=True) if value}


def _twin(id: str, values: Mapping[str, Any]) -> Twin:
    return Twin(id, str(values.get("name", "")), str(values.get("city", "")))


def _candidates(contents: Mapping[str, Mapping[str, Any]], whole: bool) -> set[tuple[str, str]]:
    """The pairs that share a block of few enough, the smaller id first."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for id, values in contents.items():
        for key in _keys(values, whole):
            blocks[key].append(id)
    few = (sorted(ids) for ids in blocks.values() if 1 < len(ids) <= _LARGEST)
    return {pair for ids in few for pair in combinations(ids, 2)}


def _keys(values: Mapping[str, Any], whole: bool) -> set[str]:
    """The blocks in which a record stands."""
    commune, called = values.get("commune") or "", name_keys(values)
    keys = {f"{field}|{value}" for field in _SHARED if (value := values.get(field))}
    keys |= {f"name|{commune}|{key}" for key in called} | {f"anywhere|{key}" for key in called}
    if whole and commune:
        keys |= {f"part|{commune}|{part}" for key in called for part in _parts(key)}
    return keys


def _parts(key: str) -> Iterator[str]:
    """Beginnings and ends of the words of a name: of two names a letter apart, at least one is the same."""
    words = [word for word in key.split() if len(word) > 3 and word not in GENERIC] or key.split()
    for word in words:
        yield word[:4]
        yield f"…{word[-4:]}"
