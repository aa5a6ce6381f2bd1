"""What the browser sends to « Consigner » is taken for nothing more than it is."""

from datetime import date

import pytest

from crm import organisations, people
from crm.network import Network
from graph_schema.exchanges import Channel, Direction
from tests.ui.screens.conftest import TODAY, network
from ui import address, quick_log, session
from ui.palette import Command
from ui.quick_log import ASIDE, Typed

__all__ = ["network"]


@pytest.mark.parametrize("sent", [None, "texte", [], {"text": None}, {"on": "demain", "channel": 3, "picks": "x"}])
def test_what_is_forged_counts_as_not_said(sent: object) -> None:
    assert Typed.of(sent) == Typed()


def test_corrections_are_read_and_a_line_is_cut_at_its_limit() -> None:
    sent = {"text": "x" * 9_000, "on": "2026-03-12", "channel": "visite", "direction": "d_eux", "picks": {"A": "b"}}
    assert Typed.of(sent) == Typed("x" * 500, date(2026, 3, 12), Channel.VISIT, Direction.FROM_THEM, {"A": "b"})


@pytest.fixture
def homonyms(network: Network, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Two people of one name; their ids by employer."""
    monkeypatch.setattr(address, "text", lambda name: "")
    monkeypatch.setattr(session, "network", lambda: network)
    found = {}
    for name in ("Garage Exemple", "Hôtel Exemple"):
        id = organisations.create(network, {"name": name}).value
        found[name] = people.add(network, id, {"family_name": "Fictif"}).value
    return found


def test_a_name_that_several_bear_is_a_question_until_one_is_picked(homonyms: dict[str, str]) -> None:
    asked = quick_log.read(Typed("appelé M. Fictif hier"))
    assert "Plusieurs" in asked.problem
    wanted = next(each for each in asked.who[0].candidates if each.detail == "Hôtel Exemple")
    settled = quick_log.read(Typed("appelé M. Fictif hier", picks={"Fictif": wanted.key}))
    assert settled.problem == ""
    chosen = settled.chosen["Fictif"]
    assert chosen is not None
    assert chosen.people == (homonyms["Hôtel Exemple"],)


def test_a_pick_that_was_not_offered_settles_nothing(homonyms: dict[str, str]) -> None:
    assert quick_log.read(Typed("appelé M. Fictif hier", picks={"Fictif": "quelqu-un"})).problem


def test_with_everyone_left_aside_nothing_can_be_saved(homonyms: dict[str, str]) -> None:
    reading = quick_log.read(Typed("appelé M. Fictif hier", picks={"Fictif": ASIDE}))
    assert reading.problem.startswith("Dites avec qui")


def test_a_day_to_come_is_brought_back_to_today(homonyms: dict[str, str]) -> None:
    assert quick_log.read(Typed("appelé M. Fictif", on=date(2100, 1, 1))).said.on == TODAY


def test_what_is_still_to_come_is_not_saved_as_done(homonyms: dict[str, str]) -> None:
    asked = quick_log.read(Typed("RDV demain avec Hôtel Exemple"))
    assert list(asked.chosen) == ["Hôtel Exemple"]
    assert asked.problem.startswith("« demain » est à venir")
    assert quick_log.read(Typed("RDV demain avec Hôtel Exemple", on=TODAY)).problem == ""


def test_a_command_is_found_by_the_beginnings_of_its_words() -> None:
    command = Command("Consigner un échange", "appel noter")
    assert command.answers(["cons", "ech"])
    assert command.answers(["noter"])
    assert not command.answers(["signer"])
