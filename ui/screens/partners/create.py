"""Adding a partner: few fields first; one that is probably there already is shown before it is doubled."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from crm.errors import DuplicateKey, Reseau28Error
from crm.network import Network
from crm.records import organisations
from crm.records.look_alikes import organisations_like
from crm.records.search import search
from graph_schema.organisations import Organisation
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.wording import NBSP, count
from ui import address, cursor, forms, frame, kinds, session
from ui.look import icon
from ui.markup import Markup, door, element, join
from ui.screens.partners import edit, where

LIVE, FIRST = ("name", "siret"), ("postal_code", "city")
"""What is looked up while it is typed (the kind follows from it), and what comes next."""

NAME = "nom"
"""The name that an address may bring along."""

_NEAR, _ENOUGH = 5, 4
_ALIKE = "create-alike"


def show_new_partner() -> None:
    """Draw the form."""
    close = element("a", icon(":material/close:"), class_="door close", href=where.to_list(), title="Fermer")
    top = element("div", element("h1", "Ajouter un partenaire"), close, class_="top")
    st.html(element("header", top, class_="sheet"))
    if "create-name" not in st.session_state:  # the form has just been opened
        st.session_state.pop(_ALIKE, None)
        if address.text(NAME):
            st.session_state["create-name"] = address.text(NAME)[:200]
    alike: list[NodeRecord] = st.session_state.get(_ALIKE, [])
    told = st.container()
    if alike:
        told.html(_warning(alike))
    kind = SCHEMA.nodes[Organisation.TYPE]
    _live()
    with st.form("create", border=False):
        typed = forms.draw(kind, {}, "create", FIRST)
        with st.expander("Autres champs"):
            rest = [field.name for field in forms.editable(kind) if field.name not in ("kind", *LIVE, *FIRST)]
            typed |= forms.draw(kind, {}, "create", rest, edit.known())
        with st.container(horizontal=True):
            sent = st.form_submit_button("Ajouter", key="create-add", type="primary", icon=":material/check:")
            anyway = bool(alike) and st.form_submit_button("Créer quand même", key="create-anyway")
    cursor.put("create-name")
    typed |= {name: str(st.session_state.get(f"create-{name}") or "").strip() for name in (*LIVE, "kind")}
    if sent or anyway:
        with told:
            _create(forms.filled(typed), anyway)


@st.fragment
def _live() -> None:
    """Name, SIRET and kind; who bears them already, or nearly, and the kind that the name tells, show at once."""
    fields = SCHEMA.nodes[Organisation.TYPE].fields
    left, right = st.columns(2)
    name = left.text_input(
        f"{fields['name'].about.label} *", key="create-name", live="300ms", autocomplete="off", max_chars=200
    )  # fmt: skip
    siret = right.text_input(
        fields["siret"].about.label, key="create-siret", live="300ms", autocomplete="off",
        help=fields["siret"].about.help,
    )  # fmt: skip
    kinds.draw_kind("create", name)
    if found := near(session.network(), name or "", siret or ""):
        doors = [
            join(", " if index else " ", door(session.caption(each), where.to_record(each.id)), _town(each))
            for index, each in enumerate(found)
        ]
        st.html(element("p", f"Déjà dans le réseau{NBSP}:", *doors, ".", class_="warning", role="status"))


def near(network: Network, name: str, siret: str) -> list[NodeRecord]:
    """Who bears this SIRET, else whose name holds these words or begins with them; nobody for a few letters."""
    number = "".join(siret.split())
    if len(number) == 14 and (bearers := network.read(lambda tx: tx.lookup(Organisation.TYPE, "siret", [number]))):
        return bearers[number]
    if len(fold(name)) < _ENOUGH:
        return []
    return [hit.record for hit in search(network, name, [Organisation.TYPE], _NEAR)]


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
    address.put(**{NAME: None})
    frame.saved(f"{values['name']!s} est ajouté à votre réseau.", done.commit)
    where.open(done.value)
    st.rerun()


def _warning(alike: Sequence[NodeRecord]) -> Markup:
    words = f"{count(len(alike), 'partenaire')} du même nom au même endroit{NBSP}: "
    found = [join(" ", door(session.caption(each), where.to_record(each.id)), _town(each)) for each in alike]
    return element("p", icon(":material/warning:"), " ", words, *found, class_="warning", role="alert")


def _town(record: NodeRecord) -> str:
    town = record.values.get("city")
    return f" ({town})" if town else ""
