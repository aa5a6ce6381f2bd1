"""What an exchange was about: the training action, agreement or placement that a sentence names, or which it may be."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from crm.quick_log import trainings
from crm.quick_log.trainings import NamedTrainings, Title
from crm.sentences.hints import AGREEMENTS, BUILDING, HOSTING, OF_IT, PLACEMENTS, SOUGHT, TO_COME
from crm.store.protocol import ReadTransaction
from graph_schema.agreements import Agreement, AgreementKind, AgreementStatus, PartyTo
from graph_schema.programmes import HostedBy, Placement, PlacementIn, PlacementKind, Programme
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.vocabularies import Purpose
from graph_schema.wording import short_date

_KINDS = {
    "alternant": (PlacementKind.WORK_STUDY,), "alternance": (PlacementKind.WORK_STUDY,),
    "apprenti": (PlacementKind.WORK_STUDY,), "stagiaire": (PlacementKind.INTERNSHIP,),
    "stage": (PlacementKind.INTERNSHIP,), "immersion": (PlacementKind.IMMERSION,), "afest": (PlacementKind.AFEST,),
    "apprenant": tuple(PlacementKind),
}  # fmt: skip
_AGREED = {
    "partenariat": AgreementKind.PARTNERSHIP, "formation": AgreementKind.TRAINING, "accueil": AgreementKind.HOSTING,
    "stage": AgreementKind.HOSTING, "sous-traitance": AgreementKind.SUBCONTRACT,
}  # fmt: skip
_JUST_OVER = 60
_CODE = re.compile(r"(?<![\w/-])(?=[a-z-]*\d)[a-z0-9]+(?:-[a-z0-9]+)+(?![\w-])")


_ASKED = {
    Programme.TYPE: "De quelle action de formation s'agissait-il ?",
    Agreement.TYPE: "De quelle convention s'agissait-il ?",
    Placement.TYPE: "De quel accueil s'agissait-il ?",
}


class Topic(NamedTuple):
    """Something that an exchange was about: the records of one type that may be meant; one alone is certain."""

    type: str
    candidates: tuple[NodeRecord, ...]

    @property
    def key(self) -> str:
        """What tells it from other topics of the sentence."""
        return "+".join(each.id for each in self.candidates)

    @property
    def question(self) -> str:
        """What is asked while nobody has said which it is."""
        return _ASKED[self.type]

    def meant(self, pick: str | None) -> NodeRecord | None:
        """The record that was picked, or that is certain where nothing was; None while that is not settled."""
        certain = self.candidates[0] if len(self.candidates) == 1 and not pick else None
        return next((each for each in self.candidates if each.id == pick), certain)


class SubjectMatter(NamedTuple):
    """What a sentence is about; ``bare``: a diploma may stand for its training action."""

    topics: tuple[Topic, ...]
    purpose: list[Purpose]
    bare: bool = False

    @property
    def questions(self) -> list[str]:
        """What is to be asked of it."""
        open_ones = [each.question for each in self.topics if not each.meant(None)]
        return [*dict.fromkeys([*open_ones, *([_ASKED[Programme.TYPE]] if self.bare else [])])]


def meant(topics: Iterable[Topic], picks: Mapping[str, str]) -> tuple[NodeRecord, ...]:
    """The records that topics mean, with what was picked for some of their keys."""
    found = (topic.meant(picks.get(topic.key)) for topic in topics)
    return tuple(each for each in found if each)


def name(record: NodeRecord, on: date) -> str:
    """What tells a record from others that an exchange may have been about."""
    kind = SCHEMA.nodes[record.type]
    stands = kind.stands(record.values, on)
    since = record.values.get("starts_on")
    dated = f"depuis le {short_date(date.fromisoformat(str(since)))}" if since and not stands else stands
    return " · ".join(filter(None, (kind.caption(record.values), dated)))


def subject(
    tx: ReadTransaction, folded: str, organisations: Collection[str], on: date, programmes: NamedTrainings
) -> SubjectMatter:
    """Read what a folded sentence about exchanges with these organisations was about."""
    purpose = [Purpose.CO_CONSTRUCTION] if BUILDING.search(folded) else []
    purpose += [Purpose.HOSTING] if HOSTING.search(folded) else []
    sure = {each[0] for each in programmes.groups if len(each) == 1}
    found = (
        (Programme.TYPE, _programmes(tx, programmes)),
        (Agreement.TYPE, _agreements(tx, folded, organisations, on)),
        (Placement.TYPE, _placements(tx, folded, organisations, sure, on)),
    )
    named = [*found[2][1]]
    afest = {each.id for group in named for each in group if each.values["kind"] == PlacementKind.AFEST}
    if afest and not _CODE.search(folded):  # « le bilan de l'AFEST »: of the placement, not of the training action
        of_it = {link.target for link in tx.links_of([*afest], [PlacementIn.TYPE]) if link.source in afest}
        found[0][1][:] = [group for group in found[0][1] if not of_it & {each.id for each in group}]
    groups = [(type, each) for type, some in found for each in some if each]
    return SubjectMatter(
        tuple(Topic(type, tuple(sorted(each, key=_caption))) for type, each in groups), purpose, programmes.bare
    )


def _caption(record: NodeRecord) -> tuple[str, str]:
    return SCHEMA.nodes[record.type].caption(record.values), record.id


def titles(tx: ReadTransaction, folded: str, names: Collection[tuple[int, int]]) -> NamedTrainings:
    """Read the training actions that a folded sentence names outside these names, and the words that say them."""
    rows = tx.rows(Programme.TYPE, ("title", "certification"))
    read = [Title.of(str(id), str(title), str(code or "")) for id, title, code in rows]
    return trainings.named(folded, sorted(read, key=lambda each: each.id), names)


def _programmes(tx: ReadTransaction, programmes: NamedTrainings) -> list[list[NodeRecord]]:
    found = tx.get({id for group in programmes.groups for id in group}) if programmes.groups else {}
    return [[found[id] for id in group] for group in programmes.groups]


def _agreements(tx: ReadTransaction, folded: str, organisations: Collection[str], on: date) -> list[list[NodeRecord]]:
    """The agreements that are numbered; else those of the organisations: in force, failing that to come, then ended."""
    coded = _coded(tx, Agreement.TYPE, "number", folded)
    said = AGREEMENTS.search(folded)
    if coded or not said or not organisations or said["none"]:
        return [[each] for each in coded]
    records = _linked(tx, organisations, PartyTo.TYPE, of="target")
    numbers = {each.id: re.escape(fold(str(each.values.get("number") or ""))) for each in records}
    numbered = [
        each for each in records
        if numbers[each.id] and re.search(rf"conv\w*\.? (?:n\W*)?{numbers[each.id]}(?![\w/-])", folded)
    ]  # fmt: skip
    if numbered:
        return [[each] for each in numbered]
    kind = _AGREED.get((said["kind"] or "").replace("sous ", "sous-"))
    stands = {each.id: Agreement.model_validate(each.values) for each in records}
    records = [each for each in records if kind in (None, stands[each.id].kind)]
    running = [each for each in records if stands[each.id].in_force(on)]
    waiting = (AgreementStatus.DRAFT, AgreementStatus.SENT, AgreementStatus.SIGNED)
    to_come = [each for each in records if each not in running and stands[each.id].status(on) in waiting]
    found = to_come if said["new"] else running or to_come or records
    if len(found) == 1 and re.match(r"(?:\w+ )?(?:conventions|avenants)", said.group()):
        return []  # « prévoir les conventions »: not only theirs
    return [found] if found else []


def _placements(
    tx: ReadTransaction, folded: str, organisations: Collection[str], programmes: Collection[str], on: date
) -> list[list[NodeRecord]]:
    """The placements whose learner is written; else those that run at the organisations, of the kind that is said."""
    coded = _coded(tx, Placement.TYPE, "learner", folded)
    said = next((each for each in PLACEMENTS.finditer(folded) if not _is_sought(folded, each)), None)
    if coded or not said or not organisations:
        return [[each] for each in coded]
    kinds = _KINDS[said["kind"] or said["way"] or said["of"] or said["afest"]]
    records = [each for each in _linked(tx, organisations, HostedBy.TYPE, of="source") if each.values["kind"] in kinds]
    running = [each for each in records if _runs(each, on)]
    if not running and (said["of"] or said["afest"]):  # « bilan de stage »: of the one that is just over
        since = (on - timedelta(days=_JUST_OVER)).isoformat()
        running = [each for each in records if since <= str(each.values.get("ends_on") or "") <= on.isoformat()]
    if programmes and running:
        links = tx.links_of([each.id for each in running], [PlacementIn.TYPE])
        kept = {link.source for link in links if link.target in programmes}
        running = [each for each in running if each.id in kept] or running
    return [running] if running else []


def _is_sought(folded: str, said: re.Match[str]) -> bool:
    """Whether a learner is only looked for, or still to come: nobody that anyone hosts."""
    before = re.split(r"[,;:.(]| mais ", folded[: said.start()])[-1]
    after = re.split(r"[,;:.(]| mais ", folded[said.end() :])[0]
    if said["of"] or OF_IT.search(before):
        return False  # « elle veut un bilan du stage »
    return bool(SOUGHT.search(before) or TO_COME.match(after))


def _coded(tx: ReadTransaction, type: str, field: str, folded: str) -> list[NodeRecord]:
    """The records of which the code is written, whoever took part."""
    codes = {each.group() for each in _CODE.finditer(folded)}
    found = tx.lookup(type, field, codes | {each.upper() for each in codes}) if codes else {}
    return [each for code in sorted(found) for each in found[code]]


def _runs(record: NodeRecord, on: date) -> bool:
    ends = record.values.get("broken_on") or record.values.get("ends_on")
    return str(record.values["starts_on"]) <= on.isoformat() <= str(ends or "9999")


def _linked(tx: ReadTransaction, ids: Collection[str], type: str, of: str) -> list[NodeRecord]:
    links = tx.links_of(ids, [type])
    return list(_sorted(tx.get({link.target if of == "target" else link.source for link in links})))


def _sorted(records: dict[str, NodeRecord]) -> Iterator[NodeRecord]:
    return (records[id] for id in sorted(records))
