"""The application's script, run at each interaction: the frame, then the page that the address names."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from ui import address, frame
from ui.screens import changes, home, imports, network, partners, settings, strength, territory


class Screen(NamedTuple):
    """A page: its path in the address, its name and icon in the menu, what draws it."""

    path: str
    title: str
    icon: str
    show: Callable[[], None]


SCREENS = (
    Screen(address.HOME, "Aujourd'hui", ":material/today:", home.show),
    Screen(address.PARTNERS, "Partenaires", ":material/groups:", partners.show),
    Screen(address.NETWORK, "Réseau", ":material/hub:", network.show),
    Screen(address.TERRITORY, "Territoire", ":material/map:", territory.show),
    Screen(address.STRENGTH, "Solidité", ":material/shield:", strength.show),
    Screen(address.CHANGES, "Évolution", ":material/timeline:", changes.show),
    Screen(address.IMPORT, "Importer", ":material/upload_file:", imports.show),
    Screen(address.SETTINGS, "Réglages", ":material/tune:", settings.show),
)


def main() -> None:
    """Draw one run of the application."""
    frame.configure()
    # An icon on a page would become the browser's, fetched from another host: icons belong to the menu only.
    pages = {
        s.path: st.Page(s.show, title=s.title, url_path=s.path or "aujourd-hui", default=not s.path) for s in SCREENS
    }
    address.declare(pages)
    page = st.navigation(list(pages.values()), position="hidden")
    frame.draw([(s.path, s.title, s.icon) for s in SCREENS], next(s.path for s in SCREENS if pages[s.path] is page))
    with frame.guard():
        page.run()
    frame.last_word()


if __name__ == "__main__":  # Streamlit runs this file as a script
    main()
