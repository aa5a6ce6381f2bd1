"""The form that logs an exchange: one line and Enter; the rest is already what it most often is."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from crm import exchanges
from crm.errors import Reseau28Error
from crm.network import Committed
from graph_schema.exchanges import Channel, Direction
from ui import cursor, forms, session

_CHANNELS: Sequence[Channel] = tuple(Channel)
_DIRECTIONS: Sequence[Direction] = tuple(Direction)


class Party(NamedTuple):
    """Someone with whom an exchange may have been: in words, and the ids that it involves."""

    words: str
    organisations: tuple[str, ...]
    people: tuple[str, ...] = ()


def draw(key: str, parties: Sequence[Party]) -> Committed[str] | None:
    """Draw the form, the first of ``parties`` chosen; returns what was just saved, if it was.

    What cannot be saved is told in one sentence, and what was typed stays.
    """
    with st.form(f"exchange-{key}", border=False):
        subject = st.text_input(
            "En une ligne", key=f"said-{key}", placeholder="Ce qui s'est dit ; Entrée pour enregistrer",
            max_chars=500, autocomplete="off",
        )  # fmt: skip
        by, way, who, when = st.columns([1, 1, 1.5, 1.2])
        channel = by.selectbox("Canal", _CHANNELS, key=f"channel-{key}", format_func=lambda each: each.label)
        direction = way.selectbox(
            "Sens", _DIRECTIONS, _DIRECTIONS.index(Direction.MUTUAL), key=f"direction-{key}",
            format_func=lambda each: each.label, help="« De nous » : message laissé, sans réponse encore.",
        )  # fmt: skip
        party = who.selectbox("Avec", parties, key=f"party-{key}", format_func=lambda each: each.words)
        today = session.today()
        on = when.date_input("Date", today, max_value=today, key=f"on-{key}", format="DD/MM/YYYY")
        sent = st.form_submit_button("Enregistrer", key=f"save-{key}", type="primary", icon=":material/check:")
    cursor.put(f"said-{key}")
    if not sent:
        return None
    try:
        return exchanges.log(
            session.network(), party.organisations, party.people,
            on=on, channel=channel, direction=direction, subject=subject,
        )  # fmt: skip
    except Reseau28Error as error:
        forms.tell(error)
        return None
