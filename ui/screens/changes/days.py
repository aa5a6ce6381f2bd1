"""The two days that « Évolution » compares, both in the address; presets for those that people mean most often."""

from collections.abc import Iterator
from datetime import date

import streamlit as st

from crm import days
from crm.measures.measuring import Measures
from graph_schema.snapshot import Nature
from graph_schema.wording import short_date
from ui import address, session
from ui.markup import element

MONTHS = 3
"""Without a word in the address, the network is compared with what it was so many months before."""

_BEFORE, _AFTER = "changes-before", "changes-after"


def draw_days(after: Measures) -> date:
    """Draw both days with the presets; returns the earlier one."""
    asked = address.day(address.SINCE) or months_before(after.on, MONTHS)
    since = max(days.FIRST, min(asked, after.on))
    st.session_state[_BEFORE], st.session_state[_AFTER] = since, after.on
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="changes-days"):
        st.date_input(
            "Comparer l'état du", key=_BEFORE, min_value=days.FIRST, max_value=after.on, format="DD/MM/YYYY",
            on_change=_put_before, width=180,
        )  # fmt: skip
        st.date_input(
            "avec celui du", key=_AFTER, min_value=days.FIRST, max_value=session.today(), format="DD/MM/YYYY",
            on_change=_put_after, width=180,
        )  # fmt: skip
        chips = [_chip(words, day, since) for words, day in presets(after)]
        st.html(element("nav", *chips, class_="chips", aria_label="Dates proposées"))
    return since


def presets(after: Measures) -> Iterator[tuple[str, date]]:
    """Days with which to compare, each with its name: three months, a year, the last committee, the audit window."""
    yield f"{MONTHS} mois", months_before(after.on, MONTHS)
    yield "un an", months_before(after.on, 12)
    if committee := last_committee(after):
        yield "depuis le dernier comité", committee
    yield "début de la fenêtre d'audit", after.relations.snapshot.since


def last_committee(after: Measures) -> date | None:
    """The day of the latest committee meeting before the day of the measures."""
    engagements = (each for engaged in after.relations.engagements.values() for each in engaged)
    held = (each.starts for each in engagements if each.nature is Nature.MEETING and each.starts < after.on)
    return max(held, default=None)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last one when it has no such day.

    >>> months_before(date(2026, 5, 31), 3), months_before(date(2026, 1, 15), 12)
    (datetime.date(2026, 2, 28), datetime.date(2025, 1, 15))
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:  # a shorter month
            continue
    return date(year, month + 1, day.day)


def _chip(words: str, day: date, since: date) -> str:
    current = "true" if day == since else None
    return element(
        "a",
        words,
        class_="door",
        href=address.here(**{address.SINCE: day}),
        aria_current=current,
        title=short_date(day),
    )


def _put_before() -> None:
    chosen: date | None = st.session_state[_BEFORE]
    address.put(**{address.SINCE: chosen})


def _put_after() -> None:
    chosen: date | None = st.session_state[_AFTER]
    past = chosen if chosen and chosen < session.today() else None
    address.put(**{address.DATE: past})
