"""Filters whose choice lives in the address: chips and lists that a link or Back sets like a click.

A choice is written in the address before the run that it starts; every run then reads the address, and nothing here
gives a choice back: a page cannot be narrowed by anything but what its address says. A choice that changes starts the
list again from its first rows (``ROWS``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from ui import address, notices, typography
from ui.markup import Markup, element, join

ROWS = "lignes"
"""The parameter that says how many rows of the list are shown."""


PAGE = 100
"""So many rows are shown at first, and so many more at a time."""


def rows() -> int:
    """How many rows of the list the address asks for, at least a page."""
    asked = address.text(ROWS)
    return max(PAGE, int(asked)) if asked.isdecimal() and len(asked) < 7 else PAGE


def chips(name: str, options: Iterable[tuple[str, str, int]]) -> Markup:
    """Chips of which several may be on, each a link that turns it on or off; an option: value, words, how many."""
    on = address.texts(name)
    links = [
        _chip(name, value, join(words, element("span", str(number), class_="tally")), on)
        for value, words, number in options
    ]
    return element("div", *links, class_="chips", role="group")


def _chip(name: str, value: str, words: Markup, on: Sequence[str]) -> Markup:
    chosen = value in on
    after = [each for each in on if each != value] if chosen else [*on, value]
    href = address.here(**{name: after, ROWS: None})
    return element("a", words, class_="door", href=href, aria_current="true" if chosen else None)


def several(label: str, name: str, options: Sequence[str], say: Callable[[str], str], all: str) -> None:
    """A list from which several may be chosen; those that the address names and nothing bears any more stay in it."""
    wanted, key = address.texts(name), _key(name)
    offered = [*options, *(value for value in wanted if value not in options)]
    if st.session_state.get(key) != wanted:
        st.session_state[key] = wanted
    st.multiselect(
        label, offered, format_func=typography.shown(say), key=key, placeholder=all,
        on_change=lambda: _write(name, map(str, st.session_state[key])),
    )  # fmt: skip


def one(
    label: str, name: str, options: Mapping[str, str], resolve: Callable[[str], str | None] | None, placeholder: str
) -> None:
    """One of ``options`` (value → words), or none; what is typed and is none of them, ``resolve`` may know.

    Without it nothing but the options can be chosen.
    """
    wanted, key = next((value for value in address.texts(name) if value in options), None), _key(name)
    if st.session_state.get(key) != wanted or key not in st.session_state:
        st.session_state[key] = wanted

    def pick() -> None:
        picked = st.session_state[key]
        found = picked if picked is None or picked in options or resolve is None else resolve(picked)
        if picked and found is None:
            st.session_state[_unknown(name)] = picked
        _write(name, [found] if found else [])

    st.selectbox(
        label, list(options), index=None, key=key, placeholder=placeholder, on_change=pick,
        accept_new_options=resolve is not None,
        format_func=typography.shown(lambda value: options.get(value, value)),
    )  # fmt: skip
    if unknown := st.session_state.pop(_unknown(name), None):
        notices.note(f"« {unknown} » n'est pas connu : vérifiez l'orthographe.")


def text(label: str, name: str, **more: Any) -> None:
    """A line of text, followed while it is typed."""
    wanted, key = address.text(name), _key(name)
    if key not in st.session_state or _typed(key) != wanted:  # a blank at the end of what is being typed stays there
        st.session_state[key] = wanted
    st.text_input(
        label, key=key, type="search", live="300ms",
        on_change=lambda: _write(name, filter(None, [_typed(key)])), **more,
    )  # fmt: skip


def _typed(key: str) -> str:
    return (st.session_state.get(key) or "").strip()


def _write(name: str, values: Iterable[str]) -> None:
    """Say a choice in the address; called by a widget that changed, before the page is run."""
    address.put(**{name: list(values), ROWS: None})


def _key(name: str) -> str:
    return f"filter-{name}"


def _unknown(name: str) -> str:
    return f"filter-{name}-unknown"
