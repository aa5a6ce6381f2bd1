"""What an exchange was about: the training action, agreement or placement that a sentence names, when it is certain."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from crm import quick_titles
from crm.quick_hints import AGREEMENTS, BUILDING, HOSTING, PLACEMENTS, SOUGHT, TO_COME
from crm.quick_titles import Named, Title
from crm.store.protocol import ReadTransaction
from graph_schema.agreements import Agreement, AgreementKind, AgreementStatus
from graph_schema.programmes import PlacementKind
from graph_schema.records import NodeRecord
from graph_schema.text import fold
from graph_schema.vocabularies import Purpose

_KINDS = {
    "alternant": (PlacementKind.WORK_STUDY,), "alternance": (PlacementKind.WORK_STUDY,),
    "apprenti": (PlacementKind.WORK_STUDY,), "stagiaire": (PlacementKind.INTERNSHIP,),
    "stage": (PlacementKind.INTERNSHIP,), "immersion": (PlacementKind.IMMERSION,), "apprenant": tuple(PlacementKind),
}  # fmt: skip
_AGREED = {
    "partenariat": AgreementKind.PARTNERSHIP, "formation": AgreementKind.TRAINING, "accueil": AgreementKind.HOSTING,
    "stage": AgreementKind.HOSTING, "sous-traitance": AgreementKind.SUBCONTRACT,
}  # fmt: skip
_CODE = re.compile(r"(?<![\w/-])(?=[a-z-]*\d)[a-z0-9]+(?:-[a-z0-9]+)+(?![\w-])")


class Subject(NamedTuple):
    """What a sentence is about, for certain, and what is to be asked of the rest."""

    records: list[NodeRecord]
    purpose: list[Purpose]
    questions: list[str]


def subject(tx: ReadTransaction, folded: str, organisations: Collection[str], on: date, programmes: Named) -> Subject:
    """Read what a folded sentence about exchanges with these organisations was about."""
    purpose = [Purpose.CO_CONSTRUCTION] if BUILDING.search(folded) else []
    purpose += [Purpose.HOSTING] if HOSTING.search(folded) else []
    records, questions = list[NodeRecord](), list[str]()
    sure = {each[0] for each in programmes.groups if len(each) == 1}
    for groups, question in (
        (_programmes(tx, programmes), "Quelle action de formation : plusieurs portent ce nom ?"),
        (_agreements(tx, folded, organisations, on), "Quelle convention : plusieurs sont en cours ?"),
        (_placements(tx, folded, organisations, sure, on), "Quel accueil : plusieurs sont en cours ?"),
    ):
        records += [each[0] for each in groups if len(each) == 1]
        questions += [question] if any(len(each) > 1 for each in groups) else []
    return Subject(records, purpose, questions)


def titles(tx: ReadTransaction, folded: str, names: Collection[tuple[int, int]]) -> Named:
    """Read the training actions that a folded sentence names outside these names, and the words that say them."""
    rows = tx.rows("Programme", ("title", "certification"))
    read = [Title.of(str(id), str(title), str(code or "")) for id, title, code in rows]
    return quick_titles.named(folded, sorted(read, key=lambda each: each.id), names)


def _programmes(tx: ReadTransaction, programmes: Named) -> list[list[NodeRecord]]:
    found = tx.get({id for group in programmes.groups for id in group}) if programmes.groups else {}
    return [[found[id] for id in group] for group in programmes.groups]


def _agreements(tx: ReadTransaction, folded: str, organisations: Collection[str], on: date) -> list[list[NodeRecord]]:
    """The agreements that are numbered; else those of the organisations: in force, failing that to come, then ended."""
    coded = _coded(tx, "Agreement", "number", folded)
    said = AGREEMENTS.search(folded)
    if coded or not said or not organisations or said["none"]:
        return [[each] for each in coded]
    records = _linked(tx, organisations, "PartyTo", of="target")
    numbers = {each.id: re.escape(fold(str(each.values.get("number") or ""))) for each in records}
    numbered = [
        each for each in records
        if numbers[each.id] and re.search(rf"conv\w*\.? (?:n\W*)?{numbers[each.id]}(?![\w/-])", folded)
    ]  # fmt: skip
    if numbered:
        return [[each] for each in numbered]
    kind = _AGREED.get(said["kind"] or "")
    stands = {each.id: Agreement.model_validate(each.values) for each in records}
    records = [each for each in records if kind in (None, stands[each.id].kind)]
    running = [each for each in records if stands[each.id].in_force(on)]
    waiting = (AgreementStatus.DRAFT, AgreementStatus.SENT, AgreementStatus.SIGNED)
    to_come = [each for each in records if each not in running and stands[each.id].status(on) in waiting]
    found = to_come if said["new"] else running or to_come or records
    return [found] if found else []


def _placements(
    tx: ReadTransaction, folded: str, organisations: Collection[str], programmes: Collection[str], on: date
) -> list[list[NodeRecord]]:
    """The placements whose learner is written; else those that run at the organisations, of the kind that is said."""
    coded = _coded(tx, "Placement", "learner", folded)
    said = next((each for each in PLACEMENTS.finditer(folded) if not _is_sought(folded, each)), None)
    if coded or not said or not organisations:
        return [[each] for each in coded]
    kinds = _KINDS[said["kind"] or said["way"]]
    records = [each for each in _linked(tx, organisations, "HostedBy", of="source") if each.values["kind"] in kinds]
    running = [each for each in records if _runs(each, on)]
    if programmes and running:
        links = tx.links_of([each.id for each in running], ["PlacementIn"])
        kept = {link.source for link in links if link.target in programmes}
        running = [each for each in running if each.id in kept] or running
    return [running] if running else []


def _is_sought(folded: str, said: re.Match[str]) -> bool:
    """Whether a learner is only looked for, or still to come: nobody that anyone hosts."""
    before = re.split(r"[,;:.(]| mais ", folded[: said.start()])[-1]
    after = re.split(r"[,;:.(]| mais ", folded[said.end() :])[0]
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
