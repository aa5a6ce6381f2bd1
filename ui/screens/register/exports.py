"""What takes a list elsewhere, as it is narrowed and put in order. Made only when asked for."""

import streamlit as st

from crm.network import Network
from crm.network.opposition import withheld
from crm.records import register
from crm.records.register import Wanted
from graph_schema.registry import SCHEMA
from ui import notices, register_sheet, session, spreadsheets
from ui.screens.register import where


def show(wanted: Wanted) -> None:
    """Draw the doors to the files."""
    # What is inside is made only once it is open: a download is a widget, and a list has enough to draw.
    with st.popover("Emporter", icon=":material/download:", key="register-exports", on_change="rerun") as opened:
        if not opened.open:
            return
        network, name = session.network(), f"{where.word(wanted.type)}-{session.today().isoformat()}"
        st.download_button(
            "Tableur", lambda: spreadsheets.workbook_bytes([_table(network, wanted)]), f"{name}.xlsx",
            spreadsheets.XLSX_MIME, key="register-xlsx", icon=":material/table_view:", on_click="ignore",
            width="stretch",
        )  # fmt: skip
        st.download_button(
            "Fichier CSV", lambda: spreadsheets.csv_bytes(*_table(network, wanted)[1:]), f"{name}.csv",
            spreadsheets.CSV_MIME, key="register-csv", icon=":material/csv:", on_click="ignore", width="stretch",
        )  # fmt: skip
        plural = SCHEMA.nodes[wanted.type].about.plural.lower()
        st.caption(f"Toute la liste ({plural}), avec ses filtres et son ordre.")
        if wanted.type in SCHEMA.partners and (many := register.leaving(network, wanted).withheld):
            notices.note(withheld(many))


def _table(network: Network, wanted: Wanted) -> spreadsheets.Table:
    return register_sheet.table(wanted.type, register.leaving(network, wanted))
