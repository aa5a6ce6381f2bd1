"""What changed between two days: a figure for each change, then who, why, and a door to each."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from crm.measures.comparison import Changed, Comparison, Movement
from graph_schema.wording import NBSP, count, listing, number
from ui import address
from ui.look import freshness_mark
from ui.markup import Markup, cell, door, element, heading, join, table
from ui.screens.network import where

SHOW, WHO, ROWS = "voir", "qui", "lignes"
PEOPLE = "personnes"
_STEP = 15
_DRAWN = 30
_COOLED = "leur fraîcheur a baissé, leur activité n'a pas changé", "leur fraîcheur a baissé, elles gardent un rôle"
_WARMED = "leur fraîcheur est meilleure, leur activité n'a pas changé", "leur fraîcheur est meilleure"
_WORDS: Mapping[Movement, tuple[str, str, str, str]] = MappingProxyType(
    {
        Movement.ARRIVED: (
            "devenu actif", "devenus actifs", "inactifs ou sans relation avant, frais ou non", "un premier rôle",
        ),
        Movement.GONE: ("devenu inactif", "devenus inactifs", "actifs avant, frais ou non", "plus aucun rôle"),
        Movement.COOLED: ("refroidi", "refroidis", *_COOLED),
        Movement.WARMED: ("réchauffé", "réchauffés", *_WARMED),
    }
)  # fmt: skip
"""What became of one and of several organisations, then what it means of organisations and of people."""


def summary(comparison: Comparison) -> str:
    """The changes of organisations in one sentence's end."""
    numbers = [(change, len(comparison.of(change))) for change in Movement]
    said = [
        count(amount, f"partenaire {_WORDS[change][0]}", f"partenaires {_WORDS[change][1]}")
        for change, amount in numbers
        if amount
    ]
    return f"{listing(said)}." if said else "aucun partenaire n'a changé d'état."


def show_changes(comparison: Comparison) -> None:
    """Draw the four figures, and the list of the change that the address names (the first that has any)."""
    people = address.text(WHO) == PEOPLE
    counted = {change: len(comparison.of(change, people)) for change in Movement}
    asked = address.choice(SHOW, Movement)
    shown = asked or next((change for change in Movement if counted[change]), Movement.ARRIVED)
    st.html(join(_tiles(comparison, shown, people), _who(comparison, people)))
    found = comparison.of(shown, people)
    name = f"Personnes{NBSP}: {shown.of(people).lower()}" if people else f"Partenaires {_WORDS[shown][1]}"
    title = heading(name, element("span", _WORDS[shown][2 + people], class_="muted small"))
    nobody = element("p", "Personne." if people else "Aucun partenaire.", class_="empty")
    st.html(join(title, _list(found, comparison) if found else nobody))


def _list(found: Sequence[Changed], comparison: Comparison) -> Markup:
    limit = max(_STEP, _whole(address.text(ROWS)))
    rows = table(("Qui", "Avant", "Après", "Pourquoi", ""), (_row(each, comparison) for each in found[:limit]))
    there = f"les {_DRAWN} premiers" if len(found) > _DRAWN else "toute la liste"
    doors = [door(f"Voir {there} sur le réseau", _to_canvas(comparison, *(each.id for each in found[:_DRAWN])))]
    if len(found) > limit:
        words = f"Voir {number(min(_STEP, len(found) - limit))} de plus sur {number(len(found))}"
        doors[:0] = [door(words, address.here(**{ROWS: str(limit + _STEP)})), join(" · ")]
    return join(element("div", rows, class_="wide"), element("p", *doors))


def _tiles(comparison: Comparison, shown: Movement, people: bool) -> Markup:
    tiles = []
    for change in Movement:
        partners, persons = len(comparison.of(change)), len(comparison.of(change, people=True))
        other = count(partners, "partenaire") if people else count(persons, "personne")
        tiles.append(
            element(
                "a",
                change.of(people),
                element("strong", number(persons if people else partners)),
                element("span", f"et {other}", class_="small"),
                class_=f"door {change}",
                href=address.here(**{SHOW: change, ROWS: None}),
                aria_current="true" if change is shown else None,
            )
        )
    return element("nav", *tiles, class_="tiles", aria_label="Changements")


def _who(comparison: Comparison, people: bool) -> Markup:
    choices = (("Partenaires", None, not people), ("Personnes", PEOPLE, people))
    links = []
    for words, value, on in choices:
        href = address.here(**{WHO: value, ROWS: None})
        links.append(element("a", words, class_="door", href=href, aria_current="true" if on else None))  # fmt: skip
    return element("nav", *links, class_="chips", aria_label="Partenaires ou personnes")


def _row(each: Changed, comparison: Comparison) -> list[Markup]:
    return [
        cell(door(each.name, address.record(each.id))),
        cell(freshness_mark(each.before).html()),
        cell(freshness_mark(each.after).html()),
        cell(each.reason, class_="small"),
        cell(door("Voir sur le réseau", _to_canvas(comparison, each.id), "small")),
    ]


def _to_canvas(comparison: Comparison, *ids: str) -> str:
    return where.around(*ids, compare=comparison.before.on)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
