"""Who is meant by a name in a line about an exchange: the people and organisations of the network that bear it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from crm.network import Network
from crm.search import search
from crm.store.protocol import ReadTransaction
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.vocabularies import Civility, Kind

SHOWN = 8
"""So many candidates are offered for one name."""

_READ = 12
_ROLES = 4
_CIVILITIES = {
    "mme": Civility.MRS, "madame": Civility.MRS, "mlle": Civility.MRS,
    "m": Civility.MR, "mr": Civility.MR, "monsieur": Civility.MR,
}  # fmt: skip
_LINKING = re.compile(r"(?i)\s+(?:de la|des|de|du|chez|à la|au|aux|à|-|–)\s+|\s+(?:de l|à l|d)['’]")
_ARTICLE = re.compile(r"(?i)(?:l['’]|(?:la|le|les)\s+)")


class Party(NamedTuple):
    """Someone with whom an exchange may have been: in words, and the ids that it would involve."""

    caption: str
    detail: str
    organisations: tuple[str, ...]
    people: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from other candidates."""
        return "+".join((*self.people, *self.organisations))


class Match(NamedTuple):
    """A name, and who may be meant, the likeliest first; ``sure`` when nobody else is as likely."""

    words: str
    candidates: tuple[Party, ...]
    sure: bool


class _Reading(NamedTuple):
    """The records that bear a name, and the organisations that it gives them (« … du Garage Fictif »)."""

    words: str
    records: list[NodeRecord]
    places: list[NodeRecord]


def matches(network: Network, names: Sequence[str], on: date) -> list[Match]:
    """Who may be meant by each name on the day ``on``.

    A name that nobody bears is read as someone of somewhere (« Mme Exemple du Garage Fictif »). Where an organisation
    is named too, its people come before others of the same name. A name said twice is one name.
    """
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(fold(name), name)
    readings = [_reading(network, name) for name in once.values()]
    records = {record.id: record for each in readings for record in each.records}
    offered = network.read(lambda tx: _parties(tx, records.values(), on)) if records else {}
    named = {r.id for each in readings for r in (*each.records, *each.places) if r.type == "Organisation"}
    return [_match(each, offered, named) for each in readings]


def party(network: Network, id: str, on: date) -> Party | None:
    """The party that a record makes by itself; None for what takes no part in exchanges."""

    def work(tx: ReadTransaction) -> Party | None:
        return next(iter(_parties(tx, tx.get([id]).values(), on).get(id, ())), None)

    return network.read(work)


def _reading(network: Network, name: str) -> _Reading:
    words, found = _find(network, name)
    if found:
        return _Reading(words, found, [])
    for link in _LINKING.finditer(name):
        who, people = _find(network, name[: link.start()])
        _, places = _find(network, name[link.end() :], ["Organisation"])
        if people and places:
            return _Reading(who, people, places)
    return _Reading(name, [], [])


def _find(
    network: Network, name: str, types: Collection[str] = ("Organisation", "Person")
) -> tuple[str, list[NodeRecord]]:
    """The records that bear a name, and what of it is a name: a civility says who is meant without being searched."""
    first, _, rest = name.partition(" ")
    civility = _CIVILITIES.get(fold(first)) if rest else None
    words = rest if civility else name
    wanted = [each for each in types if each == "Person"] if civility else types
    for tried in dict.fromkeys((words, _ARTICLE.sub("", words, count=1))):
        hits = [hit.record for hit in search(network, tried, wanted, _READ)] if wanted else []
        found = [r for r in hits if not civility or r.values.get("civility", civility) == civility]
        if found:
            return tried, found
    return words, []


def _parties(tx: ReadTransaction, records: Iterable[NodeRecord], on: date) -> dict[str, list[Party]]:
    """The parties that each record may be: a person once for each of their employers on the day, the main one first."""
    known = {record.id: record for record in records}
    people = [id for id, record in known.items() if record.type == "Person"]
    roles: defaultdict[str, list[LinkRecord]] = defaultdict(list)
    for link in tx.links_of(people, ["WorksFor"], on) if people else ():
        roles[link.source].append(link)
    employers = tx.get({link.target for links in roles.values() for link in links})
    found: dict[str, list[Party]] = {}
    for id, record in known.items():
        caption = SCHEMA.nodes[record.type].caption(record.values)
        if record.type == "Organisation":
            kind, town = Kind(str(record.values["kind"])).label, str(record.values.get("city", ""))
            found[id] = [Party(caption, f"{kind} · {town}" if town else kind, (id,))]
        elif record.type == "Person":
            held = sorted(roles[id], key=lambda link: (not link.values.get("main"), link.id))[:_ROLES]
            found[id] = [
                Party(caption, str(employers[link.target].values["name"]), (link.target,), (id,)) for link in held
            ] or [Party(caption, "sans organisation", (), (id,))]
    return found


def _match(reading: _Reading, offered: dict[str, list[Party]], named: Collection[str]) -> Match:
    places = {place.id for place in reading.places}
    ranked = sorted(_ranked(reading, offered, places or named), key=lambda each: each[0])
    if places and any(party.organisations[:1] and party.organisations[0] in places for _, party in ranked):
        ranked = [each for each in ranked if set(each[1].organisations) & places]
    sure = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] < ranked[1][0])
    return Match(reading.words, tuple(party for _, party in ranked[:SHOWN]), sure)


def _ranked(
    reading: _Reading, offered: dict[str, list[Party]], named: Collection[str]
) -> Iterator[tuple[tuple[bool, bool], Party]]:
    wanted = fold(reading.words)
    for record in reading.records:
        exact = wanted in _names(record)
        for party in offered.get(record.id, ()):
            elsewhere = record.type == "Person" and not set(party.organisations) & set(named)
            yield (not exact, elsewhere), party


def _names(record: NodeRecord) -> set[str]:
    """The folded names that a record goes by."""
    values = record.values
    if record.type == "Person":
        family, given = fold(str(values.get("family_name", ""))), fold(str(values.get("given_name", "")))
        return {family, f"{given} {family}".strip(), f"{family} {given}".strip()}
    aliases = values.get("aliases")
    names = (values.get("name"), values.get("acronym"), *(aliases if isinstance(aliases, list) else ()))
    return {fold(str(name)) for name in names if name}
