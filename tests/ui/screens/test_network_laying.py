"""Layouts are made once per process and picture, beside the screen's thread."""

from threading import Event, current_thread

import pytest

from crm.canvas.layout import layout
from crm.canvas.scene import Positions, Scene
from tests.crm.canvas.scenes import star
from ui.screens.network import laying


def test_the_same_picture_is_laid_out_once_and_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []

    def counted(scene: Scene, before: Positions) -> laying.Placed:
        threads.append(current_thread().name)
        return layout(scene, before)

    monkeypatch.setattr(laying, "layout", counted)
    shown = star(5)
    first = laying.laid_out("once", shown, {})
    assert laying.laid_out("once", shown, {}) == first == layout(shown)
    assert len(threads) == 1
    assert threads[0] != current_thread().name


def test_a_session_that_has_something_else_to_do_is_not_kept_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(BaseException):
        """What Streamlit raises in a script that is to stop."""

    class State:
        def get(self, name: str) -> None:
            raise Stopped

    done = Event()
    monkeypatch.setattr(laying, "layout", lambda scene, before: done.wait(30) and {})
    monkeypatch.setattr("streamlit.session_state", State())
    with pytest.raises(Stopped):
        laying.laid_out("interrupted", star(2), {})
    done.set()
