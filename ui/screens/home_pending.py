"""« À compléter »: exchanges of which something is not certain, each settled with one click."""

from collections.abc import Callable

import streamlit as st

from crm import completing
from crm.completing import Pending
from crm.network import Committed
from crm.quick_log import WHO, doubts_day
from crm.quick_match import Party
from graph_schema.exchanges import Direction
from graph_schema.wording import count, short_date
from ui import address, frame, notices, session
from ui.markup import Markup, as_label, door, element

SHOW = "a-completer"
_WAYS = (Direction.FROM_US, Direction.FROM_THEM, Direction.MUTUAL)
_OFFERED = 30


def sentence(amount: int) -> Markup:
    """How many exchanges wait, as a door to them."""
    return element("p", door(f"{count(amount, 'échange')} à compléter", address.here(voir=SHOW)), class_="muted")


def show(found: list[Pending]) -> None:
    """Draw what waits, the newest first."""
    st.html(element("h2", "À compléter", id=SHOW))
    if not found:
        st.html(element("p", "Rien à compléter : tous les échanges sont dits en entier.", class_="empty"))
    for each in found[:_OFFERED]:
        with st.container(key=f"pending-{each.id}", border=True, gap="xsmall"):
            _row(each)
    if len(found) > _OFFERED:
        st.caption(f"Et {count(len(found) - _OFFERED, 'autre')} : les suivants viennent à mesure.")


def _row(each: Pending) -> None:
    names = [part for id, name in each.parties for part in (", ", door(name, address.record(id)))][1:]
    way = each.channel.label if each.channel else "Canal non précisé"
    words = door(each.words or "Échange", address.record(each.id))
    facts = element("div", f"{short_date(each.on)} · {way}", " · " if names else "", *names, class_="muted small")
    st.html(element("div", words, facts, class_="pending"))
    if not session.may_edit():
        return
    if not each.directed and not any(map(doubts_day, each.doubts)):  # a guessed day must refresh nothing
        _directions(each)
    for name in each.asked:
        _name(each, name)
    for question in each.doubts:
        _doubt(each, question)


def _directions(each: Pending) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("De qui venait l'échange ?", width="content")
        for way in _WAYS:
            if st.button(way.label, key=f"way-{way.value}-{each.id}"):
                _do(lambda way=way: completing.direct(session.network(), each.id, way))  # type: ignore[misc]


def _name(each: Pending, name: str) -> None:
    network, key = session.network(), f"{each.id}-{name}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        notices.note("Avec qui était-ce ?" if name == WHO else f"Qui est « {name} » ?", width="content")
        for party in completing.meant(network, name, session.today()):
            words = f"{party.caption} · {party.detail}"
            if st.button(as_label(words), key=f"meant-{key}-{party.key}"):
                _do(lambda party=party: completing.choose(network, each.id, name, _ids(party)))  # type: ignore[misc]
        if name != WHO:
            href = address.link(address.PARTNERS, faire="ajouter", nom=name)
            st.html(door("L'ajouter au réseau", href), width="content")
        if st.button("Laisser de côté", key=f"aside-{key}", type="tertiary"):
            _do(lambda: completing.leave_aside(network, each.id, name))


def _doubt(each: Pending, question: str) -> None:
    """A question that the exchange's own sheet answers."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        notices.note(question, width="content")
        href = address.link(address.PARTNERS, fiche=each.id, faire="modifier")
        st.html(door("Le dire sur sa fiche", href), width="content")
        if st.button("C'est réglé", key=f"doubt-{each.id}-{question}", type="tertiary"):
            _do(lambda: completing.answered(session.network(), each.id, question))


def _ids(party: Party) -> tuple[str, ...]:
    return (*party.organisations, *party.people)


def _do(act: Callable[[], Committed[None]]) -> None:
    with frame.guard():
        done = act()
        frame.saved("Échange complété.", done.commit)
        st.rerun()
