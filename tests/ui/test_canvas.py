"""What a canvas may say: only events that make sense, about what is shown, once each."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import drawing
from ui.canvas import CanvasReport, Event, listen, path

NODES = frozenset({"org-1", "org-2", "pers-1"})
LINKS = frozenset({"link-1"})


def heard(*queue: object, handled: int = 0) -> tuple[tuple[Event, ...], int, int]:
    """Events, the last number and how many were refused, of a queue said to a canvas."""
    told = listen({"queue": list(queue), "session": "s", "digest": "d"}, "s", handled, NODES, LINKS)
    return told.events, told.handled, told.refused


def test_events_count_in_order_and_once() -> None:
    first = {"seq": 1, "kind": "select", "nodes": ["org-1"], "link": ""}
    second = {"seq": 2, "kind": "expand", "nodes": ["org-1", "org-1"]}
    assert heard(first, second) == ((Event("select", ("org-1",)), Event("expand", ("org-1",))), 2, 0)
    assert heard(first, second, handled=1) == ((Event("expand", ("org-1",)),), 2, 0)
    assert heard(first, second, handled=2) == ((), 2, 0)
    assert heard(second, first) == ((Event("expand", ("org-1",)),), 2, 0)


@pytest.mark.parametrize(
    "forged",
    [
        {"seq": 1, "kind": "expand", "nodes": ["org-9"]},
        {"seq": 1, "kind": "expand", "nodes": []},
        {"seq": 1, "kind": "hide", "nodes": "org-1"},
        {"seq": 1, "kind": "select", "nodes": [], "link": "link-9"},
        {"seq": 1, "kind": "select", "nodes": [["org-1"]]},
        {"seq": 1, "kind": "link", "source": "org-1", "target": "org-1"},
        {"seq": 1, "kind": "link", "source": "org-1", "target": {"id": "org-2"}},
        {"seq": 1, "kind": "delete", "nodes": ["org-1"]},
        {"seq": 1, "kind": ["select"]},
        {"seq": 1, "kind": "move", "positions": {"org-1": [10**400, 0]}},
        {"seq": 1, "kind": "move", "positions": {"org-1": [float("nan"), 0]}},
        {"seq": 1, "kind": "move", "positions": {"org-9": [0, 0]}},
        {"seq": 1, "kind": "set", "name": "colour", "value": None},
        {"seq": 1, "kind": "look", "camera": [1, 2]},
        {"seq": 1, "kind": "look", "camera": [1, 2, 0]},
        {"seq": 1, "kind": "look", "camera": "123"},
    ],
)
def test_what_names_nothing_that_is_shown_is_refused(forged: dict[str, Any]) -> None:
    assert heard(forged) == ((), 1, 1)


def test_the_camera_is_told_as_it_is() -> None:
    assert heard({"seq": 1, "kind": "look", "camera": [1, -2.5, 0.7]})[0] == (Event("look", camera=(1.0, -2.5, 0.7)),)


def test_a_number_that_cannot_be_the_next_does_not_silence_those_that_follow() -> None:
    honest = {"seq": 1, "kind": "expand", "nodes": ["org-1"]}
    for number in (10**9, "1", None, True, 1.5):
        events, handled, refused = heard({"seq": number, "kind": "table"}, honest)
        assert (events, handled, refused) == ((Event("expand", ("org-1",)),), 1, 1)


_NAMES = st.sampled_from(["queue", "seq", "kind", "nodes"])
_ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(_NAMES, inner),
)


@given(_ANYTHING)
def test_anything_at_all_can_be_said_without_harm(said: object) -> None:
    assert listen(said, "s", 5, NODES, LINKS).events == ()
    assert listen({"queue": [said], "session": "s"}, "s", 5, NODES, LINKS).handled >= 5


def test_what_was_said_to_a_session_that_is_over_is_not_done_again() -> None:
    said = {"queue": [{"seq": 7, "kind": "table"}], "session": "before", "digest": "d"}
    assert listen(said, "after", 0, NODES, LINKS) == CanvasReport((), 0, 0, "d")


def test_the_drawing_library_is_the_one_that_pyvis_ships() -> None:
    name, content = drawing.library()
    assert re.fullmatch(r"/bibliotheque/vis-[\d.]+\.js", path())
    assert f"@version {name.removeprefix('vis-')}".encode() in content
