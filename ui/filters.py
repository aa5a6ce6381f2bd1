"""Filters whose choice lives in the address: chips and lists that a link or Back sets like a click.

A choice that changes starts the list again from its first rows (``ROWS``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from ui import address, notices
from ui.markup import Markup, element, join

ROWS = "lignes"
"""The parameter that says how many rows of the list are shown."""


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


def several(label: str, name: str, options: Sequence[str], say: Callable[[str], str]) -> list[str]:
    """A list from which several may be chosen; those that the address names and nothing bears any more stay in it."""
    wanted = address.texts(name)
    offered = [*options, *(value for value in wanted if value not in options)]
    key = _follow(name, lambda: wanted)
    chosen = st.multiselect(label, offered, format_func=say, key=key, placeholder="Tous")
    _write(name, [str(value) for value in chosen])
    return list(chosen)


def one(
    label: str, name: str, options: Mapping[str, str], resolve: Callable[[str], str | None], placeholder: str
) -> str | None:
    """One of ``options`` (value → words), or None; what is typed and is none of them, ``resolve`` may know."""
    key = _follow(name, lambda: next((value for value in address.texts(name) if value in options), None))
    picked = st.selectbox(
        label, list(options), index=None, format_func=lambda value: options.get(value, value), key=key,
        placeholder=placeholder, accept_new_options=True,
    )  # fmt: skip
    if picked is None or picked in options:
        _write(name, [picked] if picked else [])
        return picked
    found = resolve(picked)
    if found is None:
        notices.note(f"« {picked} » n'est pas connu : vérifiez l'orthographe.")
    address.put(**{name: found, ROWS: None})
    st.session_state[_seen(name)] = [picked]  # never what the address says: the widget follows it at the next run
    return found


def text(label: str, name: str, **more: Any) -> str:
    """A line of text, followed while it is typed."""
    key = _follow(name, lambda: address.text(name))
    typed = (st.text_input(label, key=key, type="search", live="300ms", **more) or "").strip()
    _write(name, [typed] if typed else [])
    return typed


def _follow(name: str, read: Callable[[], Any]) -> str:
    """Set the widget from the address where that is what changed since the last run, or where the widget is new;
    returns the widget's key.
    """
    key = f"filter-{name}"
    if key not in st.session_state or st.session_state.get(_seen(name)) != address.texts(name):
        st.session_state[key] = read()
    return key


def _write(name: str, values: list[str]) -> None:
    if values != address.texts(name):
        address.put(**{name: values, ROWS: None})
    st.session_state[_seen(name)] = values


def _seen(name: str) -> str:
    return f"filter-{name}-seen"
