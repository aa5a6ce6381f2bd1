"""« Créer une action » for a white zone: what, who, by when; nothing to type when the words offered will do."""

from datetime import timedelta

import streamlit as st

from crm.analytics.filling import WarmPath
from crm.analytics.white_zones import WhiteZone
from crm.errors import Reseau28Error
from crm.records import actions
from graph_schema.wording import NBSP, listing, short_date
from ui import address, forms, frame, session
from ui.screens.territory.where import ACTION

_TERM = timedelta(days=30)


def form(zone: WhiteZone, way: WarmPath) -> None:
    """Draw the form; once saved, the action stands in the week that « Aujourd'hui » plans."""
    today = session.today()
    with st.form("territory-action", border=True):
        title = st.text_input("Quoi", wording(zone), key="action-title", max_chars=300, autocomplete="off")
        who, when, save = st.columns([1.4, 1, 1], vertical_alignment="bottom")
        owner = who.text_input("Qui, chez nous", session.actor().name, key="action-owner", max_chars=120)
        due = when.date_input("Pour le", today + _TERM, min_value=today, key="action-due", format="DD/MM/YYYY")
        sent = save.form_submit_button("Créer l'action", key="action-save", type="primary", width="stretch")
    if not sent:
        return
    try:
        done = actions.create(session.network(), title, owner=owner, due_on=due, follows=answered(zone, way))
    except Reseau28Error as error:
        forms.tell(error)
        return
    frame.saved(f"Action créée : {title}, pour le {short_date(due)}.", done.commit)
    address.put(**{ACTION: None})
    st.rerun()


def wording(zone: WhiteZone) -> str:
    """What there is to do, in words that may be changed."""
    return f"Chercher un partenaire « {zone.function.label} »{NBSP}: {listing(zone.names, limit=2)}"


def answered(zone: WhiteZone, way: WarmPath) -> list[str]:
    """The organisation that the action is about: the one to be reached first, else the one to ask."""
    targets = [each.target for each in way.introductions[:1]] or list(way.candidates[:1])
    return targets or ([zone.nearest] if zone.nearest else [])
