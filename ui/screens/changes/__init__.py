"""« Évolution »: two days compared in figures, in a list and on the canvas, and how the network grew month by month."""

from datetime import date

import streamlit as st

from crm.measures import measuring
from crm.measures.comparison import Comparison, compared
from crm.measures.measuring import Measures
from graph_schema.wording import long_date
from ui import address, session, timeline
from ui.markup import Markup, element
from ui.nobody import nobody
from ui.screen import Screen
from ui.screens.changes import curves, days, listing


def show() -> None:
    """Draw the page; a network without any partner says what to do first."""
    after = session.measures()
    if not after.relations.snapshot.organisations:
        st.html(nobody("Votre réseau est vide : son évolution se lira ici dès vos premiers partenaires."))
        return
    since = days.draw_days(after)
    timeline.control("changes-timeline")
    comparison = _compared(after, since)
    st.html(_sentence(comparison))
    listing.show_changes(comparison)
    curves.show_curves(after)


def _compared(after: Measures, since: date) -> Comparison:
    with st.spinner(f"Mesure du réseau tel qu'il était le {long_date(since)}…", show_time=True):
        return compared(measuring.measures(session.network(), since), after)


def _sentence(comparison: Comparison) -> Markup:
    before, after = comparison.before.on, comparison.after.on
    words = f"Du {long_date(before)} au {long_date(after)}, {listing.summary(comparison)}"
    return element("p", words, class_="sentence")


SCREEN = Screen(address.CHANGES, "Évolution", ":material/timeline:", 70, show, sheets=("bars.css",))
