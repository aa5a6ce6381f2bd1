"""What the browser sends to « Consigner » is taken for nothing more than it is."""

from datetime import date, timedelta

import pytest

from crm import organisations, people
from crm.network import Network
from graph_schema.exchanges import Channel, Direction
from tests.ui.screens.conftest import TODAY, network
from ui import address, quick_log, session
from ui.palette import Command
from ui.quick_log import Typed

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
    assert "Plusieurs" in asked.questions[0]
    wanted = next(each for each in asked.told.who[0].candidates if each.detail == "Hôtel Exemple")
    settled = quick_log.read(Typed("appelé M. Fictif hier", picks={"M. Fictif": wanted.key}))
    assert settled.questions == []
    chosen = settled.chosen["M. Fictif"]
    assert chosen is not None
    assert chosen.people == (homonyms["Hôtel Exemple"],)


def test_a_pick_that_was_not_offered_settles_nobody(homonyms: dict[str, str]) -> None:
    forged = quick_log.read(Typed("appelé M. Fictif hier", picks={"M. Fictif": "quelqu-un"}))
    assert forged.chosen == {"M. Fictif": None}


def test_a_direction_given_by_hand_is_asked_no_more(homonyms: dict[str, str]) -> None:
    assert quick_log.read(Typed("Hôtel Exemple : deux places")).questions
    assert not quick_log.read(Typed("Hôtel Exemple : deux places", direction=Direction.MUTUAL)).questions


def test_a_day_to_come_is_brought_back_to_today(homonyms: dict[str, str]) -> None:
    assert quick_log.read(Typed("appelé M. Fictif", on=date(2100, 1, 1))).told.on == TODAY


def test_what_is_still_to_come_is_proposed_as_an_action(homonyms: dict[str, str]) -> None:
    told = quick_log.read(Typed("RDV demain avec Hôtel Exemple")).told
    assert told.on is None
    assert told.follow_up is not None
    assert told.follow_up.due_on == TODAY + timedelta(days=1)


def test_a_command_is_found_by_the_beginnings_of_its_words() -> None:
    command = Command("Consigner un échange", "appel noter")
    assert command.answers(["cons", "ech"])
    assert command.answers(["noter"])
    assert not command.answers(["signer"])
