"""One list of the actions to be done, the same on both stores: whose, late, undated, about whom, of which meeting."""

from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from crm.errors import NotFound
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import action_list, actions, organisations, register
from crm.records.action_list import ActionFilter
from crm.records.register import FirstTie


class Kept(NamedTuple):
    """What the actions are about."""

    garage: str
    mission: str
    meeting: str


@pytest.fixture
def kept(either: Network) -> Kept:
    """Five actions: one late, one of a meeting, one without a day, one done, one dropped."""
    garage = organisations.create(either, {"name": "Garage Fictif"}).value
    mission = organisations.create(either, {"name": "Mission locale Exemple"}).value
    committee = register.create(either, "Committee", {"name": "Comité BTP"}).value
    meeting = register.create(
        either, "Meeting", {"title": "Séance de mars", "held_on": "2026-03-12"}, [FirstTie("MeetingOf", committee)]
    ).value
    decision = register.create(
        either, "Decision", {"text": "Traduire le livret"}, [FirstTie("DecidedIn", meeting)]
    ).value
    today = either.today()
    late = {"title": "Relancer", "owner": "C. Exemple", "due_on": (today - timedelta(1)).isoformat()}
    register.create(either, "Action", late, [FirstTie("FollowsUp", garage)])
    actions.create(either, "Traduire", owner="A. Modèle", due_on=today, follows=[decision, mission])
    actions.create(either, "Visiter", owner="C. Exemple")
    actions.finish(either, actions.create(either, "Appeler", follows=[garage]).value)
    register.create(either, "Action", {"title": "Écrire", "status": "abandonne"})
    return Kept(garage, mission, meeting)


def titles(network: Network, **asked: Any) -> list[str]:
    return [each.action.title for each in action_list.open_actions(network, ActionFilter(**asked))]


def test_what_is_open_is_listed_the_first_due_first_and_what_has_no_day_last(either: Network, kept: Kept) -> None:
    assert titles(either) == ["Relancer", "Traduire", "Visiter"]
    assert action_list.amount(either) == (3, 1)


def test_each_way_to_narrow_keeps_what_it_says(either: Network, kept: Kept) -> None:
    assert titles(either, owner="c. exemple") == ["Relancer", "Visiter"]
    assert titles(either, late=True) == ["Relancer"]
    assert titles(either, undated=True) == ["Visiter"]
    assert titles(either, partner=kept.garage) == ["Relancer"]
    assert titles(either, partner=kept.mission) == ["Traduire"]
    assert titles(either, meeting=kept.meeting) == ["Traduire"]
    assert titles(either, meeting=kept.meeting, late=True) == []


def test_an_action_says_whom_and_what_it_answers(either: Network, kept: Kept) -> None:
    (found,) = action_list.open_actions(either, ActionFilter(meeting=kept.meeting))
    assert [each.caption for each in found.partners] == ["Mission locale Exemple"]
    assert [each.id for each in found.meetings] == [kept.meeting]
    assert not found.late  # due today


@pytest.mark.parametrize("asked", ["partner", "meeting"])
def test_what_is_not_there_is_said(either: Network, kept: Kept, asked: str) -> None:
    other = {"partner": kept.meeting, "meeting": kept.garage}[asked]
    for id in ("nobody", other):
        with pytest.raises(NotFound):
            titles(either, **{asked: id})


def test_more_than_a_page_is_read_to_the_end(either: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action_list, "_PAGE", 2)
    for number in range(5):
        actions.create(either, f"Action {number}")
    assert sorted(titles(either)) == [f"Action {number}" for number in range(5)]


def test_a_reader_reads_the_list(either: Network, kept: Kept) -> None:
    assert titles(Network(either.store, Actor("L. Fictif", Role.READER)), late=True) == ["Relancer"]
