"""Long lists shown a page at a time: how many rows the address asks for, and the door to more."""

from graph_schema.wording import number
from ui import address
from ui.filters import ROWS
from ui.markup import Markup, door, element

_MOST = 20_000


def shown(page: int) -> int:
    """How many rows to show: what the address says, one page when it says nothing that can be."""
    asked = address.text(ROWS)
    return max(page, min(int(asked), _MOST)) if asked.isascii() and asked.isdigit() and len(asked) < 8 else page


def more(total: int, page: int) -> Markup:
    """The door to one more page, nothing when all ``total`` rows are shown."""
    now = shown(page)
    if total <= now:
        return Markup("")
    words = f"Voir {number(min(page, total - now))} de plus sur {number(total)}"
    return element("p", door(words, address.here(**{ROWS: str(now + page)})), class_="more")
