"""Two records side by side, field by field: what agrees, what one of them brings, what differs and is chosen."""

from collections import Counter
from collections.abc import Iterable, Iterator

import streamlit as st

from crm.duplicates.comparing import FieldPair, SideBySide
from crm.duplicates.scan import Pair
from crm.store.protocol import ReadTransaction
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, listing, lowered
from ui import address, session
from ui.fields import said
from ui.markup import Markup, as_label, cell, door, element, table
from ui.screens.duplicates import deciding

_ROWS = (("Apporté", "brought"), ("Gardé", "own"), ("Pareil", "alike"))


def head(comparison: SideBySide, pair: Pair | None) -> Markup:
    """The two records with the way to each, why they may be one, and the way to keep the other one instead."""
    kept, other = comparison.kept, comparison.other
    ties = session.network().read(lambda tx: _ties(tx, (kept.id, other.id)))
    why = ""
    if pair is not None:
        strength, score, reasons = pair.likeness
        why = f"{strength.label} ({score} %) : {', '.join(reasons)}."
    swap = door("Garder plutôt l'autre fiche", deciding.to_pair((other.id, kept.id)))
    sides = (_side("Fiche gardée", kept, ties[kept.id]), _side("Fiche fusionnée", other, ties[other.id]))
    return element("header", element("p", why, " ", swap), element("div", *sides, class_="twins"), class_="twins-head")


def draw(comparison: SideBySide) -> list[str]:
    """Draw the fields; returns those of which the other record's value is chosen."""
    rows = list(_rows(comparison))
    if rows:
        st.html(table(("Champ", "Fiche gardée", "Fiche fusionnée", ""), rows, "rows twins-fields"))
    return [pair.field.name for pair in comparison.differing if _choice(comparison, pair)]


def _choice(comparison: SideBySide, pair: FieldPair) -> bool:
    """Draw one field on which they differ; whether the other's value is chosen."""
    values = {False: said(pair.field, pair.kept), True: said(pair.field, pair.other)}
    picked = st.radio(
        as_label(f"{pair.field.about.label} : laquelle garder ?"),
        [False, True],
        format_func=lambda other: as_label(values[other]),
        horizontal=True,
        key=f"duplicates-{comparison.kept.id}-{comparison.other.id}-{pair.field.name}",
        disabled=not deciding.may_decide(),
    )
    return bool(picked)


def _rows(comparison: SideBySide) -> Iterator[Iterable[str]]:
    for words, name in _ROWS:
        for field, kept, other in getattr(comparison, name):
            yield (
                cell(field.about.label),
                cell(said(field, kept)),
                cell(said(field, other)),
                cell(words, class_="muted"),
            )


def _side(title: str, record: NodeRecord, ties: Counter[str]) -> Markup:
    caption = SCHEMA.nodes[record.type].caption(record.values)
    amounts = listing([count(amount, lowered(label)) for label, amount in sorted(ties.items())], 6)
    city, tied = str(record.values.get("city") or ""), f"Apporte {amounts}." if amounts else "Aucun lien."
    return element(
        "div",
        element("div", title, class_="muted"),
        element("h2", door(caption, address.record(record.id))),
        element("p", f"{city}. {tied}" if city else tied),
        class_="twin",
    )


def _ties(tx: ReadTransaction, ids: tuple[str, str]) -> dict[str, Counter[str]]:
    """How many records of each type are tied to each of two, by the label of the type."""
    links = tx.links_of(ids)
    ends = tx.get({end for link in links for end in (link.source, link.target)})
    found: dict[str, Counter[str]] = {id: Counter() for id in ids}
    for link in links:
        for id, other in ((link.source, link.target), (link.target, link.source)):
            if id in found and other in ends:
                found[id][SCHEMA.nodes[ends[other].type].about.label] += 1
    return found
