"""« Reporter »: a partner's reminder put off in two clicks, with the reason if there is one."""

from datetime import date, timedelta

import streamlit as st

from crm.analytics.calls import snoozed
from crm.records import reminders
from graph_schema.snapshot import OrganisationRow
from graph_schema.wording import NBSP, short_date
from ui import address, frame, session
from ui.markup import Markup, element

SPANS = (("1 semaine", timedelta(days=7)), ("2 semaines", timedelta(days=14)), ("1 mois", timedelta(days=30)))
OPENED_BY = ("reporter", "faire")
"""What an address says while this is open: on a list of calls, on a sheet."""

_FARTHEST = timedelta(days=730)


def told(row: OrganisationRow) -> Markup:
    """What a sheet says of a reminder that is put off; nothing when it is not."""
    words = said(row)
    return element("span", words, class_="badge snoozed") if words else Markup("")


def said(row: OrganisationRow) -> str:
    """« relance reportée au … : motif », empty when it is not put off on the day shown."""
    if row.snoozed_until is None or not snoozed(row, session.day()):
        return ""
    reason = f"{NBSP}: {row.snooze_reason}" if row.snooze_reason else ""
    return f"relance reportée au {short_date(row.snoozed_until)}{reason}"


def choice(row: OrganisationRow) -> None:
    """Draw what puts a partner's reminder off: the reason, and until when."""
    id, today = row.id, session.today()
    if snoozed(row, today):
        st.html(element("p", f"{said(row)[:1].upper()}{said(row)[1:]}.", class_="muted small"))
        st.button("Relancer dès maintenant", key=f"wake-{id}", on_click=_wake, args=(row,), width="stretch")
    st.text_input(
        "Motif", key=f"snooze-why-{id}", max_chars=300, placeholder="Facultatif : congés, rappel demandé…",
        autocomplete="off",
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for words, span in SPANS:
            st.button(words, key=f"snooze-{span.days}-{id}", on_click=_snooze, args=(row, today + span))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        chosen = st.date_input(
            "Jusqu'au", today + SPANS[0][1], min_value=today + timedelta(days=1), max_value=today + _FARTHEST,
            key=f"snooze-day-{id}", format="DD/MM/YYYY",
        )  # fmt: skip
        st.button("Reporter", key=f"snooze-then-{id}", type="primary", on_click=_snooze, args=(row, chosen))


def _snooze(row: OrganisationRow, until: date) -> None:
    reason = str(st.session_state.get(f"snooze-why-{row.id}") or "")
    with frame.guard():
        done = reminders.snooze(session.network(), [row.id], until, reason)
        frame.saved(f"Relance de {row.name} reportée au {short_date(until)}.", done.commit)
        _close()


def _wake(row: OrganisationRow) -> None:
    with frame.guard():
        done = reminders.wake(session.network(), [row.id])
        frame.saved(f"{row.name} est de nouveau à contacter.", done.commit)
        _close()


def _close() -> None:
    address.put(**dict.fromkeys(OPENED_BY))
