"""The decision on a pair: merged, told apart or postponed, each by a key; the last one can be taken back."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from crm.duplicates.answers import forget, tell_apart
from crm.duplicates.comparing import SideBySide
from crm.duplicates.merging import merge, split
from crm.duplicates.scan import Pair
from graph_schema.wording import count
from ui import address, frame, notices, session

PAIR = "paire"
"""The parameter that names the two records, the one that is kept first."""

_LAST, _LATER, _SEEN = "duplicates-last", "duplicates-later", "duplicates-seen"


class _Decision(NamedTuple):
    words: str
    kept: str
    other: str
    commit: int = 0


def may_decide() -> bool:
    """Whether the actor may edit, and the day shown is today."""
    return session.may_edit()


def chosen(found: Sequence[Pair]) -> tuple[str, str] | None:
    """The ids of the pair that the address names, else of the first one; None without any."""
    asked = address.text(PAIR).split(",")
    if len(asked) == 2 and all(asked) and asked[0] != asked[1]:
        return asked[0], asked[1]
    return (found[0].one.id, found[0].other.id) if found else None


def to_pair(ids: tuple[str, str] | None) -> str:
    """The address of a pair; of the first one without."""
    return address.here(**{PAIR: ",".join(ids) if ids else None})


def postponed(ids: frozenset[str]) -> bool:
    """Whether this pair was put off until the end of the session."""
    return ids in st.session_state.get(_LATER, ())


def draw_decision(comparison: SideBySide, taken: Sequence[str]) -> None:
    """Draw the three buttons; a pressed one leads to the next pair."""
    if not may_decide():
        notices.note("Seul un gestionnaire, au jour d'aujourd'hui, décide d'une paire.")
        return
    kept, other = comparison.kept.id, comparison.other.id
    seen = _seen(comparison)
    with st.container(key="duplicates-decide", horizontal=True, gap="small"):
        if st.button("Fusionner", key="duplicates-merge", type="primary", icon=":material/merge:", shortcut="f"):
            done = merge(session.network(), kept, other, taken, seen)
            session.edits().did(done.commit)
            words = f"Fiches fusionnées, {count(done.value.moved, 'lien')} de plus"
            _next(_Decision(words, kept, other, done.commit.number if done.commit else 0))
        if st.button("Ce sont deux partenaires", key="duplicates-apart", icon=":material/call_split:", shortcut="d"):
            tell_apart(session.network(), kept, other)
            _next(_Decision("Dites de deux partenaires", kept, other))
        if st.button("Plus tard", key="duplicates-later-button", icon=":material/schedule:", shortcut="p"):
            st.session_state[_LATER] = {*st.session_state.get(_LATER, ()), frozenset((kept, other))}
            _next(_Decision("Remises à plus tard", kept, other))


def _seen(comparison: SideBySide) -> tuple[int, int]:
    """The revisions that were on screen when the button was pressed; those that are now, for a pair just opened."""
    revisions = (comparison.kept.revision, comparison.other.revision)
    ids = (comparison.kept.id, comparison.other.id)
    before, st.session_state[_SEEN] = st.session_state.get(_SEEN), (ids, revisions)
    return before[1] if before and before[0] == ids else revisions


def draw_last() -> None:
    """Say what was decided last, with the way to take it back."""
    last: _Decision | None = st.session_state.get(_LAST)
    if last is None:
        return
    with st.container(key="duplicates-last-line", horizontal=True, vertical_alignment="center", gap="small"):
        notices.note(f"{last.words}.", width="content")
        if may_decide() and st.button("Reprendre", key="duplicates-back", icon=":material/undo:"):
            _take_back(last)


def _take_back(last: _Decision) -> None:
    """Undo the last decision and show its pair again."""
    if last.commit:
        done = split(session.network(), str(last.commit))
        session.edits().did(done.commit)
        kept = f" ; {count(len(done.since), 'changement')} fait depuis reste" if done.since else ""
        frame.saved(f"Fiches séparées de nouveau{kept}")
    elif postponed(ids := frozenset((last.kept, last.other))):
        st.session_state[_LATER] = st.session_state[_LATER] - {ids}
    else:
        forget(session.network(), last.kept, last.other)
    del st.session_state[_LAST]
    address.put(**{PAIR: f"{last.kept},{last.other}"})
    st.rerun()


def _next(decided: _Decision) -> None:
    st.session_state[_LAST] = decided
    address.put(**{PAIR: None})
    st.rerun()
