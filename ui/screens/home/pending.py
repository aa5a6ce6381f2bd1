"""« À compléter »: exchanges and actions of which something is not certain, each settled with one click."""

import streamlit as st

from crm.quick_log.completing import SHOWN, Amount, Pending
from graph_schema.committees import Action
from graph_schema.wording import count, short_date
from ui import address, completing, paging
from ui.markup import Markup, door, element

SHOW = "a-completer"
PAGE = 30
"""So many are shown at once; the address asks for more."""


def sentence(amount: Amount) -> Markup:
    """How many wait, as a door to them."""
    return element("p", door(f"{amount.words} à compléter", address.here(voir=SHOW)), class_="muted")


def asked() -> int:
    """How many are to be shown."""
    return min(paging.shown(PAGE), SHOWN)


def show_pending(found: list[Pending], amount: Amount) -> None:
    """Draw what waits, the newest first."""
    st.html(element("h2", "À compléter", id=SHOW))
    if not found:
        st.html(element("p", "Rien à compléter : tout est dit en entier.", class_="empty"))
    for each in found:
        with st.container(key=f"pending-{each.id}", border=True, gap="xsmall"):
            _row(each)
    if more := paging.more(min(sum(amount), SHOWN), PAGE):
        st.html(more)
    if len(found) == SHOWN and (left := sum(amount) - SHOWN) > 0:
        st.caption(f"Et {count(left, 'autre')} : les suivants viennent à mesure.")


def _row(each: Pending) -> None:
    names = [part for id, name in each.parties for part in (", ", door(name, address.record(id)))][1:]
    words = door(each.words or "Échange", address.record(each.id))
    facts = element("div", _when(each), " · " if names else "", *names, class_="muted small")
    st.html(element("div", words, facts, class_="pending"))
    completing.draw_pending(each)


def _when(each: Pending) -> str:
    if each.type == Action.TYPE:
        return f"À faire pour le {short_date(each.on)}" if each.on else "À faire, sans échéance"
    way = each.channel.label if each.channel else "Canal non précisé"
    return f"{short_date(each.on)} · {way}" if each.on else way
