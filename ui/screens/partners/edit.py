"""Editing a record: only what was changed is sent, with the revision that was read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import streamlit as st

from crm import links, organisations, people
from crm.errors import Reseau28Error, StaleRevision
from crm.network import Committed, Network
from crm.sheet import Sheet
from graph_schema.records import Record
from graph_schema.registry import SCHEMA
from ui import forms, frame, session
from ui.markup import plain
from ui.screens.partners import conflict, where
from ui.screens.partners.conflict import Conflict

Save: TypeAlias = Callable[[Network, str, Mapping[str, Any], int], Committed[None]]
_STATE = "partners-editing"


@dataclass
class Editing:
    """A record as it was read when its form opened, and the conflict met while saving, if one was."""

    record: Record
    conflict: Conflict | None = None


def show(sheet: Sheet) -> None:
    """Draw the form of the sheet's record."""
    save = {"Organisation": organisations.edit, "Person": people.edit}.get(sheet.record.type, links.edit)
    draw(sheet.record, sheet.caption, save)


def draw(record: Record, caption: str, save: Save) -> None:
    """Draw the form of a record, or the conflict that saving it met."""
    key = f"edit-{record.id}"
    editing = _editing(record, key)
    if editing.conflict:
        choice = conflict.draw(editing.conflict)
        if choice is not None:
            _save(editing, caption, choice, editing.conflict.current.revision, save)
        return
    told = st.container()
    with st.form(key, border=False):
        typed = forms.draw(SCHEMA.type(record.type), editing.record.values, key, known=known())
        with st.container(horizontal=True, key="partners-save"):
            sent = st.form_submit_button("Enregistrer", key=f"save-{key}", type="primary", icon=":material/check:")
            given_up = st.form_submit_button("Renoncer", key=f"leave-{key}", type="tertiary")
    if given_up:
        _leave()
    if sent:
        with told:
            _save(editing, caption, forms.changed(editing.record.values, typed), editing.record.revision, save)


def known() -> dict[str, list[str]]:
    """Words already in use for the fields that are the same for many records."""
    rows = session.measures().relations.snapshot.organisations.values()
    return {
        "owner": sorted({row.owner for row in rows if row.owner}),
        "tags": sorted({tag for row in rows for tag in row.tags}),
    }


def _editing(record: Record, key: str) -> Editing:
    """The record that the form was opened on: not the one of this run, which may already be newer."""
    editing = st.session_state.get(_STATE)
    drawn = any(str(name).startswith(f"{key}-") for name in st.session_state)
    if not isinstance(editing, Editing) or editing.record.id != record.id or not (drawn or editing.conflict):
        editing = st.session_state[_STATE] = Editing(record)
    return editing


def _save(editing: Editing, caption: str, patch: Mapping[str, Any], revision: int, save: Save) -> None:
    network = session.network()
    if not patch:
        frame.saved("Rien n'a changé : il n'y avait rien à enregistrer.", None)
        _leave()
    try:
        done = save(network, editing.record.id, patch, revision)
    except StaleRevision as error:
        mine = {**(editing.conflict.mine if editing.conflict else {}), **patch}
        editing.conflict = conflict.meet(network, editing.record, mine, error)
        st.rerun()
    except Reseau28Error as error:
        forms.tell(error)
        return
    labels = [SCHEMA.type(editing.record.type).fields[name].about.label for name in patch]
    frame.saved(f"{plain(caption)} : {', '.join(labels)} enregistré{'s' if len(labels) > 1 else ''}.", done.commit)
    _leave()


def _leave() -> None:
    st.session_state.pop(_STATE, None)
    where.done()
    st.rerun()
