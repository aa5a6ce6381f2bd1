"""Depositing documents from a sheet: several at once as proofs of its record, or the next revision of a proof.

Each document has its own kind and day, proposed from its name. What is refused stays in the form, with what was typed;
what was deposited does not come back.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

import streamlit as st

from crm.errors import InputError, Reseau28Error
from crm.records.sheet import Sheet
from crm.vault import deposits, proposals
from crm.vault.deposits import Description
from crm.vault.files import LARGEST
from graph_schema.evidence import Evidence, EvidenceKind, Proves
from graph_schema.limits import Limit
from graph_schema.records import Commit, NodeRecord, Values
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, short_date
from ui import forms, frame, notices, session
from ui.markup import element
from ui.screens.partners import where
from ui.streamlit_parts import UploadedFile

T = TypeVar("T")

MOST = Limit(30, "Documents d'un même dépôt", "les suivants attendent que ceux-ci soient déposés")
"""Each is read whole, and named in the form."""

_EACH, _ALL, _WHERE = (
    ("kind", "fact_on"),
    ("received_on", "covers_from", "covers_to", "confidential"),
    ("page", "passage"),
)
_TURN, _DONE, _REFUSED = "deposit-turn", "deposit-done", "deposit-refused"


class _Outcome(NamedTuple):
    """What became of the documents that were sent: the commits made and, a sentence each, why others were refused and
    what is to be known of those that are kept.
    """

    commits: list[Commit | None]
    refused: list[str]
    remarks: list[str]


def show_deposit(sheet: Sheet) -> None:
    """Draw the form that suits: documents about the record, or another file for the proof that it is."""
    if refused := st.session_state.pop(_REFUSED, None):
        notices.error(notices.lines(refused) if len(refused) > 1 else refused[0])
    revised = sheet.record.type == Evidence.TYPE
    turn = st.session_state.setdefault(_TURN, 0)  # another one is a new widget: the browser's copies are let go
    given: Any = st.file_uploader(
        "Nouvelle version du document" if revised else "Un ou plusieurs documents",
        accept_multiple_files=not revised, key=f"deposit-files-{turn}", max_upload_size=LARGEST >> 20,
    )  # fmt: skip
    files = given if isinstance(given, list) else [given] if given else []
    done = st.session_state.setdefault(_DONE, set())
    left, waiting = at_once([file for file in files if file.file_id not in done])
    if waiting:
        notices.warning(waiting)
    with st.form("deposit", border=False):
        typed = {} if revised else _typed(sheet.record, left)
        if st.form_submit_button("Déposer", key="deposit-send", type="primary", icon=":material/check:"):
            _deposit(sheet, left, typed)


def at_once(files: list[T]) -> tuple[list[T], str]:
    """Those of this deposit, and what is to be said of those that wait."""
    if len(files) <= MOST:
        return files, ""
    return files[:MOST], f"{MOST} documents à la fois : les autres suivront, une fois ceux-ci déposés."


def _typed(record: NodeRecord, files: Sequence[UploadedFile]) -> dict[str, dict[str, Any]]:
    """What is typed of each document, by the id of its file, once the form is drawn."""
    kind, found = SCHEMA.nodes[Evidence.TYPE], dict[str, dict[str, Any]]()
    for file in files:
        day = proposals.fact_of(file.name, record, session.today())
        known: Values = {
            "kind": str(proposals.kind_of(file.name, record)),
            **({"fact_on": day.isoformat()} if day else {}),
        }
        st.html(element("h3", file.name, class_="file"))
        if coming := proposals.to_come(file.name, session.today()):
            words = f"Son nom dit le {short_date(coming)}, qui n'est pas encore venu : donnez la date du fait."
            st.html(element("p", words, class_="muted small"))
        found[file.file_id] = forms.draw(kind, known, f"deposit-{file.file_id}", _EACH, required=_EACH)
    if files:
        if len(files) > 1:
            st.html(element("h3", "Pour tous ces documents", class_="files"))
        common = forms.draw(kind, {}, "deposit", _ALL)
        common |= forms.draw(SCHEMA.links[Proves.TYPE], {}, "deposit", _WHERE) if len(files) == 1 else {}
        found = {id: {**typed, **common} for id, typed in found.items()}
    return found


def _deposit(sheet: Sheet, files: Sequence[UploadedFile], typed: dict[str, dict[str, Any]]) -> None:
    """Deposit each file by itself: one that is refused is told, and the others are kept."""
    outcome = _sent(sheet, files, typed)
    if outcome.commits:
        what = f"{count(len(outcome.commits), 'preuve')} de {sheet.caption}" if typed else "Nouvelle version déposée"
        told = " ".join((f"{what}.", *dict.fromkeys(outcome.remarks)))
        frame.saved(told, *(outcome.commits if typed else ()))  # a revision is not undone
    if not files or outcome.refused:
        st.session_state[_REFUSED] = outcome.refused or ["Choisissez un document."]
    else:
        st.session_state[_TURN] += 1
        st.session_state[_DONE] = set()
        where.done()
    st.rerun()


def _sent(sheet: Sheet, files: Sequence[UploadedFile], typed: dict[str, dict[str, Any]]) -> _Outcome:
    outcome = _Outcome([], [], [])
    for file in files:
        try:
            if sheet.record.type == Evidence.TYPE:
                done = deposits.revise(session.network(), sheet.record.id, file, file.name)
            else:
                said = _description(sheet, file.name, typed[file.file_id])
                done = deposits.deposit(session.network(), file, file.name, said)
        except Reseau28Error as error:
            named = str(error) if file.name in str(error) else f"« {file.name} » : {error}"
            outcome.refused.append(named)
        else:
            outcome.commits.append(done.value.commit)
            outcome.remarks.extend(filter(None, [done.value.remark]))
            st.session_state[_DONE].add(file.file_id)
    return outcome


def _description(sheet: Sheet, name: str, typed: dict[str, Any]) -> Description:
    if not typed["fact_on"]:
        raise InputError(f"Donnez la date du fait de « {name} ».", field="fact_on")
    received, first, last = (
        date.fromisoformat(typed[name]) if typed[name] else None for name in ("received_on", "covers_from", "covers_to")
    )
    return Description(
        (sheet.record.id,), EvidenceKind(typed["kind"]), date.fromisoformat(typed["fact_on"]), received_on=received,
        covers=(first, last), confidential=bool(typed["confidential"]), page=typed.get("page", ""),
        passage=typed.get("passage", ""),
    )  # fmt: skip
