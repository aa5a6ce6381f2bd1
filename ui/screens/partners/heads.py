"""The head of a column by which a list is put in order: once by it, once more the other way."""

from ui import filters
from ui.look import icon
from ui.markup import Markup, door, element, join
from ui.screens.partners import where


def head(words: str, order: str | None, sorted_now: bool, backwards: bool, class_: str | None = None) -> Markup:
    """The head of a column; ``order`` is what the address calls it, None for the one that it need not name."""
    turned = sorted_now and not backwards
    again: dict[str, str | None] = {where.ORDER: order, where.BACKWARDS: "oui" if turned else None, filters.ROWS: None}
    arrow = icon(":material/arrow_downward:" if backwards else ":material/arrow_upward:") if sorted_now else ""
    said = ("descending" if backwards else "ascending") if sorted_now else None
    return element("th", door(join(words, arrow), where.to_list(**again)), class_=class_, scope="col", aria_sort=said)
