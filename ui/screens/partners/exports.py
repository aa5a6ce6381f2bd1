"""What takes the list of partners elsewhere, as it is narrowed, put in order and shown. Made only when asked for."""

from dataclasses import replace
from functools import partial

import streamlit as st

from crm.documents.gate import Outgoing
from crm.measures import partners
from crm.measures.measuring import Measures
from crm.measures.partners import Filters, Order
from crm.records.search import partners_found
from ui import partners_sheet, session, taking


def show_partner_files(
    measures: Measures, wanted: Filters, order: tuple[Order, bool], columns: tuple[Order, ...]
) -> None:
    """Draw the doors to the files."""
    # What is inside is made only once it is open: a download is a widget, and a list has enough to draw.
    with st.popover("Emporter", icon=":material/download:", key="partners-exports", on_change="rerun") as opened:
        if not opened.open:
            return
        name = f"partenaires-{measures.on.isoformat()}"
        for words, ending, glyph in (
            ("Tableur", ".xlsx", ":material/table_view:"),
            ("Fichier CSV", ".csv", ":material/csv:"),
        ):
            made = partial(_outgoing, measures, wanted, order, columns, ending)
            key = f"partners-{ending.removeprefix('.')}"
            taking.take(session.network(), words, f"{name}{ending}", made, key=key, icon=glyph, width="stretch")
        st.caption("Toute la liste, avec ses filtres, son ordre et ses colonnes.")


def _outgoing(
    measures: Measures, wanted: Filters, order: tuple[Order, bool], columns: tuple[Order, ...], ending: str,
    opposed: frozenset[str],
) -> Outgoing:  # fmt: skip
    if wanted.text:  # the screen looks at the first ones only
        wanted = replace(wanted, found=partners_found(session.network(), wanted.text))
    found = partners.listing(measures, wanted, *order).partners
    return partners_sheet.outgoing(found, columns, measures.on, ending)
