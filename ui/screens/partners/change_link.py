"""Changing a role or another link of the sheet: its particulars, its end, or its removal if it was an error."""

import streamlit as st

from crm.records import links
from crm.records.sheet import Sheet, Tie
from graph_schema.people import WorksFor
from ui import frame, session
from ui.markup import element
from ui.screens.partners import edit, where
from ui.screens.partners.edit import Editing


def show_link_change(sheet: Sheet) -> None:
    """Draw the form of the link that the address names."""
    tie = next((each for each in sheet.ties if each.link.id == where.target()), None)
    if tie is None:
        st.html(element("p", "Ce lien n'existe plus : quelqu'un l'a supprimé.", class_="empty"))
        return
    st.html(element("p", f"{sheet.caption} {tie.words}", class_="strong"))
    editing = edit.opened(tie.link)
    if editing.conflict is None:
        with st.container(horizontal=True):
            if not tie.ended:
                st.button(
                    "Terminer aujourd'hui", key="link-end", icon=":material/event_busy:", on_click=_end,
                    args=(sheet, tie, editing),
                )  # fmt: skip
            st.button(
                "Supprimer, c'était une erreur", key="link-delete", icon=":material/delete:", type="tertiary",
                on_click=_delete, args=(tie, editing),
            )  # fmt: skip
    edit.draw_edit(tie.link, tie.words, links.edit)


def _end(sheet: Sheet, tie: Tie, editing: Editing) -> None:
    what = "Rôle" if tie.link.type == WorksFor.TYPE else "Lien"
    said = f"{what} terminé : {sheet.caption} {tie.words}."
    edit.end(editing, tie.words, session.today(), said)


def _delete(tie: Tie, editing: Editing) -> None:
    # Refused or not, the form is over: what it shows is no longer what is kept.
    where.done()
    with frame.guard():
        done = links.delete(session.network(), tie.link.id, editing.record.revision)
        frame.saved(f"Lien supprimé : {tie.words}.", done.commit)
