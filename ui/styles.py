"""Style sheets of single screens, read once; each goes to the page alone, in an ``st.html`` of its own."""

from functools import cache
from pathlib import Path

from ui.markup import Markup

_STATIC = Path(__file__).parent / "static"


@cache
def style(name: str) -> Markup:
    """The style sheet of that name as an element: our own file, never anything that people typed."""
    return Markup(f"<style>{(_STATIC / name).read_text(encoding='utf-8')}</style>")
