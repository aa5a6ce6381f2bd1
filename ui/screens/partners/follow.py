"""Who follows a partner and the tags it bears, changed in place: each choice is saved at once."""

from typing import Any

import streamlit as st

from crm.records import organisations
from crm.records.sheet import Sheet
from ui import frame, session
from ui.screens.partners import edit, where


def show_follow(sheet: Sheet) -> None:
    """Draw both lists, with what is in use already to choose from."""
    values, id = sheet.record.values, sheet.record.id
    known = edit.known()
    owner, tags = values.get("owner"), values.get("tags")
    borne = list(tags) if isinstance(tags, list) else []
    owners = list(dict.fromkeys((*([str(owner)] if owner else []), *known["owner"])))
    revision = sheet.record.revision
    left, right, leave = st.columns([1, 1.6, 0.6], vertical_alignment="bottom")
    left.selectbox(
        "Suivi par", owners, 0 if owner else None, key=f"owner-{id}-{revision}", accept_new_options=True,
        placeholder="Choisir ou écrire", on_change=_save, args=(sheet, "owner", f"owner-{id}-{revision}"),
    )  # fmt: skip
    right.multiselect(
        "Étiquettes", list(dict.fromkeys((*borne, *known["tags"]))), borne, key=f"tags-{id}-{revision}",
        accept_new_options=True, placeholder="Choisir ou écrire", on_change=_save,
        args=(sheet, "tags", f"tags-{id}-{revision}"),
    )  # fmt: skip
    leave.button("Fermer", key="follow-close", on_click=where.done, width="stretch")


def _save(sheet: Sheet, name: str, key: str) -> None:
    typed: Any = st.session_state.get(key)
    value = [each.strip() for each in typed if each.strip()] if isinstance(typed, list) else (typed or "").strip()
    with frame.guard():
        done = organisations.edit(session.network(), sheet.record.id, {name: value or None}, sheet.record.revision)
        what = "Suivi" if name == "owner" else "Étiquettes"
        frame.saved(f"{sheet.caption} : {what} enregistré{'' if name == 'owner' else 'es'}.", done.commit)
