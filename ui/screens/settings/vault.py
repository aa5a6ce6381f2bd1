"""The part of « Réglages » that says where the files of proofs are, and how their vault is found."""

from collections.abc import Iterator

import streamlit as st

from crm.network.rights import Right
from crm.vault import checking
from crm.vault.checking import Survey
from graph_schema.wording import count, weight
from ui import session
from ui.look import icon
from ui.markup import Markup, element, heading, join

_SHOWN = 5
"""So many faults are told here; the terminal tells all."""


def draw_vault() -> None:
    """Draw the door to a look at the vault, and what it tells once taken: names and sizes alone are looked at.

    Only when asked, as a bucket and its log are long to list. Nothing for who may not read the journal: names of files
    are no reader's.
    """
    if not session.actor().may(Right.HISTORY):
        return
    st.html(heading("Coffre des preuves"))
    if st.button("Regarder le coffre", key="settings-vault", icon=":material/inventory_2:"):
        with st.spinner("Lecture du coffre…"):
            seen = checking.survey(session.network())
        terms = [join(element("dt", name), element("dd", said)) for name, said in _terms(seen)]
        st.html(element("dl", *terms))


def _terms(seen: Survey) -> Iterator[tuple[str, Markup | str]]:
    if session.actor().may(Right.ADMIN):
        yield "Place", element("code", seen.address) if seen.address else "aucune : indiquez-la par RESEAU28_VAULT"
    if seen.id:
        yield "Identité", element("code", seen.id)
        yield "Contenu", f"{count(seen.files, 'fichier')}, {weight(seen.bytes)}"
    yield "État", _state(seen)
    if seen.strangers:
        yield "Autres fichiers", checking.others(seen.strangers)


def _state(seen: Survey) -> Markup | str:
    if not seen.faults:
        words = "chaque fichier est là" if seen.id else "sera créé au premier dépôt"
        return element("span", icon(":material/check_circle:"), " ", words, class_="state good")
    lines = [element("li", fault.message) for fault in seen.faults[:_SHOWN]]
    if more := len(seen.faults) - _SHOWN:
        lines += [element("li", f"et {count(more, 'autre')} : « reseau28 evidence vault »")] if more > 0 else []
    head = element("span", icon(":material/error:"), " ", count(len(seen.faults), "défaut"), class_="state bad")
    return join(head, element("ul", *lines))
