"""What a document seems to be, from its name: a proposal that is right where the name says it, and silent else."""

from datetime import date

import pytest

from crm.vault import proposals
from crm.vault.proposals import fact_of, kind_of
from graph_schema.evidence import EvidenceKind
from graph_schema.records import NodeRecord

TODAY = date(2026, 11, 20)
GARAGE = NodeRecord("org-1", "Organisation", 1, {"name": "Garage Fictif"})
MEETING = NodeRecord("m-1", "Meeting", 1, {"title": "Comité", "held_on": "2026-10-08"})
TO_COME = NodeRecord("m-2", "Meeting", 1, {"title": "Comité", "held_on": "2026-12-08"})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Convention de formation Exemple.pdf", EvidenceKind.TRAINING_AGREEMENT),
        ("CONVENTION_partenariat_signée.pdf", EvidenceKind.AGREEMENT),
        ("CR réunion du 8 octobre.docx", EvidenceKind.MINUTES),
        ("PV conseil de perfectionnement.pdf", EvidenceKind.COUNCIL),
        ("Feuille d'émargement.pdf", EvidenceKind.MEETING),
        ("invitation-forum.png", EvidenceKind.INVITATION),
        ("Échange avec la mission.eml", EvidenceKind.EXCHANGE),
        ("Bonjour.eml", EvidenceKind.EXCHANGE),
        ("scan0001.pdf", EvidenceKind.OTHER),
        ("crédit.pdf", EvidenceKind.OTHER),
        ("", EvidenceKind.OTHER),
    ],
)
def test_a_name_says_a_kind(name: str, kind: EvidenceKind) -> None:
    assert kind_of(name, GARAGE) is kind


def test_a_document_about_a_meeting_proves_it_unless_its_name_says_more() -> None:
    assert kind_of("scan0001.pdf", MEETING) is EvidenceKind.MEETING
    assert kind_of("Compte-rendu.pdf", MEETING) is EvidenceKind.MINUTES


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-11-02 convention.pdf", date(2026, 11, 2)),
        ("convention_20261102.pdf", date(2026, 11, 2)),
        ("CR 02.11.2026.pdf", date(2026, 11, 2)),
        ("CR_2_novembre_2026.docx", date(2026, 11, 2)),
        ("Convention 2027-01-05.pdf", None),
        ("IMG_4512.jpg", None),
        ("Rapport 2025.pdf", None),
        ("2 places.pdf", None),
    ],
)
def test_a_name_says_a_day_that_is_not_to_come(name: str, day: date | None) -> None:
    assert fact_of(name, GARAGE, TODAY) == day


def test_without_one_it_is_that_of_the_record_if_it_has_come() -> None:
    assert fact_of("scan.pdf", MEETING, TODAY) == date(2026, 10, 8)
    assert fact_of("scan.pdf", TO_COME, TODAY) is None


def test_a_name_that_says_only_a_day_to_come_is_told() -> None:
    today = date(2026, 11, 20)
    assert proposals.to_come("CR 2027-01-15.pdf", today) == date(2027, 1, 15)
    for name in ("CR 2026-11-02.pdf", "CR du 2026-11-02 pour le 2027-01-15.pdf", "CR.pdf", "CR janvier 2027.pdf"):
        assert proposals.to_come(name, today) is None
