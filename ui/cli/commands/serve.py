"""Serving the application."""

import os
import sys
import threading
import webbrowser

import click

from ui.cli import output
from ui.cli.command import Command, Session, pass_session
from ui.cli.values import Whole


@click.command(cls=Command, rank=10)
@click.option(
    "--host", default="127.0.0.1", metavar="ADRESSE", help="Où écouter (127.0.0.1 : cette machine seulement)."
)
@click.option("--port", type=Whole(0, 65535), default=8501, metavar="PORT", help="Port (8501 ; 0 : un port libre).")
@click.option("--no-browser", is_flag=True, help="Ne pas ouvrir le navigateur.")
@click.option("--login", is_flag=True, help="Demander un compte même sur cette machine.")
@pass_session
def serve(session: Session, host: str, port: int, no_browser: bool, login: bool) -> None:
    """Ouvrir l'application ; Ctrl-C l'arrête (code de sortie 0)."""
    from ui import server  # Streamlit takes a second to load, which the other commands need not wait for

    def ready(address: str) -> None:
        session.give({"url": address}, lambda: [f"Réseau 28 : {address} (Ctrl-C pour arrêter)"])
        if not no_browser and _has_browser():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    server.serve(session.place(), host, port, login=login, on_ready=ready, say=output.say)
    output.say("Réseau 28 est arrêté.")


def _has_browser() -> bool:
    """Whether a window can be opened for someone; a text browser would take the terminal over."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
