"""An empty canvas: three doors rather than a hairball."""

from collections.abc import Iterable
from dataclasses import replace
from heapq import nsmallest

import streamlit as st

from crm.canvas.web import web
from crm.measures.measuring import Measures
from crm.measures.partners import Filters, listing, territories
from crm.network.kept import KeptKind
from crm.store.protocol import Query, ReadTransaction
from graph_schema.committees import Committee
from graph_schema.programmes import Programme
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.territory import Level, Place
from graph_schema.wording import count, long_date
from ui import address, session
from ui.look import icon
from ui.markup import Markup, door, element
from ui.nobody import nobody
from ui.screens.network import where

_OFFERED = 6
_FIELD = "network-search"


def show_doors() -> None:
    """Draw the doors: someone, a committee or a training action, a territory."""
    measures = session.measures()
    if not measures.relations.snapshot.organisations:
        st.html(nobody("Votre réseau est vide : il se dessinera ici dès vos premiers partenaires."))
        return
    st.html(element("h1", "Par où entrer dans le réseau ?", class_="sentence"))
    if since := where.state().compare:
        st.html(element("p", f"Ce qui a changé depuis le {long_date(since)} y sera marqué.", class_="muted"))
    left, middle, right = st.columns(3, gap="medium")
    with left, st.container(key="network-door-partner", border=True):
        _door(":material/storefront:", "Un partenaire, une personne", "Qui l'entoure, et qui peut vous y mener.")
        st.text_input(
            "Chercher", key=_FIELD, placeholder="Nom, ville, SIRET…", on_change=_search, label_visibility="collapsed"
        )
        st.html(_list((name, _to(id), count(links, "lien")) for id, name, links in _hubs(measures)))
    with middle, st.container(key="network-door-committee", border=True):
        _door(":material/groups:", "Un comité, une action", "Qui y siège, qui le fait vivre, ce qu'il suit.")
        st.html(_list(_acts()) or element("p", "Aucun comité encore.", class_="empty"))
    with right, st.container(key="network-door-territory", border=True):
        _door(":material/map:", "Un territoire", "Les partenaires qui y sont ou qui le desservent.")
        st.html(_list(_places(measures)) or element("p", "Aucun partenaire n'a encore de commune.", class_="empty"))


def _door(glyph: str, title: str, words: str) -> None:
    head = element("h2", icon(glyph), title)
    st.html(element("div", head, element("p", words, class_="muted small"), class_="network-door"))


def _list(items: Iterable[tuple[str, str, str]]) -> Markup:
    """Links, each with its words, where it leads and what is said beside it."""
    lines = [
        element("li", door(words, href), element("span", beside, class_="muted small figure"))
        for words, href, beside in items
    ]
    return element("ul", *lines, class_="doors-list") if lines else Markup("")


def _search() -> None:
    typed = str(st.session_state.get(_FIELD) or "").strip()
    if typed:
        address.put(texte=typed)


_HUBS = KeptKind[list[tuple[str, str, int]]]()


def _hubs(measures: Measures) -> list[tuple[str, str, int]]:
    """The partners with the most links: id, name and how many."""
    whole, rows = web(session.network(), measures), measures.relations.snapshot.organisations

    def made() -> list[tuple[str, str, int]]:
        first = nsmallest(_OFFERED, rows, key=lambda id: (-whole.degree(id), rows[id].name, id))
        return [(id, rows[id].name, whole.degree(id)) for id in first]

    return measures.kept.of(_HUBS, made)


def _acts() -> list[tuple[str, str, str]]:
    def work(tx: ReadTransaction) -> list[NodeRecord]:
        return [
            *tx.find(Query(Committee.TYPE, limit=_OFFERED)).items,
            *tx.find(Query(Programme.TYPE, limit=_OFFERED)).items,
        ]

    found = session.network().read(work)
    return [
        (SCHEMA.nodes[each.type].caption(each.values), _to(each.id, each.type), SCHEMA.nodes[each.type].about.label)
        for each in found
    ]


def _places(measures: Measures) -> list[tuple[str, str, str]]:
    counted = [(place, number) for place, number in territories(measures).items() if place.level is not Level.REGION]
    larger = [each for each in counted if each[0].level is Level.DEPARTEMENT][: _OFFERED // 2]
    smaller = [each for each in counted if each[0].level is Level.EPCI][:_OFFERED]
    return [
        (place.name, _to(place.id), count(_around(measures, place), "partenaire")) for place, _ in [*larger, *smaller]
    ]


def _around(measures: Measures, place: Place) -> int:
    """How many sit there or serve it: those with whom the canvas begins."""
    return listing(measures, Filters(territory=place), limit=1).total


def _to(id: str, type: str = "") -> str:
    """A link, on this page, to what is around a record or a territory; the days compared go along."""
    return where.to(replace(where.opening(id, type), compare=where.state().compare))
