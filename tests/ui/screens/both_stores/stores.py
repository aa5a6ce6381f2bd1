"""The demonstration network in both stores, and journeys that must say the same on each of them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from tests.ui.application import errors, sent, words, working_at
from ui import frame

_NEW_ID = re.compile(r"\b1[0-9a-hjkmnp-tv-z]{17}\b")
_TIME = re.compile(r"\b\d{2}:\d{2}\b")
_OF_THE_MOMENT = ("digest", "arrangement", "session")
"""What a canvas is told that rests on new ids, on the hour and on whom it is told to."""


_TOLD = 5
"""So many differences are shown at most."""


class Place(NamedTuple):
    """A store as the screens open it, and the same network for the test."""

    address: str
    password: str
    home: Path
    network: Network


class Stores(NamedTuple):
    """The same network, kept twice."""

    sqlite: Place
    neo4j: Place


def on_both_stores(journey: Callable[[Network], object]) -> Callable[[Stores], None]:
    """Make a test of ``journey``: it runs on each store, its screens too, and what it returns must be the same.

    Ids given on the way and times of the day may differ. A journey changes both stores alike, so the next one begins
    on two equal networks again.
    """

    def test(stores: Stores) -> None:
        here, there = (_answer(journey, place) for place in stores)
        different = [_difference(*pair) for pair in zip_longest(here, there, fillvalue="") if pair[0] != pair[1]]
        assert not different, "SQLite, then Neo4j:\n" + "\n".join(different[:_TOLD])

    test.__name__, test.__doc__ = journey.__name__, journey.__doc__
    return pytest.mark.neo4j(test)


def everything(app: AppTest) -> list[str]:
    """All that a run shows, and tells the browser; it must have no error to tell."""
    assert errors(app) == []
    widgets = [f"{each.type} {each.label}" for each in (*app.button, *app.text_input, *app.selectbox)]
    said = [each.value for each in app.caption]
    return [*words(app).split("\n"), *widgets, *said, *map(_lasting, sent(app)), str(dict(app.query_params))]


def _answer(journey: Callable[[Network], object], place: Place) -> list[str]:
    with _working_at(place):
        answer = journey(place.network)
    lines = answer if isinstance(answer, list) else [answer]
    known: dict[str, str] = {}
    return [
        _TIME.sub("(heure)", _NEW_ID.sub(lambda id: known.setdefault(id[0], f"(id {len(known) + 1})"), str(line)))
        for line in lines
    ]


@contextmanager
def _working_at(place: Place) -> Iterator[None]:
    """Let the screens work there; « Annuler » stays as long as a slow machine needs."""
    with (
        working_at(place.address, home=place.home, password=place.password),
        patch.object(frame, "UNDO_SECONDS", 600.0),
    ):
        yield


def _difference(here: str, there: str) -> str:
    """Both lines, from a little before they part."""
    same = next((at for at, pair in enumerate(zip(here, there, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, same - 80)
    return f"  {here[start : start + 240]}\n  {there[start : start + 240]}"


def _lasting(told: dict[str, Any]) -> str:
    return str({name: value for name, value in told.items() if name not in _OF_THE_MOMENT})
