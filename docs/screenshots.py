"""``python -m docs.screenshots``: pictures of the screens, from the demonstration network in a real Chromium."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Literal

from tests.browser.chromium import MISSING, find_chromium, running
from tests.browser.demonstration import Window, served

FOLDER = Path(__file__).parent / "images"
SCREENS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "aujourd-hui": ("/", ".call"),
        "partenaires": ("/partenaires?fiche=org-0003", ".st-key-partners-panel"),
        "registre": ("/registre?sorte=conventions", "table.register"),
        "reseau": ("/reseau?autour=org-0001", ".st-key-network-stage"),
        "solidite": ("/solidite", ".cards"),
        "evolution": ("/evolution", ".curves"),
        "importer": ("/importer", ".st-key-import-drop"),
        "reglages": ("/reglages", "text=Données de référence"),
        "territoire": ("/territoire?fonction=formation&territoire=departement:62", ".crumbs"),
    }
)
"""Name of the picture → the address, and the element that says that it is drawn."""

_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def take(folder: Path = FOLDER) -> list[Path]:
    """Take every picture, light and dark, into ``folder``; returns them. Raises ``SystemExit`` without Chromium."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit(MISSING)
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch, served(Path(scratch)) as address, running(chromium) as browser:
        return [
            _take(Window(browser, address, scheme), name, folder / f"{name}-{scheme}.png")
            for scheme in _SCHEMES
            for name in SCREENS
        ]


def _take(window: Window, name: str, path: Path) -> Path:
    window.open(*SCREENS[name])
    window.page.wait_for_timeout(500)  # what fades in
    window.page.screenshot(path=path)
    window.page.close()
    return path


if __name__ == "__main__":
    for picture in take():
        print(f"Capture refaite : docs/images/{picture.name}")
