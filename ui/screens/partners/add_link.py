"""Linking a record to another: find the other, then say what ties them and since when."""

import streamlit as st

from crm.errors import Reseau28Error
from crm.records import links
from crm.records.links import Way
from crm.records.search import search
from crm.records.sheet import Sheet, Tie
from graph_schema.committees import Attended
from graph_schema.declaration import Trait
from graph_schema.organisations import Organisation
from graph_schema.people import WorksFor
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.vocabularies import Kind
from ui import cursor, forms, frame, session, typography
from ui.markup import as_label
from ui.screens.partners import where

OTHERS = tuple(name for name in SCHEMA.having(Trait.ENTERED) if SCHEMA.nodes[name].fields_with("search"))
_SHOWN = 40
_APART = frozenset({WorksFor.TYPE, Attended.TYPE})
"""Links made elsewhere: a role with its person, an attendance with its meeting."""


def show_new_link(sheet: Sheet) -> None:
    """Draw the search, then the form; what a record that is no partner is tied to by itself is taken off here too."""
    if sheet.record.type not in SCHEMA.partners:
        _own(sheet)
    text = st.text_input(
        f"Lier {sheet.caption} à", key="link-search", type="search", live="300ms",
        placeholder=_examples(sheet.record.type),
    )  # fmt: skip
    cursor.put("link-search")
    tied = [name for name in OTHERS if tyings(sheet.record.type, name)]
    hits = search(session.network(), text or "", tied, 10, each=True)
    others = [hit.record for hit in hits if hit.record.id != sheet.record.id]
    if text and not others:
        st.caption("Rien de ce nom ne peut être lié à cette fiche.")
    if not others:
        return
    other = st.selectbox("Avec", others, key="link-other", format_func=typography.shown(_what))
    ways = {way.name: way for way in tyings(sheet.record.type, other.type)}
    told = st.container()
    with st.form("link", border=False):
        chosen = st.selectbox(
            "Lien",
            list(ways),
            index=forms.sole(ways),
            key=f"link-way-{other.type}",
            placeholder=forms.WHICH_LINK,
            format_func=typography.shown(lambda each: ways[each].words),
        )
        dates = forms.draw(next(iter(ways.values())).type, {}, "link", ("valid_from", "valid_to"))
        sent = st.form_submit_button("Lier", key="link-add", type="primary", icon=":material/link:")
    if sent:
        with told:
            if chosen is None:
                forms.tell(forms.no_link())
                return
            _link(sheet, other, ways[chosen], forms.filled(dates))


def _own(sheet: Sheet) -> None:
    """What the record tells of itself, e.g. who took part and what it was about: each link with what takes it off."""
    own = [tie for tie in sheet.ties if tie.link.source == sheet.record.id]
    with st.container(horizontal=True, gap="small", key="link-own"):
        for tie in own[:_SHOWN]:
            st.button(
                as_label(tie.words), key=f"link-off-{tie.link.id}", icon=":material/close:",
                on_click=_take_off, args=(sheet, tie), help=as_label(f"Retirer : {tie.words}"),
            )  # fmt: skip


def _take_off(sheet: Sheet, tie: Tie) -> None:
    with frame.guard():
        done = links.delete(session.network(), tie.link.id, tie.link.revision)
        frame.saved(f"Lien retiré : {sheet.caption} {tie.words}.", done.commit)


def _examples(type: str) -> str:
    """What may be typed for a record of this type, in words."""
    if type in SCHEMA.partners:
        return "Partenaire, personne, comité, action…"
    ends = [end for link in SCHEMA.links.values() if type in link.about.sources for end in link.about.targets]
    labels = [SCHEMA.nodes[end].about.label for end in dict.fromkeys(ends) if end in OTHERS]
    return f"{', '.join(labels[:5]).capitalize()}…" if labels else "Partenaire, personne, comité, action…"


def tyings(type: str, other: str) -> list[Way]:
    """The ways in which records of two types are tied here."""
    return [way for way in links.ways(type, other) if way.type.name not in _APART]


def _what(record: NodeRecord) -> str:
    if record.type == Organisation.TYPE:
        kind = Kind(str(record.values["kind"])).label
        return " · ".join(filter(None, (session.caption(record), kind, str(record.values.get("city", "")))))
    return f"{session.caption(record)} · {SCHEMA.nodes[record.type].about.label}"


def _link(sheet: Sheet, other: NodeRecord, way: Way, values: dict[str, object]) -> None:
    try:
        done = links.connect(session.network(), way.type.name, *way.ends(sheet.record.id, other.id), values)
    except Reseau28Error as error:
        forms.tell(error)
        return
    said = way.sentence(sheet.caption, session.caption(other))
    frame.saved(f"Lien ajouté : {said}.", done.commit)
    where.done()
    st.rerun()
