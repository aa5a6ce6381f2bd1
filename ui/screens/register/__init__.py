"""« Registre »: all that people enter beside the partners, a list by type that stays, a sheet that opens beside it."""

from ui import address, session
from ui.screen import Screen
from ui.screens.partners import beside
from ui.screens.register import create, listing, where


def show() -> None:
    """Draw the page: the types, the list of the one chosen, and what the address opens beside it."""
    type = where.type()
    beside.page(lambda: listing.show_register(type), lambda: create.show_new_record(type), session.measures)


SCREEN = Screen(address.REGISTER, "Registre", ":material/list_alt:", 30, show, sheets=("partners.css",))
