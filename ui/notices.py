"""What a page says to people in a line of its own: an error, a warning, a fact. As text, never read as Markdown."""

from typing import Literal

import streamlit as st

from ui.look import icon
from ui.markup import Markup, element, join


def error(*words: str, glyph: str = "error") -> None:
    """Say what went wrong and how to mend it; screen readers interrupt for it."""
    _show("error", glyph, words, role="alert")


def warning(*words: str, glyph: str = "warning") -> None:
    """Say what to be careful of."""
    _show("warning", glyph, words, role="alert")


def info(*words: str, glyph: str = "info") -> None:
    """Say a fact that bears on the page."""
    _show("info", glyph, words, role="status")


def success(*words: str, glyph: str = "check_circle") -> None:
    """Say what was done."""
    _show("success", glyph, words, role="status")


def note(*words: str, width: Literal["stretch", "content"] = "stretch") -> None:
    """Say something in passing, in small quiet letters."""
    st.html(element("p", *words, class_="note"), width=width)


def lines(words: list[str]) -> Markup:
    """Several things to say at once, one line each."""
    return element("ul", *(element("li", each) for each in words))


def _show(kind: str, glyph: str, words: tuple[str, ...], role: str) -> None:
    st.html(
        element("div", icon(f":material/{glyph}:"), element("div", join(*words)), class_=f"notice {kind}", role=role)
    )
