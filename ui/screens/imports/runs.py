"""The imports of the past, and taking one back: what was kept, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from crm import days
from crm.ledger.imports import ImportRun, imports
from crm.ledger.undo import UndoReport, undo
from graph_schema.wording import count, listing, number, short_date
from ui import address, frame, notices, session
from ui.markup import cell, door, element, heading, table
from ui.screens.imports.turn import alone

SHOWN = 20
_WIDTHS = (1.5, 1.4, 3, 1, 1.2, 1.1, 1.4)
_UNDO = "import-undo"


@dataclass(slots=True)
class _Undo:
    """An undo that was asked, then what it did or why it could not."""

    run: str
    report: UndoReport | None = None
    trouble: Exception | None = None

    @property
    def waits(self) -> bool:
        return self.report is None and self.trouble is None


def show_runs() -> None:
    """Draw the imports of the network, newest first, and what the last undo did."""
    asked: _Undo | None = st.session_state.get(_UNDO)
    if asked and asked.waits:
        _undo(asked)
    found = imports(session.network())
    st.html(heading("Les imports"))
    if asked:
        _tell(asked, found)
    if not found:
        st.html(element("p", "Aucun import pour l'instant.", class_="empty"))
        return
    heads = ("Date", "Par", "Fichiers", "Créées", "Mises à jour", "État", "")
    for column, words in zip(st.columns(_WIDTHS), heads, strict=True):
        column.html(element("span", words, class_="muted small"))
    everything = len(found) <= SHOWN or st.session_state.get("import-all", False)
    for each in found if everything else found[:SHOWN]:
        _row(each)
    if not everything:
        st.button(f"Voir les {number(len(found))} imports", key="import-more", type="tertiary", on_click=_show_all)


def moment(at: str) -> str:
    """An instant of the journal as people here say it: « 12/03/2026 à 14:05 »."""
    here = days.here(at)
    return f"{short_date(here.date())} à {here:%H:%M}"


def is_undone(run: str | None) -> bool:
    """Whether an import has been taken back."""
    return any(each.id == run and each.undone for each in imports(session.network()))


def undo_control(run: str, place: str) -> None:
    """The way to take a run back, after a question."""
    with st.popover("Annuler cet import" if place == "result" else "Annuler", icon=":material/undo:", type="tertiary"):
        st.markdown(
            "Tout ce que cet import a écrit est repris, sauf ce qui a été modifié depuis. Le journal garde tout."
        )
        st.button("Annuler cet import", key=f"import-undo-{place}-{run}", type="primary", on_click=_ask, args=(run,))


def _row(each: ImportRun) -> None:
    with st.container(key=f"import-run-{each.id}"):
        columns = st.columns(_WIDTHS, vertical_alignment="center")
        texts = (
            moment(each.started), each.author, listing(each.files, 3), number(each.created), number(each.updated),
            each.state,
        )  # fmt: skip
        for column, text in zip(columns, texts, strict=False):
            column.html(element("span", text))
        if not each.undone:
            with columns[-1]:
                undo_control(each.id, "list")


def _show_all() -> None:
    st.session_state["import-all"] = True


def _ask(run: str) -> None:
    st.session_state[_UNDO] = _Undo(run)


def _undo(asked: _Undo) -> None:
    """Take back what was asked; whatever makes the page run again meanwhile, it goes on where it was."""
    bar = st.progress(0.0, "Annulation…")

    def tell(done: int, total: int) -> None:
        bar.progress(done / total, f"Annulation : étape {number(done)} sur {number(total)}")

    with alone():
        if asked.waits:  # still, after the wait
            try:
                asked.report = undo(session.network(), asked.run, tell)
            except Exception as error:
                asked.trouble = error
    st.rerun()


def _tell(asked: _Undo, found: Sequence[ImportRun]) -> None:
    if asked.trouble is not None:
        del st.session_state[_UNDO]
        with frame.guard():
            raise asked.trouble
    done = asked.report
    files = next((run.files for run in found if run.id == asked.run), ())
    if done is None:
        return
    kept = f", {count(len(done.kept), 'fiche gardée', 'fiches gardées')} :" if done.kept else "."
    words = f"Import annulé ({listing(files, 3)}) : {count(done.reversed, 'changement repris', 'changements repris')}"
    notices.success(f"{words}{kept}", glyph="undo")
    if done.kept:
        rows = ((cell(door(each.caption, address.record(each.id))), cell(each.reason)) for each in done.kept)
        st.html(element("div", table(("Fiche", "Gardée, car"), rows), class_="tall"))
