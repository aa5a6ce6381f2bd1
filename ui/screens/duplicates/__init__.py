"""« Doublons »: two records that may be one partner side by side, what agrees, what differs, and a decision by key."""

from collections import Counter

import streamlit as st

from crm.duplicates.merging import beside
from crm.duplicates.scan import Pair, duplicates
from crm.duplicates.scoring import Sureness
from crm.errors import NotFound
from graph_schema.wording import count, listing, lowered, number
from ui import address, frame, session
from ui.markup import Markup, cell, door, element, heading, table
from ui.nobody import nobody
from ui.remembered import remembered
from ui.screen import Screen
from ui.screens.duplicates import deciding, sides

_LISTED = 50
"""So many pairs are listed under the one that is decided; the rest come as they go."""


def show() -> None:
    """Draw the page; a network without any partner says what to do first."""
    measures = session.measures(session.today())
    if not measures.relations.snapshot.organisations:
        st.html(nobody("Votre réseau est vide : les partenaires saisis deux fois se régleront ici."))
        return
    head = session.network().read(lambda tx: tx.head().number)  # an answer is a commit that changes no record
    with st.spinner("Recherche des doublons…", show_time=True):
        found = remembered(measures, ("duplicates", head), lambda: duplicates(session.network(), whole=True))
    st.html(_sentence(found))
    with frame.guard():
        deciding.draw_last()
    waiting = [pair for pair in found if not deciding.postponed(pair.ids)]
    ids = deciding.chosen(waiting or found)
    if ids is None:
        st.html(element("p", "Aucun doublon à regarder : rien à faire ici.", class_="empty"))
        return
    try:
        comparison = beside(session.network(), *ids)
    except NotFound:
        words = "Une de ces deux fiches n'existe plus. "
        st.html(element("p", words, door("Voir les autres", deciding.to_pair(None)), class_="empty"))
        return
    pair = next((each for each in found if each.ids == frozenset(ids)), None)
    with frame.guard():
        st.html(sides.head(comparison, pair))
        decision = st.container()  # above the fields of which it takes the choices
        taken = sides.draw(comparison)
        with decision:
            deciding.draw_decision(comparison, taken)
    if others := [each for each in found if each.ids != frozenset(ids)]:
        st.html(_list(others))


def _sentence(found: list[Pair]) -> Markup:
    if not found:
        return element("p", "Aucun partenaire ne semble saisi deux fois.", class_="sentence")
    amounts = Counter(pair.likeness.strength for pair in found)
    said = [count(amounts[strength], lowered(strength.label)) for strength in Sureness if amounts[strength]]
    words = f"{count(len(found), 'paire')} à regarder : {listing(said)}."
    return element("p", words, class_="sentence")


def _list(others: list[Pair]) -> Markup:
    rows = (
        (
            cell(door(f"{pair.one.name} et {pair.other.name}", deciding.to_pair((pair.one.id, pair.other.id)))),
            cell(pair.one.city or pair.other.city),
            cell(pair.likeness.strength.label),
            cell(", ".join(pair.likeness.reasons), class_="muted"),
        )
        for pair in others[:_LISTED]
    )
    title = f"Les autres ({number(len(others))})"
    return element("section", heading(title), table(("Fiches", "Ville", "Force", "Pourquoi"), rows))


SCREEN = Screen(address.DUPLICATES, "Doublons", ":material/join_inner:", 75, show, sheets=("duplicates.css",))
