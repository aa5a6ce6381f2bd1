"""Time on the canvas: the slider that plays the life of the network, and the day with which it is compared."""

from datetime import date

import streamlit as st

from crm import days
from crm.canvas.state import CanvasState
from graph_schema.wording import short_date
from ui import address, session, timeline
from ui.markup import element
from ui.screens.changes.days import presets

_SINCE = "network-since"


def show_time(state: CanvasState) -> None:
    """Draw both on one line; moving the slider runs the page anew on the day chosen."""
    with st.container(key="network-time", horizontal=True, vertical_alignment="center", gap="small"):
        timeline.control("network-timeline")
        _comparing(state.compare)


def _comparing(since: date | None) -> None:
    compared = since is not None and since < session.day()
    words = f"comparé au {short_date(since)}" if since and compared else "Comparer avec le…"
    menu = st.popover(
        words, icon=":material/compare_arrows:", type="tertiary", key="network-compare", on_change="rerun"
    )
    if not menu.open:
        return
    # The address may name any day; the field refuses, with the whole page, one that it does not offer.
    st.session_state[_SINCE] = since if since and days.FIRST <= since <= session.day() else None
    with menu:
        st.date_input(
            "Comparer avec le", None, key=_SINCE, min_value=days.FIRST, max_value=session.day(), format="DD/MM/YYYY",
            on_change=_put,
        )  # fmt: skip
        chips = [_chip(name, day, since) for name, day in presets(session.measures())]
        if since:
            chips.append(_chip("ne plus comparer", None, since))
        st.html(element("nav", *chips, class_="chips", aria_label="Dates proposées"))


def _chip(words: str, day: date | None, since: date | None) -> str:
    current = "true" if day == since else None
    return element("a", words, class_="door", href=address.here(**{address.SINCE: day}), aria_current=current)


def _put() -> None:
    chosen: date | None = st.session_state[_SINCE]
    address.put(**{address.SINCE: chosen})
