"""The list of a type: what narrows it, how many there are, and their rows, each a link to its sheet."""

import streamlit as st

from crm.records import register
from crm.records.register import Register, Wanted
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.types import Field
from graph_schema.wording import count, lowered, number, short_date
from ui import address, fields, filters, notices, session
from ui.look import icon
from ui.markup import Markup, cell, door, element, join
from ui.screens.partners import list_views
from ui.screens.partners import where as around
from ui.screens.partners.heads import head
from ui.screens.register import exports, where

NAME = "nom"
"""What orders by name, in the address."""

_LONGEST = 120
"""Letters of a value in a row; the sheet shows all of it."""


def show_register(type: str) -> None:
    """Draw the list as the address says it."""
    about = SCHEMA.nodes[type].about
    st.html(_types(type))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="partners-bar"):
        filters.text("Chercher", around.TEXT, placeholder=f"Chercher parmi les {lowered(about.plural)}…",
                     label_visibility="collapsed")  # fmt: skip
        if register.narrowings(type) or register.columns(type):
            popover = st.popover("Filtres", icon=":material/tune:", key="register-filters", on_change="rerun")
            if popover.open:
                with popover:
                    _narrow(type)
        list_views.show_list_views(address.REGISTER, "À suivre…")
        exports.show_register_files(chosen(type))
    wanted = chosen(type)
    found = register.listing(session.network(), wanted)
    total = count(found.total, lowered(about.label), lowered(about.plural)) + (" au moins" if found.more else "")
    parts = [element("p", total, class_="summary")]
    parts += [_without(type)] if wanted.text or wanted.terms else []
    if session.may_edit():
        words = join(icon(":material/add:"), f"Ajouter {about.one}")
        parts.append(element("a", words, class_="door button primary", href=around.to_add()))
    st.html(element("div", *parts, class_="narrowing"))
    if session.is_past():
        notices.note(
            f"La liste est celle d'aujourd'hui ; une fiche ouverte montre le réseau au {short_date(session.day())}."
        )
    with st.container(key="partners-rows"):
        st.html(join(_table(type, wanted, found), _more(found)) if found.total else _nothing(type, wanted))


def chosen(type: str) -> Wanted:
    """What the address asks of a type; what it says wrongly is as if it said nothing."""
    terms = [
        (field.name, str(terms[0]))
        for field in register.narrowings(type)
        if field.vocabulary and (terms := address.choices(where.narrowing(field), field.vocabulary))
    ]
    order = address.text(around.ORDER)
    known = order if order == NAME or order in register.orders(type) else ""
    return Wanted(
        type, address.text(around.TEXT), tuple(terms), known, address.text(around.BACKWARDS) == "oui", filters.rows()
    )


def _types(type: str) -> Markup:
    links = [
        element("a", SCHEMA.nodes[name].about.plural, class_="door", href=where.to(name),
                aria_current="page" if name == type else None)
        for name in register.TYPES
    ]  # fmt: skip
    return element("nav", *links, class_="parts", aria_label="Sortes de fiches")


def _narrow(type: str) -> None:
    for field in register.narrowings(type):
        filters.one(field.about.label, where.narrowing(field), field.labels, None, "Sans préférence")
    words = {where.narrowing(field): field.about.label for field in register.columns(type)}
    filters.several("Colonnes", around.COLUMNS, list(words), lambda each: words.get(each, each), "Toutes")


def _columns(type: str) -> tuple[Field, ...]:
    """The columns that the list shows beside the name: those that the address names, all where it names none."""
    wanted, known = address.texts(around.COLUMNS), register.columns(type)
    return tuple(field for field in known if where.narrowing(field) in wanted) or known


def _without(type: str) -> Markup:
    return door("Tout revoir", where.to(type), "small")


def _table(type: str, wanted: Wanted, found: Register) -> Markup:
    columns = _columns(type)
    sortable = register.orders(type)
    heads = [_head("Nom", NAME, wanted)]
    heads += [
        _head(field.about.label, field.name, wanted) if field.name in sortable else _plain(field.about.label)
        for field in columns
    ]
    partnered = [_plain("Partenaire")] if found.partners else []
    opened = around.opening()
    rows = [_row(record, columns, found, opened(record.id)) for record in found.records]
    top = element("thead", element("tr", *heads, *partnered))
    return element("table", top, element("tbody", *rows), class_="rows partners register")


def _plain(words: str) -> Markup:
    return element("th", words, scope="col")


def _head(words: str, order: str, wanted: Wanted) -> Markup:
    return head(words, order, wanted.order == order, wanted.descending)


def _row(record: NodeRecord, columns: tuple[Field, ...], found: Register, href: str) -> Markup:
    caption = _short(session.caption(record))
    cells = [cell(_short(fields.said(field, record.values.get(field.name)))) for field in columns]
    partner = found.partners.get(record.id)
    if found.partners:
        cells.append(cell(session.caption(partner) if partner else ""))
    return element("tr", cell(element("a", caption, class_="door name", href=href), class_="name"), *cells)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _more(found: Register) -> Markup:
    left = found.total - len(found.records)
    href = address.here(**{filters.ROWS: str(len(found.records) + filters.PAGE)})
    return element("p", door(f"Voir les suivants ({number(left)})", href), class_="more") if left else Markup("")


def _nothing(type: str, wanted: Wanted) -> Markup:
    about = SCHEMA.nodes[type].about
    if wanted.text or wanted.terms:
        return element("p", "Rien ne correspond. ", door("Tout revoir", where.to(type)), class_="empty")
    none = f"{'Aucune' if about.feminine else 'Aucun'} {lowered(about.label)} pour l'instant. "
    add = door("Ajouter", around.to_add()) if session.may_edit() else ""
    return element("p", none, about.help, " ", add, class_="empty")
