"""HTML for the screens, escaped by construction: whatever is not already markup is text."""

import re
from collections.abc import Iterable
from html import escape

from graph_schema.typography import headline, typeset


class Markup(str):
    """Text that is HTML already; only ``element`` and ``join`` make it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """What ``st.html`` sends as it is: plain text it would dedent, which takes long for a table of 200 rows."""
        return str(self)


def element(tag: str, *children: str, **attributes: str | None) -> Markup:
    """An element with its children. An attribute loses a last underscore, others become hyphens; None leaves it out.

    >>> element("a", "Fer & Fils", class_="door", href="?fiche=1")
    '<a class="door" href="?fiche=1">Fer &amp; Fils</a>'
    """
    written = "".join(f' {_name(k)}="{escape(_read(k, v))}"' for k, v in attributes.items() if v is not None)
    inside: str = join(*children)
    if tag in _TITLES or attributes.get("class_") == "sentence":
        inside = headline(inside)
    return Markup(f"<{tag}{written}>{inside}</{tag}>")


def join(*children: str) -> Markup:
    """The children one after the other; text is typeset and escaped, markup stays as it is."""
    return Markup("".join(child if isinstance(child, Markup) else escape(typeset(child)) for child in children))


_TITLES = frozenset({"h1", "h2", "h3", "h4"})

_WORDS = frozenset({"alt", "aria_label", "placeholder", "title"})
"""The attributes that people read or hear."""


def _read(attribute: str, value: str) -> str:
    return typeset(value) if attribute in _WORDS else value


def _name(attribute: str) -> str:
    return attribute.rstrip("_").replace("_", "-")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], class_: str = "rows") -> Markup:
    """A table: the words of its heads, and rows of cells made by ``cell``."""
    head = element("thead", element("tr", *(element("th", each, scope="col") for each in heads)))
    return element("table", head, element("tbody", *(element("tr", *row) for row in rows)), class_=class_)


def cell(*children: str, class_: str | None = None, title: str | None = None) -> Markup:
    """One cell of a table."""
    return element("td", *children, class_=class_, title=title)


def door(words: str, href: str, class_: str = "", title: str | None = None) -> Markup:
    """A link that moves within the application."""
    return element("a", words, class_=f"door {class_}".strip(), href=href, title=title)


def heading(words: str, *beside: str) -> Markup:
    """The title of a part of a page, with what stands at the end of its line."""
    return element("div", element("h2", words), *beside, class_="title")


def as_label(text: str) -> str:
    """Text as it is for the label or the help of a widget, which Streamlit reads as Markdown.

    What its Markdown would still change once escaped (arrows, mail and web addresses) is cut by a mark of no width.
    Everything else is shown as HTML, which changes nothing: see ``ui.notices``.
    """
    cut = _CHANGED.sub(lambda found: f"{found[0]}{_NO_WIDTH}", text)
    return "".join(f"\\{c}" if c in _MARKDOWN else c for c in cut)


_MARKDOWN = frozenset("\\`*_{}[]()<>#+-=.!|~$:^&@")
_CHANGED = re.compile(r"<(?=->|-|=)|[->~](?==)|-(?=[->])|\S(?=@)|:(?=//)|www(?=\.)")
_NO_WIDTH = "\u2060"
