"""HTML of others, cleaned: words and tables stay; nothing that runs, refers elsewhere, is sent or covers the page."""

import re

import nh3

_TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody",
    "tfoot", "tr", "td", "th", "caption", "blockquote", "pre", "code", "strong", "b", "em", "i", "u", "s", "sub", "sup",
    "div", "span", "img",
}  # fmt: skip
_ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "img": {"src", "alt"}}
_UNSEEN = {"script", "style", "title", "noscript", "template", "object", "iframe"}
_EMPTY = re.compile(r"<img(?![^>]* src=)[^>]*>")
_PICTURE = "data:image/jpeg;base64,"


def cleaned(html: str, *, pictures: bool = False) -> str:
    """What of ``html`` may stand in a page; with ``pictures``, also those that it holds itself.

    A link keeps its words alone: following one would tell a stranger that the document is read.
    """
    tags = _TAGS if pictures else _TAGS - {"img"}
    found = nh3.clean(
        html, tags=tags, attributes={name: kept for name, kept in _ATTRIBUTES.items() if name in tags},
        clean_content_tags=_UNSEEN, attribute_filter=_kept, url_schemes={"data"}, link_rel=None,
    )  # fmt: skip
    return _EMPTY.sub("", found)


def _kept(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("img", "src"):
        return value if value.startswith(_PICTURE) else None
    if name in ("colspan", "rowspan"):
        return value if value.isascii() and value.isdigit() and len(value) < 4 else None
    return value
