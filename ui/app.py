"""The application's script, run at each interaction: the frame, then the page that the address names."""

import streamlit as st

from ui import address, frame, typography
from ui.screens import screens


def main() -> None:
    """Draw one run of the application."""
    typography.install()
    # An icon on a page would become the browser's, fetched from another host: icons belong to the menu only.
    pages = {
        screen.path: st.Page(
            screen.show,
            title=f"{screen.title} · Réseau 28",
            url_path=screen.path or "aujourd-hui",
            default=screen.path == address.HOME,
        )
        for screen in screens()
    }
    address.declare(pages)
    page = st.navigation(list(pages.values()), position="hidden")
    frame.draw()
    with frame.guard():
        page.run()
    frame.last_word()


if __name__ == "__main__":  # Streamlit runs this file as a script
    main()
