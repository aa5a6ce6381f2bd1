"""Editing a record: only what was changed is sent, with the revision that was read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import streamlit as st

from crm.errors import Reseau28Error, StaleRevision
from crm.network import Committed, Network
from crm.records import engagements, links, organisations, people
from crm.records.sheet import Sheet
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.records import Record
from graph_schema.registry import SCHEMA
from ui import cursor, forms, frame, session
from ui.screens.partners import conflict, where
from ui.screens.partners.conflict import Conflict

Save: TypeAlias = Callable[[Network, str, Mapping[str, Any], int], Committed[None]]
_STATE = "partners-editing"


@dataclass
class Editing:
    """A record as it was read when its form opened, and the conflict met while saving, if one was."""

    record: Record
    conflict: Conflict | None = None


def show_edit(sheet: Sheet) -> None:
    """Draw the form of the sheet's record."""
    draw_edit(sheet.record, sheet.caption, saving(sheet.record.type))


def field(sheet: Sheet, name: str) -> None:
    """Draw one field of the sheet's record, saved as the whole form is; the cursor is put in it."""
    draw_edit(sheet.record, sheet.caption, saving(sheet.record.type), (name,))
    cursor.put(f"edit-{sheet.record.id}-{name}")


def saving(type: str) -> Save:
    """The command that saves a record of this type."""
    return {Organisation.TYPE: organisations.edit, Person.TYPE: people.edit}.get(type, engagements.edit)


def draw_edit(record: Record, caption: str, save: Save, only: Sequence[str] | None = None) -> None:
    """Draw the form of a record (of ``only`` these fields of it), or the conflict that saving it met."""
    key = f"edit-{record.id}"
    editing = opened(record)
    if editing.conflict:
        choice = conflict.draw_conflict(editing.conflict)
        if choice is not None and keep(editing, caption, choice, save):
            st.rerun()
        return
    told = st.container()
    with st.form(key, border=False):
        typed = forms.draw(SCHEMA.type(record.type), editing.record.values, key, only, known())
        with st.container(horizontal=True, key="partners-save"):
            sent = st.form_submit_button("Enregistrer", key=f"save-{key}", type="primary", icon=":material/check:")
            given_up = st.form_submit_button("Renoncer", key=f"leave-{key}", type="tertiary")
    if given_up:
        _leave()
        st.rerun()
    if sent:
        with told:
            saved = keep(editing, caption, forms.changed(editing.record.values, typed), save)
        if saved:
            st.rerun()


def known() -> dict[str, list[str]]:
    """Words already in use for the fields that are the same for many records."""
    rows = session.measures().relations.snapshot.organisations.values()
    return {
        "owner": sorted({row.owner for row in rows if row.owner}),
        "tags": sorted({tag for row in rows for tag in row.tags}),
    }


def opened(record: Record) -> Editing:
    """The record that the form was opened on: not the one of this run, which may already be newer."""
    key = f"edit-{record.id}-"
    found = st.session_state.get(_STATE)
    if isinstance(found, Editing) and found.record.id == record.id:
        drawn = any(str(name).startswith(key) for name in st.session_state)
        if drawn or found.conflict or found.record == record:
            return found
    editing = st.session_state[_STATE] = Editing(record)
    return editing


def keep(editing: Editing, caption: str, patch: Mapping[str, Any], save: Save, words: str = "") -> bool:
    """Save these changes, and say so (with ``words``, else by the names of the fields).

    Returns whether there is something else to draw now: nothing more, or the conflict that was met. An error is told.
    """
    network, met, id = session.network(), editing.conflict, editing.record.id
    if not patch:
        frame.saved("Rien n'a changé : il n'y avait rien à enregistrer.", None)
        _leave()
        return True
    try:
        done = save(network, id, patch, met.current.revision if met else editing.record.revision)
    except StaleRevision as error:
        mine = {**(met.mine if met else {}), **patch}
        editing.conflict = conflict.meet(network, editing.record, mine, error)
        return True
    except Reseau28Error as error:
        forms.tell(error)
        return False
    labels = [SCHEMA.type(editing.record.type).fields[name].about.label for name in patch]
    listed = f"{caption} : {', '.join(labels)} enregistré{'s' if len(labels) > 1 else ''}."
    frame.saved(words or listed, done.commit)
    _leave()
    return True


def end(editing: Editing, caption: str, on: date, words: str) -> None:
    """End a link on a day, for a button's callback; a conflict is met as for what is typed."""

    def save(network: Network, id: str, _: Mapping[str, Any], revision: int) -> Committed[None]:
        return links.end(network, id, on, revision)

    with frame.guard():
        keep(editing, caption, {"valid_to": on.isoformat()}, save, words)


def _leave() -> None:
    st.session_state.pop(_STATE, None)
    where.done()
