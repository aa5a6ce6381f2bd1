"""What the browser sends to « Consigner » is taken for nothing more than it is."""

from datetime import date, timedelta

import pytest

from crm.network import Network
from crm.network.work import UnitOfWork
from crm.quick_log import ASIDE, WHOSE, FollowUp
from crm.records import organisations, people
from graph_schema.exchanges import Channel, Direction
from tests.ui.screens.conftest import TODAY, network
from ui import address, quick_log, session
from ui.palette import PaletteEntry
from ui.quick_log import Typed

__all__ = ["network"]


@pytest.mark.parametrize(
    "sent",
    [None, "texte", [], {"text": None}, {"on": "demain", "channel": 3, "picks": "x", "next": "x", "declined": "x"}],
)
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


def agreements(network: Network, organisation: str) -> list[str]:
    """Two agreements in force with it; their ids."""

    def work(unit: UnitOfWork) -> list[str]:
        made = []
        for number in ("1", "2"):
            values = {"subject": "Accueil", "number": number, "signed_on": "2026-01-05"}
            made.append(unit.create("Agreement", values))
            unit.connect("PartyTo", organisation, made[-1])
        return made

    return network.commit("Conventions", work).value


def test_what_it_was_about_is_picked_or_left_aside_in_the_dialog(homonyms: dict[str, str], network: Network) -> None:
    (place,) = (
        each.id
        for each in network.read(lambda tx: tx.lookup("Organisation", "name", ["Hôtel Exemple"]))["Hôtel Exemple"]
    )
    first, second = agreements(network, place)
    text = "appelé Hôtel Exemple au sujet de la convention"
    asked = quick_log.read(Typed(text))
    (question,) = asked.questions
    (chip,) = quick_log._data(Typed(text), None)["topics"]
    key = chip["words"]
    assert (question, chip["label"], chip["chosen"]) == ("De quelle convention s'agissait-il ?", "Convention", "")
    assert [key for key, _ in chip["options"]] == ["", first, second, ASIDE]
    picked = quick_log.read(Typed(text, picks={key: second}))
    assert ([each.id for each in picked.told.concerns], picked.questions) == ([second], [])
    aside = quick_log.read(Typed(text, picks={key: ASIDE}))
    assert (aside.told.concerns, aside.questions) == ((), [])
    assert quick_log.read(Typed(text, picks={key: "forgé"})).questions == [question]


def test_what_is_to_be_done_is_corrected_or_declined(homonyms: dict[str, str]) -> None:
    text = "appelé Hôtel Exemple, rappeler demain"
    amended = FollowUp("Envoyer le livret", None)
    assert quick_log.read(Typed(text, next=amended)).told.follow_up == amended
    declined = quick_log.read(Typed(text, next=amended, declined=True))
    assert (declined.told.follow_up, declined.ready) == (None, True)
    shown = quick_log._data(Typed(text, declined=True), None)["next"]
    assert (shown["title"], shown["declined"]) == ("Rappeler demain (Hôtel Exemple)", True)
    assert quick_log.read(Typed("appelé Hôtel Exemple", next=amended)).told.follow_up is None


def test_the_day_of_an_action_is_asked_until_it_is_given(homonyms: dict[str, str]) -> None:
    text = "rappeler Hôtel Exemple le 31 février"
    assert "n'est pas un jour" in quick_log.read(Typed(text)).questions[0]
    assert quick_log.read(Typed(text, next=FollowUp("Rappeler", None))).questions
    assert not quick_log.read(Typed(text, next=FollowUp("Rappeler", TODAY))).questions


def test_with_its_action_declined_nothing_is_left_until_an_exchange_took_place(homonyms: dict[str, str]) -> None:
    text = "rappeler Hôtel Exemple demain"
    assert not quick_log.read(Typed(text, declined=True)).ready
    assert "reprenez l'action" in quick_log._data(Typed(text, declined=True), None)["problem"]
    gone = quick_log.read(Typed(text, on=TODAY, declined=True))
    assert (gone.ready, gone.told.on, gone.questions) == (True, TODAY, [WHOSE])


def test_what_is_sent_of_an_action_is_read_as_what_it_is() -> None:
    sent = {"text": "x", "next": {"title": " Envoyer  le livret ", "due": "2026-12-04"}, "declined": True}
    assert Typed.of(sent) == Typed("x", next=FollowUp("Envoyer le livret", date(2026, 12, 4)), declined=True)
    assert Typed.of({"next": {"title": None, "due": "demain"}}).next == FollowUp("", None)


def test_a_command_is_found_by_the_beginnings_of_its_words() -> None:
    command = PaletteEntry("Consigner un échange", "appel noter")
    assert command.answers(["cons", "ech"])
    assert command.answers(["noter"])
    assert not command.answers(["signer"])
