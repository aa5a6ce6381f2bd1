"""« Registre »: all that people enter beside the partners, a list by type that stays, a sheet that opens beside it."""

import streamlit as st

from ui import address, session
from ui.screen import Screen
from ui.screens.partners import sheet
from ui.screens.partners import where as around
from ui.screens.register import create, listing, where


def show() -> None:
    """Draw the page: the types, the list of the one chosen, and what the address opens beside it."""
    type, opened = where.type(), around.record()
    adding = around.act() == around.ADD and not opened and session.may_edit()
    with st.container(key="partners", horizontal=True, gap="medium"):
        with st.container(key="partners-list"):
            listing.show(type)
        if adding or opened:
            with st.container(key="partners-panel", gap="small"):
                if adding:
                    create.show(type)
                else:
                    sheet.show(opened, session.measures())


SCREEN = Screen(address.REGISTER, "Registre", ":material/list_alt:", 30, show, sheets=("partners.css",))
