"""« Cette semaine »: the calls spread over the working days, with the actions due and the agreements that end."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from crm.analytics.planning import Day
from crm.measures import calls as call_lists
from crm.measures.calls import CallPlan, Line
from crm.measures.measuring import Measures
from graph_schema.snapshot import Engagement
from graph_schema.wording import NBSP, long_date
from ui import address, session
from ui.look import freshness_mark
from ui.markup import Markup, door, element, join
from ui.quick_log import LOG
from ui.remembered import remembered
from ui.screens.home import to_call
from ui.screens.home.to_call import Block

WEEK = "semaine"
NEXT = "suivante"
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
_WORKING = len(_DAYS)


def show_week(measures: Measures, owner: str | None) -> None:
    """Draw five days side by side: this week, or the next when the address says so."""
    may = session.may_edit()
    block = remembered(measures, ("home-week", address.here(), may), lambda: _block(measures, owner, may))
    st.html(block.html)
    if block.opened:
        to_call.act(block.opened)


def _block(measures: Measures, owner: str | None, may: bool) -> Block:
    plan = call_lists.plan(session.network(), measures, owner)
    later = address.text(WEEK) == NEXT
    days = plan.days[_WORKING:] if later else plan.days[:_WORKING]
    lines = {line.row.id: line for line in to_call.lines(measures, [due for day in days for due in day.calls])}
    grid = element("div", *(_day(measures, plan, day, lines, may) for day in days), class_="week")
    opened = lines.get(address.text(to_call.SNOOZE)) if may else None
    return Block(join(_head(days, later), grid, to_call.row(opened, may) if opened else ""), opened)


def _head(days: Sequence[Day], later: bool) -> Markup:
    words = f"Du {long_date(days[0].on)} au {long_date(days[-1].on)}"
    turn = (
        door("Cette semaine", address.here(**{WEEK: None}))
        if later
        else door("Semaine suivante", address.here(**{WEEK: NEXT}))
    )
    return element("p", words, " · ", turn, class_="muted")


def _day(measures: Measures, plan: CallPlan, day: Day, lines: Mapping[str, Line], may: bool) -> Markup:
    gone, today = day.on < measures.on, day.on == measures.on
    items = [
        *(_ending(measures, each) for each in day.endings),
        *(_task(measures, plan, id) for id in day.actions),
        *(_call(lines[due.id], may) for due in day.calls),
    ]
    name = f"{_DAYS[day.on.weekday()]} {day.on.day}"
    empty = element("p", "Passé" if gone else "Rien de prévu", class_="muted small")
    return element(
        "section",
        element("h3", name, element("span", " · aujourd'hui", class_="muted") if today else ""),
        element("ul", *items) if items else empty,
        class_="day gone" if gone else "day today" if today else "day",
    )


def _call(line: Line, may: bool) -> Markup:
    person = line.call.person
    ways: Iterable[str] = [part for part in (person.name if person else "", line.phone) if part]
    opened = address.text(LOG) == line.row.id
    href = address.here(**{LOG: None if opened else line.row.id, to_call.SNOOZE: None})
    log = element(
        "a", "Fermer" if opened else "Consigner", class_="door act", href=href,
        aria_label=f"Consigner un échange avec {line.row.name}",
    )  # fmt: skip
    return element(
        "li",
        freshness_mark(line.call.freshness.state).shape(),
        " ",
        door(line.row.name, address.record(line.row.id), "name", title=line.call.reason),
        element("div", " · ".join(ways), class_="muted small"),
        log if may else "",
    )


def _task(measures: Measures, plan: CallPlan, id: str) -> Markup:
    task = plan.tasks[id]
    late = f"en retard, pour le {long_date(task.due_on)}" if task.due_on < measures.on else "à faire"
    rows = measures.relations.snapshot.organisations
    partner = (
        join(" · ", door(rows[task.partner].name, address.record(task.partner)))
        if task.partner and task.partner in rows
        else ""
    )
    who = f" · {task.owner}" if task.owner else ""
    words = element("div", f"Action {late}{who}", partner, class_="muted small")
    return element("li", element("b", task.title), words, class_="task")


def _ending(measures: Measures, each: Engagement) -> Markup:
    partner = measures.relations.snapshot.organisations[each.organisation]
    words = element("div", f"Fin de convention{NBSP}: {long_date(each.ends or measures.on)}", class_="muted small")
    return element("li", door(partner.name, address.record(partner.id), "name"), words, class_="ending")
