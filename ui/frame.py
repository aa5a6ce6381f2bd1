"""What surrounds every screen besides the menu: search, « Consigner », the past, the last save, how errors are told."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st

from crm.errors import Forbidden, Reseau28Error
from crm.ledger.edits import StepOutcome
from crm.network.rights import Right
from graph_schema.records import Commit
from graph_schema.wording import listing, long_date
from ui import address, logbook, notices, quick_log, search_box, session
from ui.look import icon
from ui.markup import element

UNDO_SECONDS = 10.0
_SAVED = "frame-saved"
_TOLD = "frame-told"


def draw() -> None:
    """What stands above the page."""
    st.session_state[_TOLD] = st.session_state.get(_SAVED)
    _tools()
    if session.is_past():
        _past_banner()


@st.fragment
def _tools() -> None:
    """The search box and « Consigner »; typing in them reruns nothing else."""
    with st.container(key="topbar", horizontal=True, vertical_alignment="center", gap="medium"), guard():
        search_box.draw_search()
        quick_log.draw_quick_log(saved)


def last_word() -> None:
    """Say what was saved last; after the page, so that nothing moves when it goes."""
    if _SAVED in st.session_state:
        left = st.session_state[_SAVED][2] - time.monotonic()
        if left > 0:
            st.fragment(_draw_saved, run_every=left + 0.1)()
        else:
            del st.session_state[_SAVED]


def saved(message: str, *commits: Commit | None) -> None:
    """Say what was just done, on one line, with « Annuler » for ten seconds after the rerun that follows.

    ``commits`` are all that it takes to do it, in order; « Annuler » takes them back together, and ``session.edits``
    remembers them as one step.
    """
    session.edits().did(*commits)
    made = tuple(commit for commit in commits if commit is not None)
    st.session_state[_SAVED] = (message, made, time.monotonic() + UNDO_SECONDS)


def announce() -> None:
    """In a part of a page that runs alone: run the whole page once something was saved there, so that it is said."""
    last = st.session_state.get(_SAVED)
    if last is not None and last is not st.session_state.get(_TOLD):
        st.rerun()


def open_record(id: str) -> NoReturn:
    """Leave for a record's sheet."""
    address.go(address.PARTNERS, **{address.RECORD: id})


@contextmanager
def guard() -> Iterator[None]:
    """Tell an error as one French sentence where it happened; what was typed stays, what is around goes on."""
    try:
        yield
    except Forbidden as error:
        notices.error(str(error), glyph="lock")
        if error.code == "login":
            st.html(element("a", "Se connecter", href="/connexion"))
    except Reseau28Error as error:
        notices.error(str(error))
    except Exception as error:
        notices.error(
            f"Une erreur imprévue a interrompu cette page ({type(error).__name__}) ; ce qui était enregistré le reste. "
            f"{logbook.keep(error)}"
        )


def _past_banner() -> None:
    with st.container(key="past", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        when = element("strong", long_date(session.day()))
        st.html(element("p", icon(":material/history:"), " Réseau tel qu'il était le ", when), width="content")
        st.button(
            "Revenir à aujourd'hui",
            key="frame-back",
            type="tertiary",
            on_click=address.put,
            kwargs={address.DATE: None},
        )


def _draw_saved() -> None:
    if _SAVED not in st.session_state:
        return
    message, commits, until = st.session_state[_SAVED]
    if time.monotonic() >= until:
        return
    with st.container(key="saved", horizontal=True, vertical_alignment="center", gap="medium"):
        st.html(element("p", icon(":material/check:"), " ", message), width="content")
        may_undo = commits and session.actor().may(Right.EDIT)
        if may_undo and st.button("Annuler", key="frame-undo", icon=":material/undo:"):
            with guard():
                _undo(commits)
                st.rerun()  # the whole page, not only this line


def _undo(commits: Sequence[Commit]) -> None:
    moved("Annulé", session.edits().undo(session.network(), commits))


def moved(verb: str, done: StepOutcome) -> None:
    """Say what was undone or done again (``verb``), and what was kept because it has changed since."""
    captions = listing([each.caption for each in done.kept], 5)
    kept = f" Gardé, car modifié depuis : {captions}." if captions else ""
    saved(f"{verb} : {done.words}.{kept}")
