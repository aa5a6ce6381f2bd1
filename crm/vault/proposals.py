"""What a document seems to be before anyone says it: a kind and the day of its fact, proposed from its name alone.

A proposal is shown in a form, to be confirmed; nothing is deposited by it.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from crm import days
from crm.sentences.day_words import moments
from graph_schema.agreements import Agreement
from graph_schema.committees import Meeting, Minutes
from graph_schema.evidence import EvidenceKind
from graph_schema.exchanges import Exchange, Feedback
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold

_WORDS = (
    ("convention de formation|convention formation|contrat de formation", EvidenceKind.TRAINING_AGREEMENT),
    ("sous traitance|sous traitant", EvidenceKind.SUBCONTRACT),
    ("convention|partenariat signe", EvidenceKind.AGREEMENT),
    ("conseil de perfectionnement|pv perfectionnement", EvidenceKind.COUNCIL),
    ("compte rendu|cr|pv|proces verbal|releve de decisions?", EvidenceKind.MINUTES),
    ("emargement|reunion|comite|copil|feuille de presence", EvidenceKind.MEETING),
    ("rapport d activites?|rapport annuel|bilan d activites?", EvidenceKind.ACTIVITY_REPORT),
    ("plan d actions?", EvidenceKind.ACTION_PLAN),
    ("plan d accompagnement", EvidenceKind.SUPPORT_PLAN),
    ("livret|carnet de liaison", EvidenceKind.BOOKLET),
    ("visite", EvidenceKind.VISIT),
    ("invitation|save the date|forum|salon|job dating", EvidenceKind.INVITATION),
    ("questionnaire|enquete|sondage|satisfaction", EvidenceKind.SURVEY),
    ("attestation|certificat", EvidenceKind.CERTIFICATE),
    ("affiche|flyer|plaquette|prospectus|depliant", EvidenceKind.POSTER),
    ("planning|calendrier|emploi du temps", EvidenceKind.SCHEDULE),
    ("procedure|process", EvidenceKind.PROCEDURE),
    ("liste", EvidenceKind.LIST),
    ("france travail|pole emploi|mission locale|cap emploi|prescripteurs?", EvidenceKind.EMPLOYMENT),
    ("entretien", EvidenceKind.INTERVIEW),
    ("analyse|synthese|etude", EvidenceKind.ANALYSIS),
    ("courriel|mail|e mail|echanges?", EvidenceKind.EXCHANGE),
)
"""What names hold, the more particular first."""

_OF_RECORD = {
    Agreement.TYPE: EvidenceKind.AGREEMENT, Meeting.TYPE: EvidenceKind.MEETING, Minutes.TYPE: EvidenceKind.MINUTES,
    Exchange.TYPE: EvidenceKind.EXCHANGE, Feedback.TYPE: EvidenceKind.SURVEY,
}  # fmt: skip
_READERS = tuple((re.compile(rf"\b(?:{words})\b"), kind) for words, kind in _WORDS)
_RUN_TOGETHER = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")


def kind_of(name: str, about: NodeRecord) -> EvidenceKind:
    """The kind that the file's name says, else the usual one for a document about ``about``."""
    stem, _, ending = name.rpartition(".")
    folded = fold(stem or name)
    for reader, kind in _READERS:
        if reader.search(folded):
            return kind
    return EvidenceKind.EXCHANGE if ending.lower() == "eml" else _OF_RECORD.get(about.type, EvidenceKind.OTHER)


def fact_of(name: str, about: NodeRecord, today: date) -> date | None:
    """The day that the file's name says in figures, else that of the record, if it is not to come; None else."""
    for said in _days(name, today):
        if said <= today:
            return said
    dated = SCHEMA.nodes[about.type].dated
    day = days.read(str(about.values.get(dated.name) or "")) if dated else None
    return day if day and day <= today else None


def to_come(name: str, today: date) -> date | None:
    """The day to come that the file's name says where it says no other: no fact of that day can be proved yet."""
    found = [*_days(name, today)]
    return found[0] if found and min(found) > today else None


def _days(name: str, today: date) -> Iterator[date]:
    """The days that a name says in figures."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("_", " "))
    plain = _RUN_TOGETHER.sub(r"\1-\2-\3", "".join(c for c in plain if not unicodedata.combining(c)))
    for found in moments(plain, today):
        said = plain[found.start : found.end]
        if not found.vague and (day := found.back or found.ahead) and len(re.findall(r"\d", said)) > 2:
            yield day
