"""What an event of the canvas does to what is shown, and what a forged one cannot do."""

import pytest

from crm.canvas.state import CanvasState, Colour
from ui.canvas import Event
from ui.screens.network.acting import after

HERE = CanvasState(starts=("org-1",))


def test_a_setting_is_changed_by_its_value() -> None:
    assert after(HERE, Event("set", name="depth", value="2")).depth == 2
    assert after(HERE, Event("set", name="colour", value="famille")).colour is Colour.FAMILY


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("set", "depth", "-3"), ("set", "depth", "²"), ("set", "colour", "<b>rouge"), ("set", "colour", "\ud800"),
        ("set", "starts", "org-2"), ("toggle", "families", "<img src=x>"), ("toggle", "__class__", "CanvasState"),
    ],
)  # fmt: skip
def test_what_means_nothing_changes_nothing(kind: str, name: str, value: str) -> None:
    assert after(HERE, Event(kind, name=name, value=value)) == HERE


def test_a_depth_of_thousands_of_digits_is_the_deepest() -> None:
    assert after(HERE, Event("set", name="depth", value="9" * 5_000)) == after(
        HERE, Event("set", name="depth", value="4")
    )
