"""Adding a partner: few fields first; one that is probably there already is shown before it is doubled."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from crm import organisations
from crm.errors import DuplicateKey, Reseau28Error
from crm.look_alikes import organisations_like
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import NBSP, count
from ui import cursor, forms, frame, session
from ui.look import icon
from ui.markup import Markup, door, element, join, plain
from ui.screens.partners import edit, where

FIRST = ("name", "kind", "postal_code", "city", "siret")
_ALIKE = "create-alike"


def show() -> None:
    """Draw the form."""
    close = element("a", icon(":material/close:"), class_="door close", href=where.to_list(), title="Fermer")
    top = element("div", element("h1", "Ajouter un partenaire"), close, class_="top")
    st.html(element("header", top, class_="sheet"))
    if "create-name" not in st.session_state:  # the form has just been opened
        st.session_state.pop(_ALIKE, None)
    alike: list[NodeRecord] = st.session_state.get(_ALIKE, [])
    told = st.container()
    if alike:
        told.html(_warning(alike))
    kind = SCHEMA.nodes["Organisation"]
    with st.form("create", border=False):
        typed = forms.draw(kind, {}, "create", FIRST)
        with st.expander("Autres champs"):
            rest = [field.name for field in forms.editable(kind) if field.name not in FIRST]
            typed |= forms.draw(kind, {}, "create", rest, edit.known())
        with st.container(horizontal=True):
            sent = st.form_submit_button("Ajouter", key="create-add", type="primary", icon=":material/check:")
            anyway = bool(alike) and st.form_submit_button("Créer quand même", key="create-anyway")
    cursor.put("create-name")
    if sent or anyway:
        with told:
            _create(forms.filled(typed), anyway)


def _create(values: dict[str, Any], anyway: bool) -> None:
    network = session.network()
    try:
        if not anyway and (alike := organisations_like(network, values)):
            st.session_state[_ALIKE] = alike
            st.rerun()
        done = organisations.create(network, values)
    except DuplicateKey as error:
        forms.tell(error)
        if error.existing:
            st.html(element("p", door("Ouvrir le partenaire qui le porte", where.to_record(error.existing))))
        return
    except Reseau28Error as error:
        forms.tell(error)
        return
    st.session_state.pop(_ALIKE, None)
    frame.saved(f"{plain(str(values['name']))} est ajouté à votre réseau.", done.commit)
    where.open(done.value)
    st.rerun()


def _warning(alike: Sequence[NodeRecord]) -> Markup:
    words = f"{count(len(alike), 'partenaire')} du même nom au même endroit{NBSP}: "
    found = [join(" ", door(session.caption(each), where.to_record(each.id)), _town(each)) for each in alike]
    return element("p", icon(":material/warning:"), " ", words, *found, class_="warning", role="alert")


def _town(record: NodeRecord) -> str:
    town = record.values.get("city")
    return f" ({town})" if town else ""
