"""The rows of the list: one partner each, the whole row a link to its sheet."""

from collections.abc import Collection, Sequence
from datetime import date

from crm.analytics.activity import Mobilisation
from crm.analytics.freshness import Freshness
from crm.measures.partners import ListedPartner, Order
from graph_schema.organisations import Organisation
from graph_schema.records import Values
from graph_schema.registry import SCHEMA
from graph_schema.wording import NBSP, ago, short_date
from ui import fields, session
from ui.look import SHORT_FUNCTIONS, family_icon, freshness_mark, icon, standing_mark
from ui.markup import Markup, cell, element, join
from ui.screens.partners import where
from ui.screens.partners.heads import head

_COLUMNS = (
    (Order.NAME, "name"),
    (Order.FUNCTION, "function"),
    (Order.TOWN, "town"),
    (Order.LATE, "fresh"),
    (Order.RECENT, "last"),
    (Order.AGREEMENT, "agreement"),
    (Order.OWNER, "owner"),
    (Order.TIER, "tier"),
)
SHOWN = tuple(column for column, _ in _COLUMNS if column is not Order.NAME)
"""The columns that may be shown beside the name."""

DECLARED = tuple(
    field
    for field in SCHEMA.nodes[Organisation.TYPE].fields_with("column")
    if field.name not in ("name", "kind", "tier", "owner")
)
"""Columns that the declaration asks for and that have no drawing of their own."""


def table(
    partners: Sequence[ListedPartner], on: date, order: Order, backwards: bool, columns: Sequence[Order] = SHOWN
) -> Markup:
    """The partners as a table of these columns; a head sorts by its column, once more the other way.

    It is the same whatever sheet is open, so that opening one leaves the table, its place and its focus alone.
    """
    may = session.may_edit()
    heads = [element("th", _box("", "tous ceux de la page"), class_="pick", scope="col")] if may else []
    shown = [each for each in _COLUMNS if each[0] is Order.NAME or each[0] in columns]
    heads += [_head(column, class_, order, backwards) for column, class_ in shown]
    heads += [element("th", field.about.label, class_="declared", scope="col") for field in DECLARED]
    opened = where.opening()
    values = _values([partner.row.id for partner in partners]) if DECLARED else {}
    classes = {class_ for _, class_ in shown}
    body = [
        _row(partner, on, opened(partner.row.id), values.get(partner.row.id, {}), may, classes) for partner in partners
    ]
    return element(
        "table", element("thead", element("tr", *heads)), element("tbody", *body), class_="rows partners"
    )  # fmt: skip


def _values(ids: Sequence[str]) -> dict[str, Values]:
    found = session.network().read(lambda tx: tx.get(ids))
    return {id: record.values for id, record in found.items()}


def _head(column: Order, class_: str, order: Order, backwards: bool) -> Markup:
    name = None if column is Order.NAME else column
    return head(column.label, name, column is order, backwards, class_)


def _box(id: str, name: str) -> Markup:
    """The box that chooses a row, followed by ``selection``; without id, the one that chooses them all."""
    return element("input", type="checkbox", class_="pick", value=id, aria_label=f"Choisir {name}")


def _row(partner: ListedPartner, on: date, href: str, values: Values, may: bool, shown: Collection[str]) -> Markup:
    row, measured, activity = partner
    last = measured.last_exchange
    exact = f"dernier échange le {short_date(last)}" if last else "jamais d'échange en retour"
    family = element("span", icon(family_icon(row.family)), class_=f"family-{row.family}", title=row.kind.label)
    name = element("a", row.name, class_="door name", href=href, title=f"{row.name}, {exact}")
    closed = element("span", "fermé", class_="badge") if row.closed else ""
    term = activity.term
    open_ended = ("reconduite" if term.renewed(on) else "sans terme") if term else ""
    until = short_date(activity.until) if activity.until else open_ended
    exactly = element("span", short_date(last), class_="exact") if last else ""
    cells = {
        "name": cell(family, name, closed, class_="name"),
        "function": cell(", ".join(SHORT_FUNCTIONS[each] for each in row.roles[:2]), class_="function"),
        "town": cell(partner.town, class_="town"),
        "fresh": cell(freshness(measured), class_="fresh"),
        "last": cell(ago(last, on) if last else "", exactly, class_="last"),
        "agreement": cell(until, class_="agreement", title=activity.in_force or None),
        "owner": cell(row.owner or "", class_="owner"),
        "tier": cell(row.tier.value, class_="tier"),
    }
    return element(
        "tr",
        *([cell(_box(row.id, row.name), class_="pick")] if may else []),
        *(made for column, made in cells.items() if column in shown),
        *(cell(fields.said(field, values.get(field.name)), class_="declared") for field in DECLARED),
    )


def freshness(measured: Freshness) -> Markup:
    """A freshness: its mark, a bar that is full at the maximum, the days."""
    if measured.closed:
        return standing_mark(Mobilisation.CLOSED).html()
    mark = freshness_mark(measured.state)
    if measured.days is None:
        return mark.html()
    part = min(100, round(100 * measured.days / measured.maximum))
    gauge = element("span", class_=f"gauge {mark.tone}", style=f"--part:{part}%", aria_hidden="true")
    return join(mark.html(), gauge, element("span", f"{measured.days}{NBSP}j", class_="days figure"))
