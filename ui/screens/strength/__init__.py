"""« Solidité »: on whom the network hangs, who ties it together, who stands apart, on how few it rests, what to do."""

from collections.abc import Collection

import streamlit as st

from crm.analytics.isolation import Lack
from crm.canvas.state import CanvasState
from crm.measures.measuring import Measures
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.wording import count, listing, number, plural, sentence
from ui import address, session
from ui.markup import Markup, door, element
from ui.nobody import nobody
from ui.screen import Screen
from ui.screens.network import where
from ui.screens.strength import groups, isolated, people, sharing

SHOW = "voir"
"""The parameter that says which lists are shown whole."""


def show() -> None:
    """Draw the page; a network without any partner says what to do first."""
    measures = session.measures()
    if not measures.relations.snapshot.organisations:
        words = "Votre réseau est vide : ajoutez vos premiers partenaires pour savoir sur qui il repose."
        st.html(nobody(words))
        return
    with st.spinner("Mesure de la solidité du réseau…", show_time=True):
        words = _sentence(measures)
    st.html(words)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        people.show_people(measures)
    with right:
        sharing.show_sharing(measures)
        people.show_owners(measures)
        isolated.show_isolated(measures)
    groups.show_groups(measures)


def opened() -> Collection[str]:
    """The lists that the address asks to see whole."""
    return address.texts(SHOW)


def more(name: str, shown: int, total: int, most: int) -> Markup:
    """The door that shows a list whole (at ``most`` so many lines), or its first lines again; nothing when they are all
    of it.
    """
    if total <= shown:
        return Markup("")
    now = address.texts(SHOW)
    after = [each for each in now if each != name] if name in now else [*now, name]
    whole = f"voir les {number(total)}" if total <= most else f"voir les {number(most)} premiers sur {number(total)}"
    words = f"les {shown} premiers" if name in now else whole
    return door(words, address.here(**{SHOW: after}), "small")


def around(id: str) -> Markup:
    """The door to the canvas, opened on a record."""
    return door("Voir sur le réseau", where.around(id), "see")


def without(id: str) -> Markup:
    """The door to the canvas, opened on what goes dark without someone."""
    state = CanvasState(starts=(id,), loss=id)
    return door("Voir ce qui s'éteint", address.link(address.NETWORK, **where.written(state)), "see")


def _losing(people: int, relays: int) -> str:
    parts = [(people, "personne"), (relays, "structure")]
    who = listing([count(amount, noun) for amount, noun in parts if amount])
    return f"{who} vous {plural(people + relays, 'ferait', 'feraient')} perdre des partenaires en partant"


def _sentence(measures: Measures) -> Markup:
    strength = measures.strength
    lacks = {lack: len(found) for lack, found in strength.lacking.items()}
    leaving, relays = len(strength.resilience.on(Person.TYPE)), len(strength.resilience.on(Organisation.TYPE))
    tied, alone = len(strength.pivots), lacks[Lack.TIES]
    said = ["aucun départ ne vous ferait perdre un partenaire"]
    if leaving or relays:
        said = [_losing(leaving, relays)]
    if strength.groups:
        said.append(f"{count(tied, 'pivot')} {plural(tied, 'relie', 'relient')} les groupes de votre réseau")
    if alone:
        said.append(f"{count(alone, 'partenaire')} ne {plural(alone, 'tient', 'tiennent')} qu'à vous")
    if lacks[Lack.PERSON]:
        said.append(
            f"{number(lacks[Lack.PERSON])} n'{plural(lacks[Lack.PERSON], 'a', 'ont')} aucun interlocuteur connu"
        )
    return element("p", sentence(listing(said)), class_="sentence")


SCREEN = Screen(address.STRENGTH, "Solidité", ":material/shield:", 60, show, sheets=("bars.css",))
