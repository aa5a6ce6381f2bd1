"""« Territoire »: where a function is covered, thin, reachable or white; what is behind; how to fill it."""

from collections.abc import Callable, Hashable

import streamlit as st

from crm.analytics.coverage import Coverage
from graph_schema.territory import Level
from graph_schema.vocabularies import Function
from graph_schema.wording import count
from ui import address, filters, session
from ui.look import coverage_mark
from ui.markup import Markup, door, element, join
from ui.nobody import nobody
from ui.remembered import remembered
from ui.screen import Screen
from ui.screens.home import coverage
from ui.screens.territory import drawing, grid, listing, place, where, zones
from ui.screens.territory.where import LEVEL, PROGRAMME, LevelNames, TerritoryView


def show() -> None:
    """Draw the page. What depends on the network and the address alone is made once and kept."""
    view = where.read()
    key = view.key, session.may_edit()
    _invitation(view)
    st.html(_kept(view, ("chips", key), lambda: join(_chips(view), coverage.legend(view.everyone), _levels(view))))
    _narrowing(view)
    picture, side = st.columns([1.05, 1], gap="large")
    with picture:
        drawing.show_map(view)
        zones.show_zones(view)
    with side:
        of_side = place.html if view.place else grid.html
        st.html(_kept(view, ("side", key), lambda: of_side(view)))
    if table := _kept(view, ("table", key), lambda: listing.html(view)):
        st.html(table)


def _kept(view: TerritoryView, key: Hashable, make: Callable[[], Markup]) -> Markup:
    return remembered(view.everyone, ("territory", key), make)


def _invitation(view: TerritoryView) -> None:
    if not view.everyone.relations.snapshot.organisations:
        words = "Votre réseau est vide : aucun territoire n'a encore de partenaire."
        st.html(nobody(words, "Ajouter des partenaires"))
    elif not view.has_zone:
        _invite(
            "Toute la France est montrée, sans zone blanche : dites où vous travaillez.",
            address.SETTINGS,
            "Déclarer notre zone",
        )


def _invite(words: str, path: str, label: str) -> None:
    st.html(element("p", words, " ", door(label, address.link(path))))


def _narrowing(view: TerritoryView) -> None:
    """The training action to whose partners the page is narrowed."""
    if offered := where.offered(view.everyone):
        titles = {each.id: each.title for each in offered}
        filters.one(
            "Partenaires d'une action de formation", PROGRAMME, titles, None,
            placeholder="Toutes les actions de formation",
        )  # fmt: skip


def _levels(view: TerritoryView) -> Markup:
    chips = []
    for each in LevelNames:
        level = Level(each.value)
        if view.place is not None and level.rank >= view.place.level.rank:
            continue
        href = address.here(**{LEVEL: each, filters.ROWS: None, where.PATH: None, where.ACTION: None})
        current = "true" if level is view.level else None
        chips.append(element("a", each.label, class_="door", href=href, aria_current=current))
    return element("nav", *chips, class_="chips", aria_label="Échelon")


def _chips(view: TerritoryView) -> Markup:
    white = dict.fromkeys(Function, 0)
    for one in view.measures.coverage(Level.DEPARTEMENT) if view.has_zone else ():
        white[one.function] += one.state is Coverage.WHITE
    chips = []
    for each in Function:
        mark = coverage_mark(Coverage.WHITE).shape(count(white[each], "département blanc"))
        blank = [" ", mark] if white[each] else []
        href, current = where.to_function(each), "true" if each is view.function else None
        chips.append(element("a", each.label, *blank, class_="door", href=href, aria_current=current))
    return element("nav", *chips, class_="chips", aria_label="Fonction")


SCREEN = Screen(address.TERRITORY, "Territoire", ":material/map:", 50, show, sheets=("territory.css",))
