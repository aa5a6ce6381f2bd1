"""A slider over the life of the network: one step a month, moved by hand, by keyboard, or played."""

from datetime import date
from pathlib import Path

import streamlit as st

from crm.measures import growth
from graph_schema.wording import long_date
from ui import address, session

_STATIC = Path(__file__).parent / "static"
_component = st.components.v2.component(
    "reseau28-timeline",
    html=(_STATIC / "timeline.html").read_text(encoding="utf-8"),
    css=(_STATIC / "timeline.css").read_text(encoding="utf-8"),
    js=(_STATIC / "timeline.js").read_text(encoding="utf-8"),
)


def draw_timeline(key: str, first: date, last: date, current: date) -> date | None:
    """Draw the slider from the month of ``first`` to ``last``, at ``current``; returns the day just chosen, else None.

    Steps are the last days of months, then ``last``; a ``current`` in between stands at the next one, and keeps its own
    words. While it plays, each step waits until the one before is shown: the page sets the pace.
    """
    days = growth.month_ends(min(first, last), last)
    at = next((number for number, day in enumerate(days) if day >= current), len(days) - 1)
    result = _component(
        key=key,
        data={
            "days": [day.isoformat() for day in days],
            "words": [long_date(day) for day in days],
            "at": at,
            "current": long_date(current),
        },
        on_day_change=lambda: None,
    )
    chosen = str(result.get("day") or "")
    return date.fromisoformat(chosen) if chosen in {day.isoformat() for day in days} else None


def control(key: str) -> None:
    """Draw the slider over the life of the network: it moves the day on which every screen shows it."""
    last = session.today()
    chosen = draw_timeline(key, growth.begins(session.network(), session.measures(), last), last, session.day())
    if chosen is not None and chosen != session.day():
        address.put(**{address.DATE: chosen if chosen < last else None})
        st.rerun()
