"""A rerun of each screen, against one of an empty Streamlit page: what a click costs on the server."""

import logging
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.places import Filled, filled
from benchmarks.results import Result
from benchmarks.timing import Spread, apart, spread, timed
from crm.demo import HUB, Size
from tests.ui.application import errors, opened, working_at
from ui import address

SCREENS: dict[str, tuple[str, dict[str, str]]] = {
    "Aujourd'hui": (address.HOME, {}),
    "Partenaires": (address.PARTNERS, {}),
    "fiche du pivot": (address.PARTNERS, {address.RECORD: HUB}),
    "Territoire": (address.TERRITORY, {}),
}
_EMPTY = "import streamlit as st\nst.write('.')\n"
_SECONDS = 120.0


def measure(kind: str, size: Size, rounds: int, folder: Path) -> Iterator[Result]:
    """Reruns of a screen and of the empty page in turn, after a first run of each that does not count."""
    with filled(kind, size, folder) as where:
        found, _ = apart(_spreads, where, rounds)
    for name, (ours, floor) in found.items():
        high = f"{ours.high / floor.high:.0f}"
        yield Result(f"écran « {name} » ({size})", kind, ours.median / floor.median, "× une page vide", None,
                     f"au 95ᵉ centile × {high} ; {ours} ; page vide : {floor}")  # fmt: skip


def _spreads(where: Filled, rounds: int) -> dict[str, tuple[Spread, Spread]]:
    logging.disable(logging.WARNING)  # Streamlit warns that there is no browser, at each run
    with working_at(Path(where.place.address)):
        return {name: _reruns(page, parameters, rounds) for name, (page, parameters) in SCREENS.items()}


def _reruns(page: str, parameters: dict[str, str], rounds: int) -> tuple[Spread, Spread]:
    empty = AppTest.from_string(_EMPTY).run()
    screen = opened(page, **parameters)
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(rounds):
        floor.append(timed(lambda: empty.run(timeout=_SECONDS))[0].cpu)
        ours.append(timed(lambda: screen.run(timeout=_SECONDS))[0].cpu)
        if found := errors(screen):
            raise RuntimeError(f"{page}: {found[0]}")
    return spread(ours), spread(floor)
