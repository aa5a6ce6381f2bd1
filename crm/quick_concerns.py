"""What an exchange was about: the training action, agreement or placement that a sentence names, or which it may be."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from crm.quick_hints import AGREEMENTS, BUILDING, HOSTING, LITTLE, PLACEMENTS
from crm.store.protocol import ReadTransaction
from graph_schema.agreements import Agreement, AgreementStatus
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.vocabularies import Purpose
from graph_schema.wording import short_date

_KINDS = {
    "alternant": ("alternance",), "apprenti": ("alternance",), "stagiaire": ("stage",),
    "stage": ("stage",), "immersion": ("immersion",), "afest": ("afest",),
}  # fmt: skip
_SHORT = {"pro": "professionnel", "tp": "titre professionnel", "dev": "developpeur", "elec": "electricien"}


_ASKED = {
    "Programme": "De quelle action de formation s'agissait-il ?",
    "Agreement": "De quelle convention s'agissait-il ?",
    "Placement": "De quel accueil s'agissait-il ?",
}


class Topic(NamedTuple):
    """Something that an exchange was about: the records of one type that may be meant; one alone is certain."""

    type: str
    candidates: tuple[NodeRecord, ...]

    @property
    def question(self) -> str:
        """What is asked while nobody has said which it is."""
        return _ASKED[self.type]

    def meant(self, pick: str | None) -> NodeRecord | None:
        """The record that was picked, or that is certain where nothing was; None while that is not settled."""
        certain = self.candidates[0] if len(self.candidates) == 1 and not pick else None
        return next((each for each in self.candidates if each.id == pick), certain)


class Subject(NamedTuple):
    """What a sentence is about."""

    topics: tuple[Topic, ...]
    purpose: list[Purpose]

    @property
    def questions(self) -> list[str]:
        """What is to be asked of it."""
        return [each.question for each in self.topics if not each.meant(None)]


def meant(topics: Iterable[Topic], picks: Mapping[str, str]) -> tuple[NodeRecord, ...]:
    """The records that topics mean, with what was picked for some of their questions."""
    found = (topic.meant(picks.get(topic.question)) for topic in topics)
    return tuple(each for each in found if each)


def name(record: NodeRecord, on: date) -> str:
    """What tells a record from others that an exchange may have been about."""
    kind = SCHEMA.nodes[record.type]
    stands = kind.stands(record.values, on)
    since = record.values.get("starts_on")
    dated = f"depuis le {short_date(date.fromisoformat(str(since)))}" if since and not stands else stands
    return " · ".join(filter(None, (kind.caption(record.values), dated)))


def subject(tx: ReadTransaction, folded: str, organisations: Collection[str], on: date) -> Subject:
    """Read what a folded sentence about exchanges with these organisations was about."""
    purpose = [Purpose.CO_CONSTRUCTION] if BUILDING.search(folded) else []
    purpose += [Purpose.HOSTING] if HOSTING.search(folded) else []
    programmes = _programmes(tx, folded)
    sure = {record.id for record in programmes} if len(programmes) == 1 else set()
    found = (
        ("Programme", programmes),
        ("Agreement", _agreements(tx, folded, organisations, on)),
        ("Placement", _placements(tx, folded, organisations, sure, on)),
    )
    return Subject(tuple(Topic(type, tuple(sorted(some, key=_caption))) for type, some in found if some), purpose)


def _caption(record: NodeRecord) -> tuple[str, str]:
    return SCHEMA.nodes[record.type].caption(record.values), record.id


def titles(tx: ReadTransaction, folded: str) -> set[str]:
    """The words and initials that may stand for the training action that a folded sentence names."""
    found = set[str]()
    named = _programmes(tx, folded)
    for record in named if len(named) == 1 else ():
        words = [word for word in fold(str(record.values["title"])).split() if word not in LITTLE]
        found |= {*words, "".join(word[0] for word in words), "".join(word[0] for word in words[1:])}
    return found


def _programmes(tx: ReadTransaction, folded: str) -> list[NodeRecord]:
    """The training actions of which most words are said one after the other, two at least."""
    said = [word for each in fold(folded).split() for word in _SHORT.get(each, each).split() if word not in LITTLE]
    best: dict[str, int] = {}
    for id, title, code in tx.rows("Programme", ("title", "certification")):
        words = [word for word in fold(str(title)).split() if word not in LITTLE]
        common = max(_run(said, words), _initials(said, words))
        if code and fold(str(code)) in said:
            common = len(words) + 2
        if common >= 2 or (words and common == len(words)):
            best[str(id)] = common
    most = [id for id, common in best.items() if common == max(best.values())]
    return list(_sorted(tx.get(most)))


def _run(said: list[str], words: list[str]) -> int:
    """The longest run of words of a title that are said one after the other."""
    longest = 0
    for start in range(len(said)):
        for first in range(len(words)):
            length = 0
            while (
                start + length < len(said) and first + length < len(words)
                and _same(said[start + length], words[first + length])
            ):  # fmt: skip
                length += 1
            longest = max(longest, length)
    return longest


def _initials(said: list[str], words: list[str]) -> int:
    """« BTS MCO »: the first word, then the first letters of the others."""
    letters = "".join(word[0] for word in words[1:])
    pairs = set(pairwise(said))
    return len(words) if len(letters) > 1 and (words[0], letters) in pairs else 0


def _same(one: str, other: str) -> bool:
    """The same word, a plural or a feminine aside."""
    return one == other or (min(len(one), len(other)) > 4 and one.rstrip("es") == other.rstrip("es"))


def _agreements(tx: ReadTransaction, folded: str, organisations: Collection[str], on: date) -> list[NodeRecord]:
    if not AGREEMENTS.search(folded) or not organisations:
        return []
    records = _linked(tx, organisations, "PartyTo", of="target")
    numbered = [each for each in records if each.values.get("number") and str(each.values["number"]) in folded]
    if numbered:
        return numbered
    running = [each for each in records if Agreement.model_validate(each.values).status(on) is AgreementStatus.SIGNED]
    return running or records


def _placements(
    tx: ReadTransaction, folded: str, organisations: Collection[str], programmes: Collection[str], on: date
) -> list[NodeRecord]:
    said = PLACEMENTS.search(folded)
    if not said or not organisations:
        return []
    records = [
        r for r in _linked(tx, organisations, "HostedBy", of="source") if r.values["kind"] in _KINDS[said["kind"]]
    ]
    running = [each for each in records if _runs(each, on)]
    if programmes and len(running) > 1:
        links = tx.links_of([each.id for each in running], ["PlacementIn"])
        kept = {link.source for link in links if link.target in programmes}
        running = [each for each in running if each.id in kept] or running
    return running


def _runs(record: NodeRecord, on: date) -> bool:
    ends = record.values.get("broken_on") or record.values.get("ends_on")
    return str(record.values["starts_on"]) <= on.isoformat() <= str(ends or "9999")


def _linked(tx: ReadTransaction, ids: Collection[str], type: str, of: str) -> list[NodeRecord]:
    links = tx.links_of(ids, [type])
    return list(_sorted(tx.get({link.target if of == "target" else link.source for link in links})))


def _sorted(records: dict[str, NodeRecord]) -> Iterator[NodeRecord]:
    return (records[id] for id in sorted(records))
