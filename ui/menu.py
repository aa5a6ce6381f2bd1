"""The menu beside every screen: the pages, the day on which the network is seen, who works here.

It stands in the page itself, outside of what Streamlit draws: it is there at once, and no run of the script draws it
again. ``static/menu.js`` makes it follow the address.
"""

from functools import cache
from pathlib import Path

from crm import days
from crm.errors import Reseau28Error
from crm.network.rights import Actor, Role
from ui import logins
from ui.look import icon
from ui.markup import Markup, element, join
from ui.screen import Screen
from ui.screens import screens

_BRAND = Path(__file__).parent / "static" / "icon.svg"


def html(cookie: str | None) -> Markup:
    """The menu, for whom this session cookie stands."""
    try:
        actor = logins.actor_of(cookie)
    except Reseau28Error:  # the page itself says why, and leads to the login
        return element("div", _around(Role.READER), id="menu")
    return element("div", _around(actor.role), _named(actor), id="menu")


def doors(role: Role) -> list[Screen]:
    """The screens that are of use to this role."""
    return [screen for screen in screens() if Actor("", role).may(screen.needs)]


@cache
def _around(role: Role) -> Markup:
    brand = element("span", Markup(_BRAND.read_text(encoding="utf-8")), "Réseau 28", class_="brand")
    offered = doors(role)
    links = (element("a", icon(each.icon), each.title, class_="door", href=f"/{each.path}") for each in offered)
    return join(brand, _day(), element("nav", *links, aria_label="Pages"))


def _day() -> Markup:
    """The button that says which day is shown, and what it opens."""
    words = element("span", class_="said")
    button = element("button", icon(":material/calendar_today:"), words, type="button", popovertarget="when")
    field = element("input", type="date", id="day", min=days.FIRST.isoformat())
    label = element("label", "Voir le réseau tel qu'il était le", for_="day")
    about = "Les liens, rôles et conventions valables ce jour-là ; rien ne se modifie dans le passé."
    back = element("button", "Revenir à aujourd'hui", type="button", class_="back")
    opened = element("div", label, field, element("p", about), back, id="when", popover="auto")
    return join(button, opened)


def _named(actor: Actor) -> Markup:
    own = [(" · ", "Mot de passe", "/mot-de-passe"), (" · ", "Quitter", "/deconnexion")] if logins.required() else []
    ways = [part for before, words, href in own for part in (before, element("a", words, href=href))]
    return element("p", f"{actor.name} · {actor.role.label.lower()}", *ways, class_="actor")
