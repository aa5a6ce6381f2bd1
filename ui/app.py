"""The application's script, run at each interaction: the frame, then the page that the address names."""

from collections.abc import Callable, Mapping

import streamlit as st

from ui import address, frame, typography
from ui.menu import DOORS
from ui.screens import changes, home, imports, network, partners, register, settings, strength, territory

# What draws each page of the menu.
SHOW: Mapping[str, Callable[[], None]] = {
    address.HOME: home.show,
    address.PARTNERS: partners.show,
    address.REGISTER: register.show,
    address.NETWORK: network.show,
    address.TERRITORY: territory.show,
    address.STRENGTH: strength.show,
    address.CHANGES: changes.show,
    address.IMPORT: imports.show,
    address.SETTINGS: settings.show,
}


def main() -> None:
    """Draw one run of the application."""
    typography.install()
    # An icon on a page would become the browser's, fetched from another host: icons belong to the menu only.
    pages = {
        door.path: st.Page(
            SHOW[door.path],
            title=f"{door.title} · Réseau 28",
            url_path=door.path or "aujourd-hui",
            default=door.path == address.HOME,
        )
        for door in DOORS
    }
    address.declare(pages)
    page = st.navigation(list(pages.values()), position="hidden")
    frame.draw()
    with frame.guard():
        page.run()
    frame.last_word()


if __name__ == "__main__":  # Streamlit runs this file as a script
    main()
