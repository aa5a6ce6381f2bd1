"""One long act at a time in a session: Streamlit starts a page's next run before the one it replaces has stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import streamlit as st

_LOCK = "import-lock"


@contextmanager
def alone() -> Iterator[None]:
    """Wait until the run that this one replaces has stopped, which it does at its next word to the page."""
    lock: Lock = st.session_state.setdefault(_LOCK, Lock())
    with lock:
        yield
