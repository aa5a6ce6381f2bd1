"""Whom to call, as text, as JSON and as files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations
from crm.store import open_store
from tests.ui.cli.invocation import Reseau28

ON = ("--on", "2026-11-20")


def test_calls_say_whom_why_and_when(reseau28: Reseau28, three_partners: Path) -> None:
    found = reseau28("calls", *ON, "--json", "--store", three_partners).json
    (item,) = found["items"]
    assert (found["on"], found["total"]) == ("2026-11-20", 1)
    assert (item["name"], item["days"], item["state"]) == ("Mission locale Exemple", 679, "à relancer")
    assert item["score"] == item["value"] * item["lateness"]
    assert item["planned_on"] == "2026-11-20"
    text = reseau28("calls", *ON, "--store", three_partners).out
    assert "Mission locale Exemple" in text
    assert "1 partenaire à contacter." in text


def test_nobody_to_call_is_said(reseau28: Reseau28, three_partners: Path) -> None:
    assert "Personne à contacter" in reseau28("calls", *ON, "--owner", "personne", "--store", three_partners).out


@pytest.mark.parametrize("ending", ["xlsx", "csv", "ics"])
def test_calls_are_written_as_a_file(reseau28: Reseau28, three_partners: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"relances.{ending}"
    result = reseau28("calls", *ON, "--out", out, "--store", three_partners)
    assert (result.status, result.out, result.err) == (0, "", f"1 relance dans {out}.\n")
    if ending == "xlsx":
        assert load_workbook(out).active["A2"].value == "Mission locale Exemple"  # type: ignore[index]
    elif ending == "csv":
        assert out.read_text(encoding="utf-8-sig").splitlines()[1].startswith("Mission locale Exemple;")
    else:
        (event,) = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
        assert event["summary"] == "Relancer Mission locale Exemple"


def test_an_agenda_counts_the_calls_that_it_holds(reseau28: Reseau28, tmp_path: Path) -> None:
    file, out = tmp_path / "many.db", tmp_path / "relances.ics"
    store = open_store(str(file))
    network = Network(store, Actor("C. Exemple", Role.ADMIN), lambda: datetime(2026, 11, 18, 12, tzinfo=UTC))
    for number in range(60):
        organisations.create(network, {"name": f"Atelier {number:02}", "kind": "entreprise", "tier": "A"})
    store.close()
    result = reseau28("calls", *ON, "--out", out, "--store", file)
    events = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert len(events) < 60
    assert result.err == f"{len(events)} relances dans {out}.\n"


@pytest.mark.parametrize("out", ["relances.pdf", "relances", "absent/relances.csv", f"{'r' * 300}.csv"])
def test_a_file_that_cannot_be_written_is_refused_in_one_sentence(
    reseau28: Reseau28, three_partners: Path, tmp_path: Path, out: str
) -> None:
    result = reseau28("calls", *ON, "--out", tmp_path / out, "--store", three_partners)
    assert (result.status, result.out) == (3, "")
    assert len(result.err.splitlines()) == 1
