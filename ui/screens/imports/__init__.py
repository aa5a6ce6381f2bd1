"""« Importer »: files become a plan that people review, then an import that can be taken back."""

import streamlit as st

from crm.network.rights import Right
from graph_schema.wording import listing
from importers.formats import file_formats
from ui import accounts, address, frame, notices, session
from ui.look import icon
from ui.markup import element, heading, join
from ui.screen import Screen
from ui.screens.imports import review, runs, sheets
from ui.screens.imports.draft import Draft, received

_TABLES = ("csv", "txt", "tsv", "xlsx", "xlsm", "xls", "ods")
_DRAFT, _TURN = "import-draft", "import-turn"


def show() -> None:
    """Draw the import at work, and those of the past."""
    if not session.actor().may(Right.IMPORT):
        notices.info("Votre rôle ne permet pas d'importer : demandez à un gestionnaire.")
        return
    if session.is_past():
        notices.info("Rien ne s'importe dans le passé : revenez à aujourd'hui.")
        return
    draft: Draft | None = st.session_state.get(_DRAFT)
    with frame.guard():
        if draft is None:
            _receive()
        else:
            _work_on(draft)
    with frame.guard():
        runs.show_runs()


def _receive() -> None:
    st.html(
        join(
            heading("Importer des fichiers"),
            element("p", "Votre tableur de partenaires, ou un export de l'Annuaire des Entreprises. Rien n'est écrit "
                    "avant que vous ayez relu ce qui sera fait, et tout import s'annule.", class_="muted"),
        )
    )  # fmt: skip
    turn = st.session_state.setdefault(_TURN, 0)
    with st.container(key="import-drop"):
        files = st.file_uploader(
            "Un ou plusieurs fichiers CSV, XLSX, XLS ou ODS",
            [*_TABLES, *(suffix for format in file_formats() for suffix in format.suffixes)],
            accept_multiple_files=True,
            key=f"import-files-{turn}",
        )
    if others := listing([format.label for format in file_formats()]):
        st.caption(f"Aussi : {others}.")
    limit = st.get_option("server.maxUploadSize")
    st.caption(f"{limit} Mo par fichier au plus ; au-delà, dans un terminal : `reseau28 import partenaires.csv`")
    if files:
        with st.spinner("Lecture des premières lignes…"):
            st.session_state[_DRAFT] = received(files, accounts.our_names(session.actor()))
        st.session_state[_TURN] = turn + 1  # a new widget: the browser's copies are let go
        st.rerun()


def _work_on(draft: Draft) -> None:
    done = draft.report is not None
    names = listing([path.name for path in draft.paths], 4)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(element("h3", icon(":material/description:"), " ", names, class_="file"), width="content")
        words = "Importer d'autres fichiers" if done else "Choisir d'autres fichiers"
        st.button(
            words, key="import-restart", type="tertiary", icon=":material/replay:", on_click=_forget,
            disabled=draft.applying,
        )  # fmt: skip
    if not done:
        sheets.show_sheets(draft)
    with st.empty().container():  # nothing of the step before stays while the next one works
        review.show_review(draft)


def _forget() -> None:
    draft: Draft | None = st.session_state.pop(_DRAFT, None)
    if draft is not None:
        draft.discard()


SCREEN = Screen(
    address.IMPORT, "Importer", ":material/upload_file:", 80, show, needs=Right.IMPORT, sheets=("import.css",)
)
