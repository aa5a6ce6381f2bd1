"""Adding a partner that is tied from the start to the record selected on the canvas."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from crm.errors import DuplicateKey, Reseau28Error
from crm.records import organisations
from crm.records.links import Way
from crm.records.look_alikes import organisations_like
from crm.records.sheet import Sheet
from graph_schema.organisations import Organisation
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from ui import cursor, forms, frame, kinds, session, typography
from ui.markup import door, element, join
from ui.screens.network import where
from ui.screens.network.ties import ways
from ui.screens.partners import where as acts

_FIELDS = ("name", "siret", "postal_code", "city")
_ALIKE = "linked-alike"
_NEW = "le nouveau partenaire"


def show_linked_partner(sheet: Sheet) -> None:
    """Draw the form: how they are tied, then who it is; one that is probably there already is shown first."""
    offered = {way.name: way for way in ways(sheet.record.type, Organisation.TYPE)}
    if not offered:
        st.html(element("p", "Un partenaire ne se lie pas directement à cette fiche.", class_="empty"))
        return
    if "linked-name" not in st.session_state:
        st.session_state.pop(_ALIKE, None)
    alike: Sequence[NodeRecord] = st.session_state.get(_ALIKE, ())
    told = st.container()
    if alike:
        names = [join(" ", door(session.caption(each), _to_node(each.id))) for each in alike]
        words = "Déjà dans le réseau, peut-être le même : tracez plutôt un lien."
        told.html(element("p", words, *names, class_="warning", role="alert"))
    name = st.selectbox(
        "Lien", list(offered), forms.sole(offered), key=f"linked-way-{sheet.record.type}",
        placeholder=forms.WHICH_LINK,
        format_func=typography.shown(lambda n: offered[n].sentence(sheet.caption, _NEW)),
    )  # fmt: skip
    way = offered[name] if name else None
    with st.form("linked-partner", border=False):
        partner = forms.draw(SCHEMA.nodes[Organisation.TYPE], {}, "linked", _FIELDS)
        partner["kind"] = kinds.draw_kind("linked")
        link = _link_fields(way, f"linked-{name}") if way else {}
        with st.container(horizontal=True):
            sent = st.form_submit_button("Ajouter", key="linked-add", type="primary", icon=":material/check:")
            anyway = bool(alike) and st.form_submit_button("Créer quand même", key="linked-anyway")
    cursor.put("linked-name")
    if sent or anyway:
        with told:
            if way is None:
                forms.tell(forms.no_link())
                return
            _add(sheet, way, forms.filled(partner), forms.filled(link), anyway)


def _link_fields(way: Way, key: str) -> dict[str, Any]:
    own = [field.name for field in forms.editable(way.type) if field.name not in ("valid_to", "certainty")]
    return forms.draw(way.type, {}, key, own)


def _add(sheet: Sheet, way: Way, partner: dict[str, Any], link: Mapping[str, Any], anyway: bool) -> None:
    network = session.network()
    try:
        if not anyway and (alike := organisations_like(network, partner)):
            st.session_state[_ALIKE] = alike
            st.rerun()
        other, type = sheet.record.id, way.type.name
        done = organisations.create_linked(network, partner, other, type, not way.outwards, link)
    except DuplicateKey as error:
        forms.tell(error)
        if error.existing:
            st.html(element("p", door("Montrer le partenaire qui le porte", _to_node(error.existing))))
        return
    except Reseau28Error as error:
        forms.tell(error)
        return
    st.session_state.pop(_ALIKE, None)
    said = way.sentence(sheet.caption, str(partner["name"]))
    frame.saved(f"Partenaire ajouté : {said}.", done.commit)
    acts.done()
    state = where.state()
    where.put(replace(state, expanded=state.expanded | {f"{other}/{type}"}, collapsed=state.collapsed - {other}))
    where.select([done.value])
    st.rerun()


def _to_node(id: str) -> str:
    """A link that adds a record to what the canvas starts from, and selects it."""
    state = where.state()
    begun = replace(state, starts=tuple(dict.fromkeys((*state.starts, id))))
    return where.to(begun, **where.choosing(id))
