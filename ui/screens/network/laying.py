"""Layouts of scenes, computed beside the screen's thread: who leaves the page while one is made is not kept waiting."""

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

import streamlit as st

from crm.canvas.layout import layout
from crm.canvas.scene import Positions, Scene

Placed = dict[str, tuple[float, float]]

_LAYOUTS = 64
_SHORT = 0.1
"""Seconds between two looks at whether the session has something else to do."""

_workers = ThreadPoolExecutor(2, "layout")
_kept: OrderedDict[str, Future[Placed]] = OrderedDict()
_keeping = Lock()


def laid_out(digest: str, scene: Scene, before: Positions) -> Placed:
    """The layout of a scene, kept by ``digest`` for whoever opens the same picture next: it is always the same.

    ``before`` is where some nodes already stand.
    """
    with _keeping:
        if digest not in _kept:
            _kept[digest] = _workers.submit(layout, scene, dict(before))
        _kept.move_to_end(digest)
        made = _kept[digest]
        while len(_kept) > _LAYOUTS:
            _kept.popitem(last=False)
    if not made.done():
        with st.spinner("Mise en place du réseau…", show_time=True):
            while not wait([made], _SHORT).done:
                st.session_state.get("network")  # Streamlit stops a script where it uses the session
    return made.result()
