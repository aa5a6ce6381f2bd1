"""When an agreement is in force, and what is said of it, on either side of each of its days."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.agreements import Agreement, AgreementStatus, Term

IN_FORCE = {AgreementStatus.SIGNED, AgreementStatus.RENEWED}
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def agreement(**values: Any) -> Agreement:
    """An agreement of these dates, given as ISO texts."""
    return Agreement.model_validate({"subject": "Convention Exemple", **values})


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """One of any course, month ends and leap days among its days."""
    days = st.none() | DAYS | st.sampled_from([date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1)])
    sent, signed, effective, ends, terminated = (draw(days) for _ in range(5))
    start = effective or signed
    return Agreement(
        subject="Convention Exemple", sent_on=sent, signed_on=signed, effective_on=effective,
        ends_on=None if start and ends and ends < start else ends, terminated_on=terminated,
        tacit_renewal=draw(st.none() | st.booleans()),
    )  # fmt: skip


ENDED_THEN_TERMINATED = {"signed_on": "2025-01-01", "ends_on": "2025-12-31", "terminated_on": "2026-06-01"}


@pytest.mark.parametrize(
    ("dates", "on", "status", "words"),
    [
        (ENDED_THEN_TERMINATED, "2025-12-31", "signee", "en cours jusqu'au 31/12/2025"),
        (ENDED_THEN_TERMINATED, "2026-01-01", "echue", "échue depuis le 01/01/2026"),
        (ENDED_THEN_TERMINATED, "2026-03-01", "echue", "échue depuis le 01/01/2026"),
        (ENDED_THEN_TERMINATED, "2026-06-01", "echue", "échue depuis le 01/01/2026"),
        (
            ENDED_THEN_TERMINATED | {"tacit_renewal": True}, "2026-03-01", "reconduite",
            "reconduite tacitement depuis le 01/01/2026, jusqu'au 31/05/2026",
        ),
        (ENDED_THEN_TERMINATED | {"tacit_renewal": True}, "2026-06-01", "resiliee", "résiliée le 01/06/2026"),
        (
            {"signed_on": "2025-01-01", "ends_on": "2025-12-31", "tacit_renewal": True}, "2026-03-01", "reconduite",
            "reconduite tacitement depuis le 01/01/2026",
        ),
        (
            {"signed_on": "2025-01-01", "ends_on": "2025-12-31", "tacit_renewal": True}, "2025-12-31", "signee",
            "en cours",
        ),
        ({"signed_on": "2023-03-01", "ends_on": "2024-02-28"}, "2024-02-29", "echue", "échue depuis le 29/02/2024"),
        ({"signed_on": "2026-01-10"}, "2026-03-01", "signee", "en cours"),
        (
            {"signed_on": "2026-01-10", "effective_on": "2026-09-01"}, "2026-03-01", "signee",
            "signée, prend effet le 01/09/2026",
        ),
        ({"sent_on": "2026-01-10"}, "2026-03-01", "envoyee", "envoyée le 10/01/2026, pas encore signée"),
        ({}, "2026-03-01", "projet", "en projet"),
        ({"signed_on": "2026-01-10", "terminated_on": "2026-02-01"}, "2026-01-31", "signee",
         "en cours jusqu'au 31/01/2026"),
        ({"signed_on": "2026-01-10", "terminated_on": "2026-02-01"}, "2026-02-01", "resiliee",
         "résiliée le 01/02/2026"),
    ],
)  # fmt: skip
def test_a_course_is_said_as_it_is(dates: dict[str, Any], on: str, status: str, words: str) -> None:
    each, day = agreement(**dates), date.fromisoformat(on)
    assert (each.status(day), each.stands(day)) == (AgreementStatus(status), words)
    assert each.in_force(day) == (status in {str(term) for term in IN_FORCE} and "prend effet" not in words)


@given(agreements(), DAYS)
def test_status_words_and_term_never_contradict_one_another(each: Agreement, on: date) -> None:
    status, words = each.status(on), each.stands(on)
    still_to_begin = "prend effet" in words
    assert each.in_force(on) == (status in IN_FORCE and not still_to_begin)
    assert (status is AgreementStatus.RENEWED) == words.startswith("reconduite tacitement")
    assert (status is AgreementStatus.EXPIRED) == words.startswith("échue")
    assert (status is AgreementStatus.TERMINATED) == words.startswith("résiliée")
    if each.ends_on and on > each.ends_on and each.in_force(on):
        assert each.tacit_renewal
        assert status is AgreementStatus.RENEWED
        assert "en cours" not in words


@given(agreements())
def test_an_agreement_is_in_force_on_the_days_of_its_term_and_on_no_other(each: Agreement) -> None:
    term = each.term
    if term is None:
        first = each.signed_on or date(2024, 1, 1)
        assert not any(each.in_force(first + timedelta(days=n)) for n in range(0, 1500, 7))
        return
    assert each.in_force(term.starts)
    assert not each.in_force(term.starts - timedelta(days=1))
    if term.ends:
        assert each.in_force(term.ends)
        assert not each.in_force(term.ends + timedelta(days=1))
    if term.renews:
        assert each.status(term.renews) is AgreementStatus.RENEWED


@given(agreements(), DAYS, st.integers(0, 900))
def test_what_is_over_does_not_come_back(each: Agreement, on: date, later: int) -> None:
    if each.status(on) in (AgreementStatus.EXPIRED, AgreementStatus.TERMINATED):
        assert not each.in_force(on + timedelta(days=later))


def test_a_term_at_the_edge_of_the_calendar_is_still_one() -> None:
    endless = agreement(signed_on="2026-01-01", ends_on="9999-12-31", tacit_renewal=True)
    assert endless.in_force(date.max)
    assert Term(date(2026, 1, 1)).words(date(2026, 2, 1)) == "en cours"
