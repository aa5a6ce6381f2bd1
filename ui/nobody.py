"""What a page says in place of a network without any partner: how to begin, or that the day shown is too early."""

from ui import address, session
from ui.markup import Markup, door, element


def nobody(words: str, label: str = "Commencer", href: str | None = None) -> Markup:
    """``words`` and the door to the next step; on a past day, that there was no partner, and the way back."""
    if session.is_past():
        return early()
    return element("p", words, " ", door(label, href or address.link(address.HOME)), class_="empty")


def early() -> Markup:
    """That there was no partner on the day shown."""
    back = door("Revenir à aujourd'hui", address.here(**{address.DATE: None}))
    return element("p", "Aucun partenaire à cette date. ", back, class_="empty")
