"""« Partenaires »: a list that stays, a sheet that opens beside it."""

import streamlit as st

from ui import address, session
from ui.screen import Screen
from ui.screens.partners import create, listing, sheet, where


def show() -> None:
    """Draw the page: the list, and what the address opens beside it, which leaves the list where it is."""
    measures = session.measures()
    opened = where.record()
    adding = where.act() == where.ADD and not opened and session.may_edit()
    with st.container(key="partners", horizontal=True, gap="medium"):
        with st.container(key="partners-list"):
            listing.show(measures)
        if adding or opened:
            with st.container(key="partners-panel", gap="small"):
                if adding:
                    create.show()
                else:
                    sheet.show(opened, measures)


SCREEN = Screen(address.PARTNERS, "Partenaires", ":material/groups:", 20, show, sheets=("partners.css",))
