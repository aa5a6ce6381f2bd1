"""Editing beside the canvas: a link just drawn, the link that is selected, or the record that is."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from crm.canvas.families import TYPES
from crm.errors import Reseau28Error
from crm.network import Committed
from crm.records import links
from crm.records.links import Way
from crm.records.sheet import Sheet, sheet
from crm.store.protocol import ReadTransaction
from graph_schema.people import WorksFor
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from ui import address, forms, frame, notices, session, typography
from ui.look import icon
from ui.markup import Markup, element
from ui.screens.network import link_panel, linked_partner, proofs, where
from ui.screens.network.ties import ways
from ui.screens.partners import add_link, add_person, edit, head, removal
from ui.screens.partners import where as acts

LINKED = "partenaire-lie"
"""The act of adding a partner that is tied from the start to the selected record."""

_ACTS: Mapping[str, Callable[..., None]] = {
    acts.PERSON: add_person.show_new_person, acts.LINK: add_link.show_new_link, acts.EDIT: edit.show_edit,
    acts.REMOVE: removal.show_removal, LINKED: linked_partner.show_linked_partner,
}  # fmt: skip
_TYING = [(acts.LINK, "Lier", ":material/link:")]
_OPENED = {acts.PERSON: WorksFor.TYPE}
"""What to unfold before adding to it, so that the new one is in the picture."""


def show_editing() -> None:
    """Draw what can be changed: the link being drawn, the link or the one record that is selected; else nothing."""
    if not session.may_edit():
        return
    chosen = where.selected()
    if drawing := where.drawing():
        link_form(*drawing)
    elif link := where.selected_link():
        link_panel.show_link(link)
    elif len(chosen) == 1:
        _record(chosen[0])


def doing() -> bool:
    """Whether something is being changed: then its form has the card for itself."""
    return session.may_edit() and bool(where.drawing() or acts.act())


def link_form(source: str, target: str) -> None:
    """The form of a link drawn from one node to another: what the registry allows between them, either way round."""
    records = session.network().read(lambda tx: tx.get([source, target]))
    if any(end not in records or records[end].type not in TYPES for end in (source, target)):
        _forget("Une des deux fiches n'existe plus : le lien n'est pas tracé.")
        return
    first, second = records[source], records[target]
    names = session.caption(first), session.caption(second)
    offered = {way.name: way for way in ways(first.type, second.type)}
    if not offered:
        _forget(f"Rien ne peut lier {names[0]} et {names[1]} : ces deux sortes de fiches ne se lient pas directement.")
        return
    with st.container(key="network-link-form", border=True, gap="small"):
        st.html(element("h2", icon(":material/add_link:"), " Nouveau lien"))
        _already(first, second, names)
        key = f"draw-{source}-{target}"
        name = st.selectbox(
            "Lien", list(offered), forms.sole(offered), key=f"{key}-way", placeholder=forms.WHICH_LINK,
            format_func=typography.shown(lambda n: offered[n].sentence(*names)),
        )  # fmt: skip
        _fields(offered[name] if name else None, first, second, f"{key}-{name}")


def _fields(way: Way | None, first: NodeRecord, second: NodeRecord, key: str) -> None:
    told = st.container()
    with st.form(key, border=False):
        own = [field.name for field in forms.editable(way.type)] if way else []
        typed = forms.draw(way.type, {}, key, own) if way else {}
        typed["evidence"] = proofs.choose([first.id, second.id], [], f"{key}-evidence")
        with st.container(horizontal=True):
            sent = st.form_submit_button("Lier", key="network-link-add", type="primary", icon=":material/link:")
            st.form_submit_button("Renoncer", key="network-link-leave", type="tertiary", on_click=_leave)
    if sent:
        with told:
            if way is None:
                forms.tell(forms.no_link())
                return
            _connect(way, first, second, forms.filled(typed))


def _connect(way: Way, first: NodeRecord, second: NodeRecord, values: Mapping[str, Any]) -> None:
    try:
        done = links.connect(session.network(), way.type.name, *way.ends(first.id, second.id), values)
    except Reseau28Error as error:
        forms.tell(error)
        return
    said = way.sentence(session.caption(first), session.caption(second))
    _linked(f"Lien ajouté : {said}.", done)


def _linked(words: str, done: Committed[str]) -> None:
    frame.saved(words, done.commit)
    where.select([], done.value)
    st.rerun()


def _already(first: NodeRecord, second: NodeRecord, names: tuple[str, str]) -> None:
    """Say what ties them already: a second link of the same type is rarely meant."""

    def work(tx: ReadTransaction) -> list[LinkRecord]:
        return [link for link in tx.links_of([first.id]) if {link.source, link.target} == {first.id, second.id}]

    for link in session.network().read(work):
        outwards = link.source == first.id
        notices.note(f"Déjà : {Way(SCHEMA.links[link.type], outwards).sentence(*names)}.")


def _leave() -> None:
    address.put(**{where.DRAWING: None})


def _forget(words: str) -> None:
    """Say why there is nothing to draw, once."""
    _leave()
    notices.warning(words, glyph="link_off")


def _record(id: str) -> None:
    """What can be done with the record that is selected, and the form of what is being done."""
    record = session.network().read(lambda tx: tx.get([id])).get(id)
    if record is None or record.type not in TYPES:
        link_panel.gone("Cette fiche n'existe plus, ou ne se modifie pas ici.")
        return
    # Without its ties: a record may have thousands, and the row of doors needs none.
    bare = Sheet(record, session.caption(record), session.day(), (), None, None)
    usual = [act for act in head.acts(bare) if act[0] in _ACTS]
    offered = [*(usual or _TYING), (LINKED, "Ajouter un partenaire lié", ":material/domain_add:")]
    if usual:
        offered.append((acts.REMOVE, "Supprimer", ":material/delete:"))
    doors = [_door(id, *act) for act in offered]
    st.html(element("div", *doors, class_="actions", role="group", aria_label=f"Modifier {bare.caption}"))
    act = acts.act()
    if act in {name for name, _, _ in offered}:
        with st.container(key="network-act", border=True, gap="small"):
            st.html(element("h2", bare.caption))
            _ACTS[act](sheet(session.network(), id, session.day()))


def _door(id: str, act: str, words: str, glyph: str) -> Markup:
    on = acts.act() == act
    href = acts.to("" if on else act)
    if act in _OPENED and not on:
        state = where.state()
        unfolded = replace(state, expanded=state.expanded | {f"{id}/{_OPENED[act]}"}, collapsed=state.collapsed - {id})
        href = where.to(unfolded, **{acts.ACT: act, acts.TARGET: None})
    return element("a", icon(glyph), words, class_="door button", href=href, aria_current="true" if on else None)
