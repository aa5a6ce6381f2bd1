"""The page of a list that stays, with a sheet or a form beside it."""

from collections.abc import Callable

import streamlit as st

from crm.measures.measuring import Measures
from ui import session
from ui.screens.partners import sheet, where


def page(draw_list: Callable[[], None], draw_adding: Callable[[], None], measures: Callable[[], Measures]) -> None:
    """Draw the list, and what the address opens beside it, which leaves the list where it is."""
    opened = where.record()
    adding = where.act() == where.ADD and not opened and session.may_edit()
    with st.container(key="partners", horizontal=True, gap="medium"):
        with st.container(key="partners-list"):
            draw_list()
        if adding or opened:
            with st.container(key="partners-panel", gap="small"):
                if adding:
                    draw_adding()
                else:
                    sheet.show_sheet(opened, measures())
