"""The menu beside every screen: the pages, the day on which the network is seen, who works here.

It stands in the page itself, outside of what Streamlit draws: it is there at once, and no run of the script draws it
again. ``static/menu.js`` makes it follow the address.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from crm import days
from crm.errors import Reseau28Error
from crm.network.rights import Actor, Right, Role
from ui import address, logins
from ui.look import icon
from ui.markup import Markup, element, join

_BRAND = Path(__file__).parent / "static" / "icon.svg"


class Door(NamedTuple):
    """A page as the menu and the palette name it: its path in the address, its title, its icon, what it is for."""

    path: str
    title: str
    icon: str
    needs: Right = Right.READ


DOORS = (
    Door(address.HOME, "Aujourd'hui", ":material/today:"),
    Door(address.PARTNERS, "Partenaires", ":material/groups:"),
    Door(address.REGISTER, "Registre", ":material/list_alt:"),
    Door(address.NETWORK, "Réseau", ":material/hub:"),
    Door(address.TERRITORY, "Territoire", ":material/map:"),
    Door(address.STRENGTH, "Solidité", ":material/shield:"),
    Door(address.CHANGES, "Évolution", ":material/timeline:"),
    Door(address.IMPORT, "Importer", ":material/upload_file:", Right.IMPORT),
    Door(address.SETTINGS, "Réglages", ":material/tune:"),
)


def html(cookie: str | None) -> Markup:
    """The menu, for whom this session cookie stands."""
    try:
        actor = logins.actor_of(cookie)
    except Reseau28Error:  # the page itself says why, and leads to the login
        return element("div", _around(Role.READER), id="menu")
    return element("div", _around(actor.role), _named(actor), id="menu")


def doors(role: Role) -> list[Door]:
    """The pages that are of use to this role."""
    return [door for door in DOORS if Actor("", role).may(door.needs)]


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
    leave = join(" · ", element("a", "Quitter", href="/deconnexion")) if logins.required() else ""
    return element("p", f"{actor.name} · {actor.role.label.lower()}", leave, class_="actor")
