"""The groups of the network, and who ties them together."""

from collections.abc import Mapping

import streamlit as st

from crm.analytics.groups import Group
from crm.analytics.pivots import Pivot
from crm.measures.measuring import Measures
from graph_schema.wording import NBSP, count, number
from ui import address, bars
from ui.markup import Markup, door, element, heading, join
from ui.screens import strength
from ui.screens.strength.people import doors

PIVOTS, GROUPS = "pivots", "groupes"
_PIVOTS_SHOWN, _GROUPS_SHOWN, _MOST = 6, 9, 60
_METHOD = (
    "Un groupe réunit ceux qui sont plus liés entre eux qu'avec le reste : rôles, liens durables, comités communs. "
    "Vous n'y comptez pas."
)


def show_groups(measures: Measures) -> None:
    """Draw the pivots, then a card for each group."""
    groups = measures.strength.groups
    _pivots(measures, {each.number: each for each in groups})
    everything = GROUPS in strength.opened()
    shown = groups[: _MOST if everything else _GROUPS_SHOWN]
    title = heading("Les groupes de votre réseau", strength.more(GROUPS, _GROUPS_SHOWN, len(groups), _MOST))
    body = [
        element("p", _METHOD, class_="muted small"),
        element("div", *(_card(measures, each) for each in shown), class_="cards"),
    ]
    rest = len(groups) - len(shown)
    if everything and rest:
        body.append(
            element("p", f"… et {count(rest, 'groupe')} plus {'petit' if rest < 2 else 'petits'}.", class_="muted")
        )
    nothing = element(
        "p", "Pas encore de groupe : liez vos partenaires entre eux (réseaux, comités, personnes).", class_="empty"
    )
    st.html(join(title, *(body if groups else [nothing])))


def _pivots(measures: Measures, groups: Mapping[int, Group]) -> None:
    found = measures.strength.pivots
    shown = found[: _MOST if PIVOTS in strength.opened() else _PIVOTS_SHOWN]
    nothing = element("p", "Personne ne relie trois groupes ou plus.", class_="empty")
    body = [_pivot(measures, each, found[0], groups) for each in shown]
    title = heading("Qui relie les groupes", strength.more(PIVOTS, _PIVOTS_SHOWN, len(found), _MOST))
    st.html(join(title, element("div", *body, class_="cards") if body else nothing))


def _pivot(measures: Measures, each: Pivot, first: Pivot, groups: Mapping[int, Group]) -> Markup:
    tied = [groups[number].leader for number in each.groups if number in groups and groups[number].leader != each.id]
    if each.relay:
        relay = door(measures.relations.row(each.relay).name, address.record(each.relay))
        advice = join("Pour ne pas en dépendre, entretenez aussi ", relay, ", qui en relie une partie.")
    else:
        advice = join("Personne d'autre ne les relie : réunissez-les une fois, pour qu'ils se connaissent.")
    parts = [
        element("h3", door(each.name, address.record(each.id))),
        bars.bar(len(each.groups) / len(first.groups), "branch"),
        element(
            "p",
            f"Relie {number(len(each.groups))} groupes",
            *([f"{NBSP}: ceux de ", doors(measures, tied)] if tied else []),
            ".",
        ),
        element("p", advice, class_="muted"),
        element("div", strength.around(each.id), class_="foot"),
    ]
    return element("article", *parts, class_="card")


def _card(measures: Measures, each: Group) -> Markup:
    where = f"{each.place} · " if each.place else ""
    sizes = " et ".join(
        count(size, noun)
        for size, noun in ((len(each.organisations), "structure"), (len(each.people), "personne"))
        if size
    )
    return element(
        "article",
        element("h3", each.question),
        element("p", f"{where}{sizes}", class_="muted"),
        bars.bar(each.active / len(each.organisations), "covered"),
        element("p", doors(measures, each.organisations[:3]), "."),
        element("p", each.advice, class_="muted"),
        element("div", strength.around(each.leader), class_="foot"),
        class_="card",
    )
