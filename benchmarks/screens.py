"""A rerun of each screen against one of an empty Streamlit page: in a browser, then the server's part of it."""

import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from streamlit import config
from streamlit.testing.v1 import AppTest

from benchmarks import browser
from benchmarks.places import Filled, filled
from benchmarks.results import Result
from benchmarks.timing import Spread, apart, spread, timed
from crm.demo import HUB, Size
from tests.browser.chromium import find_chromium, running
from tests.ui.application import errors, opened, working_at
from ui import address

SCREENS: dict[str, tuple[str, dict[str, str]]] = {
    "Aujourd'hui": (address.HOME, {}),
    "Partenaires": (address.PARTNERS, {}),
    "fiche du pivot": (address.PARTNERS, {address.RECORD: HUB}),
    "Territoire": (address.TERRITORY, {}),
}
SLOWEST = 2.0
WARMING = 3
"""So many first reruns do not count: the browser compiles its scripts."""

_SECONDS = 300.0

Alone = dict[str, tuple[Spread, Spread]]
Seen = dict[str, tuple[Spread, Spread, Spread]]
"""By screen: our reruns, and those of the empty page; in the browser, also those of this page behind our server."""


def measure(kind: str, size: Size, rounds: int, folder: Path) -> Iterator[Result]:
    """Reruns of each screen and of the empty page in turn: as seen in Chromium, and on the server alone."""
    with filled(kind, size, folder) as where:
        seen, _ = apart(_in_browser, where, folder, rounds)
        alone, _ = apart(_on_server, where, rounds)
    for name, (ours, floor, bare) in seen.items():
        server, nothing = alone[name]
        yield Result(
            f"écran « {name} » ({size})", kind, ours.high / floor.high, "× une page vide", SLOWEST,
            f"navigateur : {ours}, page vide {floor}, derrière notre serveur {bare} ;"
            f" serveur seul : {server}, page vide {nothing}",
        )  # fmt: skip


def _in_browser(where: Filled, folder: Path, rounds: int) -> Seen:
    store = Path(where.place.address).absolute()
    found: Seen = {}
    with (
        running(find_chromium()) as chromium,
        browser.empty_page(folder) as nothing,
        browser.empty_page_of_ours(folder) as bare,
        browser.application(store) as ours,
    ):
        floors = [browser.opened(chromium, nothing), browser.opened(chromium, bare)]
        for name, (page, parameters) in SCREENS.items():
            screen = browser.opened(chromium, f"{ours}/{page}?{urlencode(parameters)}")
            taken = [[browser.rerun(each) for each in (screen, *floors)] for _ in range(WARMING + rounds)][WARMING:]
            first, second, third = (spread(times) for times in zip(*taken, strict=True))
            found[name] = first, second, third
            screen.close()
    return found


def _on_server(where: Filled, rounds: int) -> Alone:
    logging.disable(logging.WARNING)  # Streamlit warns that there is no browser, at each run
    config.set_option("browser.gatherUsageStats", False)  # as our server does
    with working_at(Path(where.place.address)):
        return {name: _reruns(page, parameters, rounds) for name, (page, parameters) in SCREENS.items()}


def _reruns(page: str, parameters: dict[str, str], rounds: int) -> tuple[Spread, Spread]:
    empty = AppTest.from_string(browser.EMPTY).run()
    screen = opened(page, **parameters)
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(rounds):
        floor.append(timed(lambda: empty.run(timeout=_SECONDS))[0].cpu)
        ours.append(timed(lambda: screen.run(timeout=_SECONDS))[0].cpu)
        if found := errors(screen):
            raise RuntimeError(f"{page}: {found[0]}")
    return spread(ours), spread(floor)
