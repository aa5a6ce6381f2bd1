"""The calls to make, as rows: whom, why, and the exchange logged or the reminder put off on the spot."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import streamlit as st

from crm.analytics.calls import Due
from crm.analytics.reach import commune_of
from crm.measures import calls as call_lists
from crm.measures.calls import Line
from crm.measures.measuring import Measures
from graph_schema.snapshot import OrganisationRow
from graph_schema.wording import NBSP, count, number, short_date
from ui import address, paging, session, snooze
from ui.filters import ROWS
from ui.look import family_icon, freshness_mark, icon
from ui.markup import Markup, cell, door, element, join, table
from ui.quick_log import LOG
from ui.remembered import remembered

SHOWN = 10
PAGE = 100
SNOOZE = "reporter"
_CALL, _MAIL = icon(":material/call:"), icon(":material/mail:")
UP_TO_DATE = "Personne à contacter : rien n'est à relancer ici."


class Block(NamedTuple):
    """Some HTML, and the call under it about which something is being done, if there is one."""

    html: Markup
    opened: Line | None = None


def show_calls(measures: Measures, due: Sequence[Due], everything: bool) -> None:
    """Draw the most urgent calls; with ``everything``, the rest of them as a table underneath."""
    draw_calls(measures, lambda: _parts(measures, due, everything))


def draw_calls(measures: Measures, parts: Callable[[], Iterable[Markup | Line]]) -> None:
    """Draw calls, and what stands between them; what is being done about one of them opens under it.

    ``parts`` are made once for what the address says: nothing else may decide of them.
    """
    may = session.may_edit()
    for block in remembered(measures, ("home-calls", address.here(), may), lambda: _blocks(parts(), may)):
        st.html(block.html)
        if block.opened:
            act(block.opened)


def lines(measures: Measures, due: Iterable[Due]) -> list[Line]:
    """These calls with what is needed to make them."""
    return call_lists.lines(session.network(), measures, due)


def _parts(measures: Measures, due: Sequence[Due], everything: bool) -> Iterator[Markup | Line]:
    if not due:
        yield element("p", UP_TO_DATE, class_="empty")
    yield from lines(measures, due[:SHOWN])
    if len(due) > SHOWN:
        words = f"Les {SHOWN} premiers seulement" if everything else f"Voir les {number(len(due))}"
        href = address.here(voir=None if everything else "relances", **{ROWS: None})
        yield element("p", door(words, href, "more"))
        if everything:
            yield _table(measures, due)


def _blocks(parts: Iterable[Markup | Line], may: bool) -> list[Block]:
    done = {address.text(SNOOZE)} if may else set()
    blocks: list[Block] = []
    html: list[Markup] = []
    for part in parts:
        html.append(part if isinstance(part, Markup) else row(part, may))
        if not isinstance(part, Markup) and part.row.id in done:
            blocks.append(Block(join(*html), part))
            html = []
    return [*blocks, Block(join(*html))] if html else blocks


def act(line: Line) -> None:
    """What is being done about a call, on the spot."""
    with st.container(key=f"act-{line.row.id}", gap="xsmall"):
        snooze.choice(line.row)


def row(line: Line, may: bool) -> Markup:
    """A call as a row; ``may`` gives it what there is to do."""
    measured = line.call.freshness
    late = "jamais" if measured.days is None else f"{number(measured.days)}{NBSP}j"
    limit = f" / seuil {measured.maximum}{NBSP}j" if measured.days else ""
    exact = f"Dernier échange le {short_date(measured.last_exchange)}" if measured.last_exchange else "Aucun échange"
    return element(
        "div",
        freshness_mark(measured.state).shape(),
        element("span", _name(line.row), element("span", f" · {about(line.row)}", class_="muted")),
        element("span", late, element("span", limit, class_="muted small"), class_="late figure", title=exact),
        element("div", line.call.reason, class_="why muted"),
        element("div", *reach(line), class_="whom"),
        actions(line.row) if may else Markup(""),
        class_="call",
    )


def actions(row: OrganisationRow) -> Markup:
    """The doors to what there is to do about a call."""
    id, parts = row.id, []
    for words, said, mine, other in (
        ("Consigner", f"Consigner un échange avec {row.name}", LOG, SNOOZE),
        ("Reporter", f"Reporter la relance de {row.name}", SNOOZE, LOG),
    ):
        opened = address.text(mine) == id
        href = address.here(**{mine: None if opened else id, other: None})
        words, said = ("Fermer", f"Fermer : {said}") if opened else (words, said)
        parts.append(element("a", words, class_="door act", href=href, aria_label=said))
    return element("div", *parts, class_="acts")


def reach(line: Line) -> list[Markup]:
    """How to reach whom to call; the reason has their name already."""
    person = line.call.person
    found = []
    if line.phone:
        found.append(element("a", _CALL, " ", line.phone, class_="figure", href=f"tel:{line.phone.replace(' ', '')}"))
    if line.email:
        found.append(element("a", _MAIL, " ", line.email, href=f"mailto:{line.email}", title=line.email))
    if person is None:
        return [*found, door("Ajouter quelqu'un à appeler", address.record(line.row.id))]
    return found or [door("Ouvrir sa fiche", address.record(person.id))]


def about(row: OrganisationRow) -> str:
    """What an organisation is for, and where it sits."""
    seat = commune_of(row.commune) if row.commune else None
    functions = ", ".join(function.label for function in row.roles[:2]) or row.kind.label
    return f"{functions} · {seat.name}" if seat else functions


def _name(row: OrganisationRow) -> Markup:
    family = element("span", icon(family_icon(row.family)), class_=f"family-{row.family}", title=row.family.label)
    return join(family, " ", door(row.name, address.record(row.id), "name"))


def _table(measures: Measures, due: Sequence[Due]) -> Markup:
    """The calls after those that are shown as rows."""
    heads = ("Partenaire", "Qui appeler", "Téléphone", "Suivi par", "Sans échange")
    rows = map(_cells, lines(measures, due[SHOWN : paging.shown(PAGE)]))
    return join(table(heads, rows), paging.more(len(due), PAGE))


def _cells(line: Line) -> list[Markup]:
    measured = line.call.freshness
    late = "jamais" if measured.days is None else count(measured.days, "jour")
    exact = short_date(measured.last_exchange) if measured.last_exchange else None
    return [
        cell(freshness_mark(measured.state).shape(), " ", door(measured.name, address.record(measured.id))),
        cell(line.call.person.name if line.call.person else "", class_="muted"),
        cell(line.phone, class_="figure"),
        cell(measured.owner or "", class_="muted"),
        cell(late, class_="number", title=exact),
    ]
