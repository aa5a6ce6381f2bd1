"""« Partenaires »: a list that stays, a sheet that opens beside it."""

import re
from pathlib import Path

import streamlit as st

from ui import address, session
from ui.screens.partners import create, listing, sheet, where

_STYLE = Path(__file__).parents[2] / "static" / "partners.css"
_PLAIN = re.compile(r"[\w-]+", re.ASCII)
"""Ids that may stand in a style."""

_LIST = '[data-testid="stColumn"]:has(.st-key-partners-list)'
_PANEL = '[data-testid="stColumn"]:has(.st-key-partners-panel)'


def show() -> None:
    """Draw the page: the list, and what the address opens beside it."""
    opened = where.record()
    adding = where.act() == where.ADD and not opened and session.may_edit()
    st.html(_STYLE)
    # Both columns are always there, so that opening or closing a sheet moves nothing in the list: only a style changes.
    st.html(f"<style>{_beside(opened) if opened or adding else _alone()}</style>")
    left, right = st.columns([1, 1.1], gap="medium")
    with left, st.container(key="partners-list"):
        listing.show()
    with right, st.container(key="partners-panel", gap="small"):
        if adding:
            create.show()
        elif opened:
            sheet.show(opened)
        else:
            st.html("<span></span>")


def _alone() -> str:
    return f"{_PANEL} {{ display: none; }}"


def _beside(opened: str) -> str:
    """Its row is marked; and where there is no room for both, what is opened takes it all."""
    narrow = f"@media (max-width: 1150px) {{ {_LIST} {{ display: none; }} }}"
    if not _PLAIN.fullmatch(opened):
        return narrow
    row = f'table.partners tr:has(a.name[href$="{address.RECORD}={opened}"])'
    return f"{row} {{ background: var(--soft); box-shadow: inset 3px 0 0 var(--accent); }} {narrow}"
