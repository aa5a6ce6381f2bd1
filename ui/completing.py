"""What a sentence left open, on Aujourd'hui and on the record's own sheet: each question, settled with one click."""

from collections.abc import Callable

import streamlit as st

from crm.network import Committed
from crm.quick_log import WHO, completing, concerns
from crm.quick_log.completing import Pending
from crm.quick_log.match import Party, party
from crm.records.search import search
from graph_schema.exchanges import Direction
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from ui import address, frame, notices, session, typography
from ui.markup import as_label, door

_WAYS = (Direction.FROM_US, Direction.FROM_THEM, Direction.MUTUAL)
_BUTTONS = 8


def draw_pending(each: Pending) -> None:
    """Every question of it, for who may edit."""
    if not session.may_edit():
        return
    if not each.directed and each.dated:
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
        notices.note(completing.who_is(name), width="content")
        found = completing.meant(network, name, session.today()) or _searched(key)
        for party in found:
            words = f"{party.caption} · {party.detail}"
            if st.button(as_label(words), key=f"meant-{key}-{party.key}"):
                _do(lambda party=party: completing.choose(network, each.id, name, _ids(party)))  # type: ignore[misc]
        if name != WHO:
            href = address.link(address.PARTNERS, faire="ajouter", nom=name)
            st.html(door("L'ajouter au réseau", href, "small"), width="content")
        if st.button("Laisser de côté", key=f"aside-{key}", type="tertiary"):
            _do(lambda: completing.leave_aside(network, each.id, name))


def _searched(key: str) -> list[Party]:
    """Who is found by what is typed, where the name alone leads to nobody."""
    text = st.text_input(
        "Chercher dans le réseau", key=f"search-{key}", type="search", live="300ms", label_visibility="collapsed",
        placeholder="Chercher dans le réseau", width=260,
    )  # fmt: skip
    hits = search(session.network(), text or "", SCHEMA.partners, _BUTTONS)
    parties = (party(session.network(), hit.record.id, session.today()) for hit in hits)
    return [each for each in parties if each]


def _doubt(each: Pending, question: str) -> None:
    """A question of what it was about, answered by one of these records; any other, by the exchange's own sheet."""
    subjects = completing.topic(session.network(), each.id, question)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        notices.note(question, width="content")
        if subjects:
            _topic(each, question, subjects)
            return
        href = address.link(address.PARTNERS, fiche=each.id, faire="modifier")
        st.html(door("Le dire sur sa fiche", href, "small"), width="content")
        if st.button("C'est réglé", key=f"doubt-{each.id}-{question}", type="tertiary"):
            _do(lambda: completing.answered(session.network(), each.id, question))


def _topic(each: Pending, question: str, subjects: list[NodeRecord]) -> None:
    """A button for each record that may be meant; a list, where there are many."""
    names = {one.id: concerns.name(one, session.today()) for one in subjects}
    chosen = None
    if len(names) <= _BUTTONS:
        for id, words in names.items():
            if st.button(as_label(words), key=f"topic-{each.id}-{id}"):
                chosen = id
    else:
        shown = typography.shown(names.__getitem__)
        chosen = st.selectbox(
            question, [*names], None, key=f"topic-{each.id}-{question}", format_func=shown, placeholder="Choisir",
            label_visibility="collapsed",
        )  # fmt: skip
    if chosen:
        _do(lambda: completing.concern(session.network(), each.id, question, chosen))
    if st.button("Laisser de côté", key=f"aside-{each.id}-{question}", type="tertiary"):
        _do(lambda: completing.leave_aside(session.network(), each.id, question))


def _ids(party: Party) -> tuple[str, ...]:
    return (*party.organisations, *party.people)


def _do(act: Callable[[], Committed[None]]) -> None:
    with frame.guard():
        done = act()
        frame.saved("C'est complété.", done.commit)
        st.rerun()
