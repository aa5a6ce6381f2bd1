"""Depositing documents from a sheet: several at once as proofs of its record, or the next revision of a proof."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from crm.errors import Reseau28Error
from crm.sheet import Sheet
from crm.vault import deposits
from crm.vault.deposits import Description
from crm.vault.files import LARGEST
from graph_schema.evidence import EvidenceKind
from graph_schema.records import Commit
from graph_schema.registry import SCHEMA
from graph_schema.wording import count
from ui import forms, frame, notices, session
from ui.screens.partners import where

_DESCRIBED = ("kind", "fact_on", "received_on", "confidential")
_WHERE = ("page", "passage")
_TURN = "deposit-turn"


def show(sheet: Sheet) -> None:
    """Draw the form that suits: documents about the record, or another file for the proof that it is."""
    told = st.container()
    revised = sheet.record.type == "Evidence"
    turn = st.session_state.setdefault(_TURN, 0)  # another one is a new widget: the browser's copies are let go
    with st.form("deposit", border=False):
        given: Any = st.file_uploader(
            "Nouvelle version du document" if revised else "Un ou plusieurs documents",
            accept_multiple_files=not revised, key=f"deposit-files-{turn}", max_upload_size=LARGEST >> 20,
        )  # fmt: skip
        typed: dict[str, Any] = {}
        if not revised:
            typed = forms.draw(SCHEMA.nodes["Evidence"], {}, "deposit", _DESCRIBED)
            typed |= forms.draw(SCHEMA.links["Proves"], {}, "deposit", _WHERE)
        sent = st.form_submit_button("Déposer", key="deposit-send", type="primary", icon=":material/check:")
    if sent:
        with told:
            _deposit(sheet, given if isinstance(given, list) else [given] if given else [], typed, revised)


def _deposit(sheet: Sheet, files: Sequence[UploadedFile], typed: dict[str, Any], revised: bool) -> None:
    """Deposit each file by itself: one that is refused is told and the others are kept."""
    if not files or not (revised or typed["fact_on"]):
        notices.error("Choisissez un document." if not files else "Donnez la date du fait.")
        return
    commits: list[Commit | None] = []
    refused: list[str] = []
    for file in files:
        try:
            if revised:
                done = deposits.revise(session.network(), sheet.record.id, file, file.name)
            else:
                done = deposits.deposit(session.network(), file, file.name, _description(sheet, typed))
            commits.append(done.value.commit)
        except Reseau28Error as error:
            refused.append(str(error))
    if refused:
        notices.error(notices.lines(refused) if len(refused) > 1 else refused[0])
    if commits:
        what = "Nouvelle version déposée" if revised else f"{count(len(commits), 'preuve')} de {sheet.caption}"
        frame.saved(f"{what}.", *(() if revised else commits))  # a revision stays: the vault answers for it
        st.session_state[_TURN] += 1
    if commits and not refused:
        where.done()
        st.rerun()


def _description(sheet: Sheet, typed: dict[str, Any]) -> Description:
    received = typed["received_on"]
    return Description(
        (sheet.record.id,), EvidenceKind(typed["kind"]), date.fromisoformat(typed["fact_on"]),
        received_on=date.fromisoformat(received) if received else None, confidential=bool(typed["confidential"]),
        page=typed["page"], passage=typed["passage"],
    )  # fmt: skip
