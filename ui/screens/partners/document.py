"""The document of a proof: what it shows, page by page, and where in it is said what it attests."""

import re

from crm.records.sheet import Sheet, Tie
from crm.vault import readings
from graph_schema.evidence import Evidence, Proves, place
from graph_schema.records import Values
from ui import address, preview, session
from ui.markup import Markup, door, element
from ui.screens.partners import where

PART = "document"
_NUMBER = re.compile(r"\d{1,5}")


def offered(sheet: Sheet) -> bool:
    """Whether the record has a document that whoever is at work may read."""
    return sheet.record.type == Evidence.TYPE and readings.may_open(sheet.record, session.actor())


def pointers(sheet: Sheet) -> Markup:
    """Where the document says what it attests, each the door to that page."""
    lines = [
        element("li", element("span", said, element("span", f" · atteste {tie.named}", class_="muted")))
        for tie in sheet.of(Proves.TYPE)
        if tie.link.source == sheet.record.id and (said := pointer(sheet.record.id, tie))
    ]
    return element("ul", *lines, class_="lines") if lines else Markup("")


def pointer(id: str, tie: Tie) -> Markup:
    """« page 3, Article 2 »: a door to that page of the proof ``id``; nothing where it does not say."""
    words = place(tie.link.values)
    return door(words, where.to_page(id, _page(tie.link.values))) if words else Markup("")


def draw_document(sheet: Sheet) -> None:
    """Draw the page that the address names."""
    asked = address.text(where.PAGE)
    page = int(asked) if _NUMBER.fullmatch(asked) else 1
    preview.draw_preview(sheet.record.id, sheet.caption, page, where.PAGE)


def _page(values: Values) -> str:
    """The first page of « 3 à 5 »."""
    found = _NUMBER.search(str(values.get("page", "")))
    return found[0] if found else "1"
