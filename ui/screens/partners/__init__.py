"""« Partenaires »: a list that stays, a sheet that opens beside it."""

from ui import address, session
from ui.screen import Screen
from ui.screens.partners import beside, create, listing


def show() -> None:
    """Draw the page: the list, and what the address opens beside it, which leaves the list where it is."""
    measures = session.measures()
    beside.page(lambda: listing.show_partners(measures), create.show_new_partner, lambda: measures)


SCREEN = Screen(address.PARTNERS, "Partenaires", ":material/groups:", 20, show, sheets=("partners.css",))
