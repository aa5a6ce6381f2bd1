"""The list of partners: what narrows it, how many there are, and their rows."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import streamlit as st

from crm.analytics.activity import Mobilisation
from crm.analytics.freshness import State
from crm.measures import partners
from crm.measures.measuring import Measures
from crm.measures.partners import Filters, Listing, Order
from crm.measures.partners_index import NOBODY
from crm.records.register import FOUND
from crm.records.search import partners_found
from graph_schema.declaration import Vocabulary
from graph_schema.vocabularies import Family, Function, Kind, Tier
from graph_schema.wording import count, number
from ui import address, filters, session
from ui.look import freshness_mark, icon
from ui.markup import Markup, door, element, join
from ui.nobody import early
from ui.remembered import remembered
from ui.screens.partners import exports, list_views, places, rows, selection, where
from ui.screens.partners.places import TERRITORY
from ui.screens.partners.where import BACKWARDS, COLUMNS, ORDER, TEXT


class Narrowing(NamedTuple):
    """A filter: its name in the address, its label, the field of ``Filters`` that it sets, its vocabulary if closed.

    ``all`` is what it says while nothing is chosen.
    """

    name: str
    label: str
    field: str
    vocabulary: type[Vocabulary] | None = None
    all: str = "Tous"


STATE = Narrowing("fraicheur", "Fraîcheur", "state", State)
NARROWINGS = (
    Narrowing("famille", "Famille", "family", Family, "Toutes"),
    Narrowing("type", "Type", "kind", Kind),
    Narrowing("fonction", "Fonction", "function", Function, "Toutes"),
    Narrowing("activite", "Activité", "standing", Mobilisation, "Toutes"),
    Narrowing("rang", "Rang", "tier", Tier),
    Narrowing("responsable", "Suivi par", "owner"),
    Narrowing("etiquette", "Étiquette", "tag", all="Toutes"),
)


def show_partners(measures: Measures) -> None:
    """Draw the list as the address says it."""
    bar = st.container(horizontal=True, vertical_alignment="center", gap="small", key="partners-bar")
    with bar:
        filters.text("Chercher", TEXT, placeholder="Nom, ville, SIRET…", label_visibility="collapsed")
        popover = st.popover("Filtres", icon=":material/tune:", key="partners-filters", on_change="rerun")
        list_views.show_list_views(address.PARTNERS, "Employeurs à relancer…")
    wanted = chosen()
    with bar:
        exports.show_partner_files(measures, wanted, _order(), columns())
    found = _found(measures, wanted)
    if popover.open:  # a closed one need not be filled
        with popover:
            _narrow(measures, found.counts)
            filters.several(
                "Colonnes", COLUMNS, [str(each) for each in rows.SHOWN], lambda each: Order(each).label, "Toutes"
            )
    parts = [_summary(found, wanted), _states(found.counts["state"]), *_kept()]
    if session.may_edit():
        parts.append(_add())
        with bar:
            selection.draw_selection(measures, wanted, found.total)
    st.html(element("div", *parts, class_="narrowing"))
    with st.container(key="partners-rows"):
        st.html(join(_table(measures, wanted, found), _more(found)) if found.total else _nothing(measures))


def _found(measures: Measures, wanted: Filters) -> Listing:
    what = (wanted, *_order(), filters.rows())
    return remembered(
        measures, ("partners-found", *what), lambda: partners.listing(measures, wanted, *_order(), limit=filters.rows())
    )


def _table(measures: Measures, wanted: Filters, found: Listing) -> Markup:
    what = (wanted, *_order(), filters.rows(), where.to_list(), session.may_edit())
    return remembered(
        measures, ("partners-table", *what), lambda: rows.table(found.partners, measures.on, *_order(), columns())
    )


def columns() -> tuple[Order, ...]:
    """The columns that the list shows beside the name: those that the address names, all where it names none."""
    return tuple(address.choices(COLUMNS, Order)) or rows.SHOWN


def chosen() -> Filters:
    """What the address keeps, and what a search for its text finds."""
    text = address.text(TEXT)
    kept: dict[str, frozenset[str]] = {}
    for each in (STATE, *NARROWINGS):
        values = address.choices(each.name, each.vocabulary) if each.vocabulary else address.texts(each.name)
        kept[each.field] = frozenset(values)
    return Filters(territory=places.chosen(), text=text, found=_searched(text), **kept)  # type: ignore[arg-type]  # each field's own vocabulary


def _searched(text: str) -> frozenset[str]:
    return partners_found(session.network(), text, FOUND + 1) if text else frozenset()


def _order() -> tuple[Order, bool]:
    return address.choice(ORDER, Order) or Order.NAME, address.text(BACKWARDS) == "oui"


def _add() -> Markup:
    words = join(icon(":material/add:"), "Ajouter un partenaire")
    return element("a", words, class_="door button primary", href=where.to_add())


def _more(found: Listing) -> Markup:
    left = found.total - len(found.partners)
    href = address.here(**{filters.ROWS: str(filters.rows() + filters.PAGE)})
    return element("p", door(f"Voir les suivants ({number(left)})", href), class_="more") if left else Markup("")


def _states(counts: Mapping[str, int]) -> Markup:
    options = [
        (state.value, join(freshness_mark(state).shape(), " ", freshness_mark(state).word), counts.get(state, 0))
        for state in State
    ]
    return filters.chips(STATE.name, options)


def _narrow(measures: Measures, counts: Mapping[str, Mapping[str, int]]) -> None:
    places.choose(measures)
    columns = st.columns(2)
    for index, each in enumerate(NARROWINGS):
        tally = counts[each.field]
        options = (
            [t for t in each.vocabulary if tally.get(t)] if each.vocabulary else sorted(tally, key=lambda t: -tally[t])
        )
        if options or address.texts(each.name):
            with columns[index % 2]:
                filters.several(each.label, each.name, [str(t) for t in options], _say(each, tally), each.all)


def _say(narrowing: Narrowing, tally: Mapping[str, int]) -> Callable[[str], str]:
    return lambda value: f"{label(narrowing, value)} ({number(tally.get(value, 0))})"


def label(narrowing: Narrowing, value: str) -> str:
    """A term of a filter in words."""
    if narrowing.field == "owner" and value == NOBODY:
        return "Sans responsable"
    terms = {str(term): term.label for term in narrowing.vocabulary or ()}
    return terms.get(value, value)


def _summary(found: Listing, wanted: Filters) -> Markup:
    words = count(found.total, "partenaire") + (" au moins" if len(wanted.found) > FOUND else "")
    return element("p", words, class_="found figure", aria_live="polite")


def _kept() -> list[Markup]:
    """The filters of the popover that are on, each a link that takes it off."""
    links = []
    for each in NARROWINGS:
        values = address.texts(each.name)
        for value in values:
            others = [other for other in values if other != value]
            links.append(_off(f"{each.label} : {label(each, value)}", each.name, others))
    if here := places.chosen():
        links.append(_off(places.said(here), TERRITORY, []))
    if links or address.texts(STATE.name) or address.text(TEXT):
        names = {each.name: None for each in (STATE, *NARROWINGS)}
        links.append(
            door("Tout voir", address.here(**names, **{TERRITORY: None, TEXT: None, filters.ROWS: None}), "small")
        )
    return links


def _off(words: str, name: str, after: list[str]) -> Markup:
    inside = join(words, icon(":material/close:"))
    href = address.here(**{name: after, filters.ROWS: None})
    return element("a", inside, class_="door off", href=href, aria_label=f"Retirer le filtre {words}")


def _nothing(measures: Measures) -> Markup:
    if not measures.relations.snapshot.organisations:
        words = "Aucun partenaire encore : ajoutez le premier, ou importez votre fichier depuis Aujourd'hui."
        return early() if session.is_past() else element("p", words, class_="empty")
    names = {each.name: None for each in (STATE, *NARROWINGS)}
    everything = address.here(**names, **{TERRITORY: None, TEXT: None})
    words = "Aucun partenaire ne répond à tout cela. Retirez un filtre, ou "
    return element("p", words, door("voir tous les partenaires", everything), ".", class_="empty")
