"""The buttons by which a document is taken away: each is made, and passes the gate, once it is asked for."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from crm.documents.gate import Outgoing, leave
from crm.network import Network

Width = Literal["content", "stretch"]

MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv",
    "ics": "text/calendar", "html": "text/html", "svg": "image/svg+xml", "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
}  # fmt: skip


def take(
    network: Network, words: str, name: str, make: Callable[[frozenset[str]], Outgoing], *, key: str, icon: str,
    plain: bool = False, width: Width = "content", help: str | None = None,
) -> None:  # fmt: skip
    """Draw the button that says ``words`` and gives the file ``name``, of what ``make`` makes for the gate.

    It is made outside of the session, so with the rights of the ``network`` that is given.
    """
    st.download_button(
        words, lambda: leave(network, name, make).content, name, MIMES[name.rpartition(".")[2]], key=key, icon=icon,
        on_click="ignore", type="tertiary" if plain else "secondary", width=width, help=help,
    )  # fmt: skip
