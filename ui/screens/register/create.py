"""Adding a record of any type: what it is nothing without, a first partner, then its fields, from the declaration."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from crm.errors import Reseau28Error
from crm.records import links, register
from crm.records.register import FirstTie
from crm.records.search import search
from crm.store.protocol import CAPTION, Query
from graph_schema.declaration import Link
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.types import LinkType
from ui import cursor, fields, forms, frame, notices, session, typography
from ui.look import icon
from ui.markup import element
from ui.screens.partners import edit, where

_OFFERED = 200
"""So many committees or meetings are offered, the newest first."""

_FOUND = 8


def show_new_record(type: str) -> None:
    """Draw the form."""
    node = SCHEMA.nodes[type]
    close = element("a", icon(":material/close:"), class_="door close", href=where.to_list(), title="Fermer",
                    aria_label="Fermer")  # fmt: skip
    top = element("div", element("h1", f"Ajouter {node.about.one}"), close, class_="top")
    st.html(element("header", top, element("div", node.about.help, class_="muted"), class_="sheet"))
    key = f"add-{type}"
    told = st.container()
    ties = [tie for link in register.needed(type) if (tie := _needed(link, key))]
    ties += _partner(type, key)
    with st.form(key, border=False):
        typed = forms.draw(node, {}, key, known=edit.known())
        sent = st.form_submit_button("Ajouter", key=f"{key}-send", type="primary", icon=":material/check:")
    if sent:
        with told:
            _create(type, forms.filled(typed), ties)


def _needed(link: LinkType, key: str) -> FirstTie | None:
    """The choice of what the new record belongs to."""
    end = SCHEMA.nodes[link.about.targets[0]]
    order = end.about.dated or CAPTION
    query = Query(end.name, order=order, descending=bool(end.about.dated), limit=_OFFERED)
    records = session.network().read(lambda tx: tx.find(query).items)
    captions = {record.id: _dated(record) for record in records}
    picked = st.selectbox(
        f"{end.about.label} *", list(captions), index=None, key=f"{key}-{link.name}",
        placeholder=f"Choisir {end.about.one}",
        format_func=typography.shown(lambda id: captions.get(id, id)),
    )  # fmt: skip
    return FirstTie(link.name, picked) if picked else None


def _partner(type: str, key: str) -> list[FirstTie]:
    """The partner to whom the new record is tied, found by typing; others are tied from its sheet."""
    if not any(links.ways(type, partner) for partner in SCHEMA.partners):
        return []
    text = st.text_input(
        "Avec", key=f"{key}-with", type="search", live="300ms",
        placeholder="Partenaire ou personne, si vous voulez ; d'autres se lient ensuite",
    )  # fmt: skip
    cursor.put(f"{key}-with")
    types = [partner for partner in SCHEMA.partners if links.ways(type, partner)]
    others = [hit.record for hit in search(session.network(), text or "", types, _FOUND, each=True)]
    if text and not others:
        st.caption("Aucun partenaire ni aucune personne de ce nom.")
    if not others:
        return []
    other = st.selectbox(
        "Partenaire", others, key=f"{key}-other", format_func=typography.shown(session.caption)
    )  # fmt: skip
    ways = {way.type.name: way.words for way in links.ways(type, other.type)}
    link: str | None = next(iter(ways))
    if len(ways) > 1:
        link = st.selectbox(
            "Lien", list(ways), None, key=f"{key}-way-{other.type}", placeholder=forms.WHICH_LINK,
            format_func=typography.shown(ways.__getitem__),
        )  # fmt: skip
    if link is None:
        notices.note("Choisissez le lien : sans lui, la fiche est ajoutée seule.")
        return []
    own = [field.name for field in forms.editable(SCHEMA.links[link]) if field.name not in Link.model_fields]
    return [FirstTie(link, other.id, forms.filled(forms.draw(SCHEMA.links[link], {}, f"{key}-{link}", own)))]


def _dated(record: NodeRecord) -> str:
    dated = SCHEMA.nodes[record.type].dated
    day = record.values.get(dated.name) if dated else None
    return " · ".join([session.caption(record), *([fields.said(dated, day)] if dated and day else [])])


def _create(type: str, values: dict[str, Any], ties: Sequence[FirstTie]) -> None:
    try:
        done = register.create(session.network(), type, values, ties)
    except Reseau28Error as error:
        forms.tell(error)
        return
    frame.saved(f"{SCHEMA.nodes[type].about.that_is('ajouté')}.", done.commit)
    where.open(done.value)
    st.rerun()
