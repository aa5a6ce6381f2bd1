"""Of those called to a meeting only who came is said to have taken part, and counts as such, on both stores."""

from datetime import date

import pytest

from crm.canvas.state import CanvasState
from crm.documents.graph_files import gexf, graphml
from crm.measures import measuring as measures
from crm.network import Network
from crm.network.work import UnitOfWork
from crm.records.meetings import attendance
from crm.records.sheet import sheet
from graph_schema.committees import Attendance
from graph_schema.registry import SCHEMA
from tests.crm.canvas.networks import shown

ON = date(2026, 6, 1)
HELD = date(2026, 3, 12)
COMERS = {"p-present", "o-represented"}
LABELS = {
    "p-present": ("a participé à", "a réuni"),
    "p-excused": ("s'est fait excuser à", "a excusé"),
    "p-represented": ("s'est fait représenter à", "a reçu un représentant de"),
    "o-absent": ("a manqué", "s'est tenue sans"),
    "o-represented": ("s'est fait représenter à", "a reçu un représentant de"),
}


@pytest.fixture
def network(either: Network) -> Network:
    """A committee's meeting: one person came, the others and the organisations did or did not."""

    def work(unit: UnitOfWork) -> None:
        unit.create("Meeting", {"title": "Séance Exemple", "held_on": HELD.isoformat()}, id="meeting")
        for way in ("present", "excused", "represented"):
            unit.create("Organisation", {"name": f"Employeur {way}"}, id=f"e-{way}")
            unit.create("Person", {"family_name": f"Fictif {way}"}, id=f"p-{way}")
            unit.connect("WorksFor", f"p-{way}", f"e-{way}", {"valid_from": "2025-01-01"})
            status = {"excused": "excuse", "represented": "represente"}.get(way, way)
            unit.connect("Attended", f"p-{way}", "meeting", {"status": status, "role": "Membre"})
        unit.create("Organisation", {"name": "Ancien employeur"}, id="e-before")
        unit.connect("WorksFor", "p-present", "e-before", {"valid_to": "2024-12-31"})
        for way, status in (("absent", "absent"), ("represented", "represente")):
            unit.create("Organisation", {"name": f"Structure {way}"}, id=f"o-{way}")
            unit.connect("Attended", f"o-{way}", "meeting", {"status": status})

    either.commit("Saisie", work)
    return either


def test_those_called_are_told_apart_with_whom_they_worked_for_that_day(network: Network) -> None:
    found = attendance(network, "meeting")
    assert found == sheet(network, "meeting", ON).attendance
    assert [(each.status, each.record.id, [o.id for o in each.organisations]) for each in found] == [
        (Attendance.PRESENT, "p-present", ["e-present"]),
        (Attendance.EXCUSED, "p-excused", ["e-excused"]),
        (Attendance.ABSENT, "o-absent", []),
        (Attendance.REPRESENTED, "p-represented", ["e-represented"]),
        (Attendance.REPRESENTED, "o-represented", []),
    ]
    assert attendance(network, "p-present") == attendance(network, "inconnu") == ()


@pytest.mark.parametrize("id", LABELS)
def test_the_words_of_a_link_follow_its_status_from_both_ends(network: Network, id: str) -> None:
    forward, backward = LABELS[id]
    (tie,) = sheet(network, id, ON).of("Attended")
    back = next(each for each in sheet(network, "meeting", ON).of("Attended") if each.other.id == id)
    assert (tie.label, back.label) == (forward, backward)
    drawn = next(
        each
        for each in shown(network, CanvasState(starts=(id,), families_out=frozenset()), ON).links
        if each.type == "Attended"
    )
    assert (drawn.label, drawn.inverse) == (forward, backward)


def test_files_of_the_canvas_do_not_say_that_an_absent_one_took_part(network: Network) -> None:
    scene = shown(network, CanvasState(starts=("o-absent",), families_out=frozenset()), ON)
    for written in (gexf(scene, {}, {}), graphml(scene, {})):
        assert "a manqué" in written.decode()
        assert "a participé" not in written.decode()


def test_nobody_took_part_in_what_is_still_to_come(network: Network) -> None:
    before = date(2026, 3, 11)
    (tie,) = sheet(network, "p-present", before).of("Attended")
    assert tie.label == "est convié à"
    assert {each.label for each in sheet(network, "meeting", before).of("Attended")} == {"convie"}


def test_only_who_came_is_heard_from_and_has_attended(network: Network) -> None:
    found = measures.measures(network, ON)
    attended = {id for id, facts in found.activity.items() if facts.meetings}
    assert attended == {"e-present", "o-represented"}
    heard = {id for id, each in found.freshness.items() if each.last_exchange == HELD}
    assert heard == {"e-present", "o-represented"}
    assert {id for id, each in found.freshness_of_people.items() if each.last_exchange} == set()
    for id in ("e-excused", "e-represented", "o-absent"):
        assert sheet(network, id, ON).activity == found.activity[id]


def test_each_way_to_stand_at_a_meeting_has_its_own_words() -> None:
    told = SCHEMA.links["Attended"].about.told
    assert told is not None
    assert set(told.words) == set(Attendance)
    assert len(set(told.words.values())) == len(Attendance)
