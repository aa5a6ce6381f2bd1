"""Undo and redo: two buttons that say what they would do, and Ctrl+Z and Ctrl+Maj+Z outside of text fields."""

import streamlit as st

from ui import frame, session
from ui.markup import as_label

_component = st.components.v2.component(
    "reseau28-undo-keys",
    html="<span hidden></span>",
    js="""
    export default function ({ parentElement }) {
      const key = (event) => {
        const letter = event.key.toLowerCase()
        if (!(event.ctrlKey || event.metaKey) || event.altKey || (letter !== 'z' && letter !== 'y')) return
        if (event.composedPath()[0]?.closest?.('input, textarea, select, [contenteditable=true], dialog')) return
        const way = letter === 'y' || event.shiftKey ? 'redo' : 'undo'
        const button = document.querySelector(`.st-key-network-${way} button`)
        if (!button || button.disabled) return
        event.preventDefault()
        button.click()
      }
      parentElement.stop?.()
      document.addEventListener('keydown', key)
      parentElement.stop = () => document.removeEventListener('keydown', key)
      return () => parentElement.stop()
    }
    """,
)


def bar() -> None:
    """Draw the two buttons, for those who may edit what is shown."""
    frame.announce()
    if not session.may_edit():
        return
    edits = session.edits()
    with st.container(horizontal=True, gap="small", key="network-undoing"):
        undo = st.button(
            "Annuler", key="network-undo", icon=":material/undo:", type="tertiary", disabled=not edits.undoable,
            help=as_label(f"{edits.undoable or 'Rien à annuler'} (Ctrl+Z)"),
        )  # fmt: skip
        redo = st.button(
            "Rétablir", key="network-redo", icon=":material/redo:", type="tertiary", disabled=not edits.redoable,
            help=as_label(f"{edits.redoable or 'Rien à rétablir'} (Ctrl+Maj+Z)"),
        )  # fmt: skip
    _component(key="network-undo-keys")
    if undo or redo:
        with frame.guard():
            step = edits.undo if undo else edits.redo
            frame.moved("Annulé" if undo else "Rétabli", step(session.network()))
            st.rerun()  # the whole page: what is undone may show anywhere
