"""The colours, which ``static/look.css`` alone holds, each by the name of its tone, by day and in the dark."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_SHEET = Path(__file__).parent / "static" / "look.css"
_BLOCK = re.compile(r":root \{.*?\n\}", re.DOTALL)
_TONE = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
_THEME = {
    "primaryColor": "theme-primary", "backgroundColor": "paper", "secondaryBackgroundColor": "soft",
    "textColor": "ink", "borderColor": "theme-border", "linkColor": "accent",
    "sidebar.backgroundColor": "theme-side", "sidebar.secondaryBackgroundColor": "theme-side-soft",
}  # fmt: skip
"""The options of Streamlit's theme, each with the tone that it takes."""


@cache
def declared() -> str:
    """All tones as a rule of a style sheet, for a page that has no other sheet of ours."""
    found = _BLOCK.search(_SHEET.read_text(encoding="utf-8"))
    assert found is not None
    return found[0]


@cache
def colours(*, dark: bool = False) -> Mapping[str, str]:
    """The colour of each tone."""
    return {name: night if dark else day for name, day, night in _TONE.findall(declared())}


def theme() -> Iterator[tuple[str, str]]:
    """The options of Streamlit's theme by which its own widgets have our colours."""
    for scheme in ("light", "dark"):
        tones = colours(dark=scheme == "dark")
        yield from ((f"theme.{scheme}.{option}", tones[tone]) for option, tone in _THEME.items())
