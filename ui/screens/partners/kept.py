"""The file of a proof, on its own sheet: where it is kept, what it is, when it was last checked, checking it now."""

from collections.abc import Iterator

import streamlit as st

from crm import days
from crm.errors import Reseau28Error
from crm.files import media
from crm.network.rights import Right
from crm.records.sheet import Sheet
from crm.vault import keeping, statements
from crm.vault.access import Attestation
from crm.vault.keeping import Keeping
from crm.vault.statements import Statement, Verdict
from graph_schema.evidence import Evidence
from graph_schema.wording import weight
from ui import frame, notices, session
from ui.markup import Markup, element, join
from ui.screens.partners import where

PART = "fichier"
_FOUND = "proof-checked"


def offered(sheet: Sheet) -> bool:
    """Whether the record is a proof that has, or had, a file which whoever is at work may know of."""
    return sheet.record.type == Evidence.TYPE and bool(sheet.record.values.get("vault")) and not sheet.withheld


def draw_kept(sheet: Sheet) -> None:
    """Draw how the file is kept, then « Vérifier maintenant » for who may read the journal."""
    try:
        found = keeping.keeping(session.network(), sheet.record.id)
    except Reseau28Error as error:
        notices.error(str(error))
        return
    terms = [join(element("dt", name), element("dd", said)) for name, said in _terms(sheet, found)]
    st.html(element("dl", *terms))
    if session.actor().may(Right.HISTORY):
        st.button(
            "Vérifier maintenant", key="proof-check", icon=":material/fact_check:", on_click=_check,
            args=(sheet.record.id,),
        )  # fmt: skip
        _tell(sheet.record.id)


def _terms(sheet: Sheet, found: Keeping) -> Iterator[tuple[str, str | Markup]]:
    values = sheet.record.values
    yield "Nom", str(values.get("file_name", ""))
    yield "Type", media.labelled(str(values.get("media", "")))
    yield "Taille", weight(int(str(values.get("size", 0))))
    yield "Empreinte SHA-256", element("code", str(values.get("sha256", "")))
    kept = f"Dans le coffre{f' « {found.where} »' if found.where else ' du réseau'}"
    absent = "Détruit" if values.get("destroyed_on") else "N'est plus dans le coffre : remettez-le d'une sauvegarde"
    yield "Gardé", kept if found.present else absent
    if session.actor().may(Right.HISTORY):
        yield "Dernier contrôle", _checked(found.checked)


def _checked(found: Attestation | None) -> str:
    if found is None:
        return "Aucun, récemment"
    whole = "" if found.about else " (tout le coffre)"
    return f"{days.moment(found.at)}, par {found.actor}{whole} : {found.detail}"


def _check(id: str) -> None:
    """Read the file again; what is found is told under the button."""
    with frame.guard():
        st.session_state[_FOUND] = statements.check(session.network(), id).value
        where.done()


def _tell(id: str) -> None:
    found: Statement | None = st.session_state.get(_FOUND)
    if found is None or found.id != id:
        return
    if found.verdict is Verdict.FAULTY:
        notices.error(" ".join(fault.message for fault in found.faults))
    else:
        words = f"{found.verdict.label} Contrôle attesté, ligne {found.access.number} du journal des accès."
        st.html(element("p", words, class_="muted", role="status"))
