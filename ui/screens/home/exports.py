"""What takes the calls elsewhere: a spreadsheet of the list, a calendar of the plan. Made only when asked for."""

from functools import partial

import streamlit as st

from crm.documents.calls import draft
from crm.documents.gate import Outgoing
from crm.measures import calls as call_lists
from crm.measures.measuring import Measures
from crm.network import Network
from graph_schema.wording import count
from ui import session, taking

_CALENDAR = "Une journée par relance prévue ; importer à nouveau met à jour au lieu d'ajouter."


def show_call_files(measures: Measures, owner: str | None) -> None:
    """Draw the doors to the files."""
    due = call_lists.call_list(measures).of(owner)
    if not due:
        return
    # What is inside is made only once it is open: a download is a widget, and this page has enough to draw.
    with st.popover("Emporter", icon=":material/download:", key="home-exports", on_change="rerun") as opened:
        if not opened.open:
            return
        network, name = session.network(), f"relances-{measures.on.isoformat()}"
        for words, ending, key, glyph, help in (
            (f"Tableur, {count(len(due), 'relance')}", ".xlsx", "home-xlsx", ":material/table_view:", None),
            ("Fichier CSV", ".csv", "home-csv", ":material/csv:", None),
            ("Agenda, cette semaine et la suivante", ".ics", "home-ics", ":material/event:", _CALENDAR),
        ):
            made = partial(calls, network, measures, owner, ending)
            taking.take(network, words, f"{name}{ending}", made, key=key, icon=glyph, width="stretch", help=help)


def calls(network: Network, measures: Measures, owner: str | None, ending: str, opposed: frozenset[str]) -> Outgoing:
    """One colleague's calls, or everyone's, as a file: all of them, or as a calendar those of the plan."""
    days = call_lists.planned(call_lists.plan(network, measures, owner).days)[1]
    due = call_lists.call_list(measures).of(owner)
    return draft(network, measures, call_lists.lines(network, measures, due, days), ending)
