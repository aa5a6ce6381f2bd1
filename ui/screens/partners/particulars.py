"""Every field of a record that has a value, by section; who may edit changes one where it stands, or fills one in."""

from collections.abc import Sequence

import streamlit as st

from crm.records.sheet import Sheet
from graph_schema.registry import SCHEMA
from graph_schema.types import Field
from ui import forms, session
from ui.fields import said
from ui.look import icon
from ui.markup import Markup, door, element, heading, join
from ui.screens.partners import edit, head, where


def draw_particulars(sheet: Sheet) -> Markup:
    """The fields, then what tells this record from any other."""
    return join(fields(sheet, every=True), _own(sheet))


def fields(sheet: Sheet, *, every: bool = False) -> Markup:
    """The fields, as a list of terms and values; those that no form shows when ``every`` one is asked for."""
    present = _present(sheet, every)
    return join(_written(sheet, present), _missing(sheet, present))


def opened(sheet: Sheet) -> Field | None:
    """The field that the address opens where it stands, if it is one that may be changed."""
    return _changeable(sheet).get(where.target()) if where.act() == where.FIELD else None


def show_particulars(sheet: Sheet, field: Field) -> None:
    """Draw all of them, ``field`` as its widget."""
    _around(sheet, field, _present(sheet, every=True), _own(sheet))


def show_among(sheet: Sheet, field: Field, rest: Markup) -> None:
    """Draw those that forms show, ``field`` as its widget, then the ``rest`` of the page."""
    _around(sheet, field, _present(sheet, every=False), rest)


def _around(sheet: Sheet, field: Field, present: Sequence[Field], rest: Markup) -> None:
    at = present.index(field) if field in present else len(present)
    if before := _written(sheet, present[:at]):
        st.html(before)
    with st.container(key="partners-field", border=True, gap="small"):
        edit.field(sheet, field.name)
    others = _missing(sheet, [*present, field])
    if after := join(_written(sheet, present[at + 1 :], field.about.section), others, rest):
        st.html(after)


def _present(sheet: Sheet, every: bool) -> list[Field]:
    """The fields that have a value, section by section."""
    declared = SCHEMA.nodes[sheet.record.type].fields
    values = sheet.record.values
    found = [field for name, field in declared.items() if name in values and (every or not field.about.hidden)]
    sections = list(dict.fromkeys(field.about.section for field in found))
    return sorted(found, key=lambda field: sections.index(field.about.section))


def _changeable(sheet: Sheet) -> dict[str, Field]:
    """The fields that who looks may change here, by name; what is withheld from them is not offered to be filled."""
    if not (session.may_edit() and head.changes(head.acts(sheet))):
        return {}
    node = SCHEMA.nodes[sheet.record.type]
    closed = node.closed if sheet.withheld else frozenset()
    return {field.name: field for field in forms.editable(node) if field.name not in closed}


def _written(sheet: Sheet, some: Sequence[Field], going_on: str | None = None) -> Markup:
    """These fields under the names of their sections; that of the section which goes on stands above already."""
    changeable = _changeable(sheet)
    parts: list[Markup] = []
    for section in dict.fromkeys(field.about.section for field in some):
        terms = [
            join(
                element("dt", field.about.label),
                element("dd", said(field, sheet.record.values[field.name]), _pencil(field, changeable)),
            )
            for field in some
            if field.about.section == section
        ]
        title = heading(section or "Fiche") if section != going_on else ""
        parts.append(join(title, element("dl", *terms)))
    return join(*parts)


def _pencil(field: Field, changeable: dict[str, Field]) -> Markup:
    if field.name not in changeable:
        return Markup("")
    words = f"Modifier : {field.about.label}"
    href = where.to(where.FIELD, field.name)
    return element("a", icon(":material/edit:"), class_="door tool", href=href, title=words, aria_label=words)


def _missing(sheet: Sheet, present: Sequence[Field]) -> Markup:
    """A door to each field that has no value yet."""
    known = {field.name for field in present}
    doors = [
        door(field.about.label, where.to(where.FIELD, field.name))
        for field in _changeable(sheet).values()
        if field.name not in known
    ]
    if not doors:
        return Markup("")
    listed = [part for each in doors for part in (", ", each)][1:]
    return element("p", "Compléter : ", *listed, ".", class_="muted small missing")


def _own(sheet: Sheet) -> Markup:
    own = f"Identifiant {sheet.record.id} · version {sheet.record.revision}"
    return element("p", own, class_="muted small")
