"""Linking a record to another: find the other, then say what ties them and since when."""

from typing import NamedTuple

import streamlit as st

from crm import links
from crm.errors import Reseau28Error
from crm.search import search
from crm.sheet import Sheet
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA, LinkType
from graph_schema.vocabularies import Kind
from ui import cursor, forms, frame, session
from ui.screens.partners import where

OTHERS = ("Organisation", "Person", "Committee", "Programme")
_APART = frozenset({"WorksFor", "Attended"})
"""Links made elsewhere: a role with its person, an attendance with its meeting."""


class Tying(NamedTuple):
    """A way to tie the record to another: the type of link, and whether it runs from the record to the other."""

    type: LinkType
    outwards: bool

    @property
    def words(self) -> str:
        """What the record is or does to the other."""
        return self.type.about.label if self.outwards else self.type.about.inverse


def show(sheet: Sheet) -> None:
    """Draw the search, then the form."""
    text = st.text_input(
        f"Lier {sheet.caption} à", key="link-search", type="search", live="300ms",
        placeholder="Partenaire, personne, comité, action…",
    )  # fmt: skip
    cursor.put("link-search")
    found = [h.record for h in search(session.network(), text or "", OTHERS, 20) if tyings(sheet.record, h.record)]
    others = [record for record in found if record.id != sheet.record.id]
    if text and not others:
        st.caption("Rien de ce nom ne peut être lié à cette fiche.")
    if not others:
        return
    other = st.selectbox("Avec", others, key="link-other", format_func=_what)
    ways = {f"{way.type.name}-{way.outwards}": way for way in tyings(sheet.record, other)}
    told = st.container()
    with st.form("link", border=False):
        chosen = st.selectbox(
            "Lien", list(ways), key=f"link-way-{other.type}", format_func=lambda each: ways[each].words
        )
        way = ways[chosen]
        dates = forms.draw(way.type, {}, "link", ("valid_from", "valid_to"))
        sent = st.form_submit_button("Lier", key="link-add", type="primary", icon=":material/link:")
    if sent:
        with told:
            _link(sheet, other, way, forms.filled(dates))


def tyings(record: NodeRecord, other: NodeRecord) -> list[Tying]:
    """The ways in which two records may be tied, each way round once."""
    out = [Tying(type, True) for type in SCHEMA.links_between(record.type, other.type)]
    back = [Tying(type, False) for type in SCHEMA.links_between(other.type, record.type)]
    same = {way.type.name for way in out if way.type.about.label == way.type.about.inverse}
    return [way for way in (*out, *back) if way.type.name not in _APART and (way.outwards or way.type.name not in same)]


def _what(record: NodeRecord) -> str:
    if record.type == "Organisation":
        kind = Kind(str(record.values["kind"])).label
        return " · ".join(filter(None, (session.caption(record), kind, str(record.values.get("city", "")))))
    return f"{session.caption(record)} · {SCHEMA.nodes[record.type].about.label}"


def _link(sheet: Sheet, other: NodeRecord, way: Tying, values: dict[str, object]) -> None:
    ends = (sheet.record.id, other.id) if way.outwards else (other.id, sheet.record.id)
    try:
        done = links.connect(session.network(), way.type.name, *ends, values)
    except Reseau28Error as error:
        forms.tell(error)
        return
    said = f"{sheet.caption} {way.words} {session.caption(other)}"
    frame.saved(f"Lien ajouté : {said}.", done.commit)
    where.done()
    st.rerun()
