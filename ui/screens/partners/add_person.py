"""Adding someone to an organisation: a new person, or one already known who takes one more role."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from crm.errors import Reseau28Error
from crm.network import Committed
from crm.records import people
from crm.records.look_alikes import people_like
from crm.records.search import search
from crm.records.sheet import Sheet
from graph_schema.people import Person, WorksFor
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from ui import cursor, forms, frame, session, typography
from ui.markup import door, element, join
from ui.screens.partners import where

PERSON = ("civility", "given_name", "family_name", "email", "phone", "mobile")
ROLE = ("role", "main", "valid_from")
NEW, KNOWN = "Nouvelle personne", "Déjà connue"
_ALIKE = "person-alike"


def show_new_person(sheet: Sheet) -> None:
    """Draw the form that suits: someone new, or someone to be found."""
    mode = st.segmented_control(
        "Qui ajouter", [NEW, KNOWN], default=NEW, key="person-mode", label_visibility="collapsed"
    )  # fmt: skip
    if mode == KNOWN:
        _known(sheet)
    else:
        _new(sheet)


def _new(sheet: Sheet) -> None:
    if "person-family_name" not in st.session_state:
        st.session_state.pop(_ALIKE, None)
    alike: list[NodeRecord] = st.session_state.get(_ALIKE, [])
    told = st.container()
    if alike:
        names = [join(" ", door(session.caption(each), where.to_record(each.id))) for each in alike]
        words = "Déjà dans le réseau, peut-être la même personne :"
        told.html(
            element("p", words, *names, ". Si c'est elle, choisissez « Déjà connue ».", class_="warning", role="alert")
        )
    with st.form("person", border=False):
        person = forms.draw(SCHEMA.nodes[Person.TYPE], {}, "person", PERSON)
        role = forms.draw(SCHEMA.links[WorksFor.TYPE], {}, "person-role", ROLE)
        with st.container(horizontal=True):
            sent = st.form_submit_button("Ajouter", key="person-add", type="primary", icon=":material/check:")
            anyway = bool(alike) and st.form_submit_button("Créer quand même", key="person-anyway")
    cursor.put("person-given_name")
    if sent or anyway:
        with told:
            _add(sheet, forms.filled(person), forms.filled(role), anyway)


def _add(sheet: Sheet, person: Mapping[str, Any], role: Mapping[str, Any], anyway: bool) -> None:
    network = session.network()
    if not anyway and (alike := people_like(network, person)):
        st.session_state[_ALIKE] = alike
        st.rerun()
    try:
        done = people.add(network, sheet.record.id, person, role)
    except Reseau28Error as error:
        forms.tell(error)
        return
    st.session_state.pop(_ALIKE, None)
    _done(sheet, str(person["family_name"]), done)


def _known(sheet: Sheet) -> None:
    text = st.text_input(
        "Chercher une personne", key="person-search", type="search", live="300ms", placeholder="Nom, courriel…"
    )  # fmt: skip
    cursor.put("person-search")
    found = [hit.record for hit in search(session.network(), text or "", [Person.TYPE], 20)]
    if text and not found:
        st.caption("Personne de ce nom : vérifiez l'orthographe, ou choisissez « Nouvelle personne ».")
    if not found:
        return
    told = st.container()
    with st.form("role", border=False):
        chosen = st.selectbox("Personne", found, key="role-person", format_func=typography.shown(_who))
        role = forms.draw(SCHEMA.links[WorksFor.TYPE], {}, "role", ROLE)
        sent = st.form_submit_button("Ajouter ce rôle", key="role-add", type="primary", icon=":material/check:")
    if sent:
        with told:
            try:
                done = people.join(session.network(), chosen.id, sheet.record.id, forms.filled(role))
            except Reseau28Error as error:
                forms.tell(error)
                return
            _done(sheet, session.caption(chosen), done)


def _who(person: NodeRecord) -> str:
    details: Sequence[str] = [
        str(person.values[name]) for name in ("email", "phone", "mobile") if name in person.values
    ]
    return " · ".join([session.caption(person), *details[:1]])


def _done(sheet: Sheet, name: str, done: Committed[str]) -> None:
    frame.saved(f"{name} est parmi les personnes de {sheet.caption}.", done.commit)
    where.done()
    st.rerun()
