"""What takes a list elsewhere, as it is narrowed and put in order. Made only when asked for."""

from functools import partial

import streamlit as st

from crm.documents.gate import Outgoing
from crm.network import Network
from crm.network.opposition import withheld
from crm.records import register
from crm.records.register import Wanted
from graph_schema.registry import SCHEMA
from ui import notices, register_sheet, session, taking
from ui.screens.register import where


def show_register_files(wanted: Wanted) -> None:
    """Draw the doors to the files."""
    # What is inside is made only once it is open: a download is a widget, and a list has enough to draw.
    with st.popover("Emporter", icon=":material/download:", key="register-exports", on_change="rerun") as opened:
        if not opened.open:
            return
        network, name = session.network(), f"{where.word(wanted.type)}-{session.today().isoformat()}"
        for words, ending, key, glyph in (
            ("Tableur", ".xlsx", "register-xlsx", ":material/table_view:"),
            ("Fichier CSV", ".csv", "register-csv", ":material/csv:"),
        ):
            made = partial(_outgoing, network, wanted, ending)
            taking.take(network, words, f"{name}{ending}", made, key=key, icon=glyph, width="stretch")
        plural = SCHEMA.nodes[wanted.type].about.plural.lower()
        st.caption(f"Toute la liste ({plural}), avec ses filtres et son ordre.")
        if wanted.type in SCHEMA.partners and (many := register.leaving(network, wanted).withheld):
            notices.note(withheld(many))


def _outgoing(network: Network, wanted: Wanted, ending: str, opposed: frozenset[str]) -> Outgoing:
    return register_sheet.outgoing(wanted.type, register.leaving(network, wanted), ending)
