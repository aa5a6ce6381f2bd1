"""« Aujourd'hui »: whom to call this week and why, coverage at a glance, what changed."""

from collections import Counter
from datetime import timedelta

import streamlit as st

from crm.analytics.calls import ENDING_DAYS
from crm.analytics.coverage import WITHOUT, Coverage
from crm.analytics.freshness import State
from crm.measures.calls import CallList, call_list
from crm.measures.measuring import Measures
from crm.network.rights import Right
from crm.quick_log import completing
from crm.records import action_list
from graph_schema.vocabularies import Function
from graph_schema.wording import count, long_date, number, plural
from ui import address, notices, session
from ui.markup import Markup, door, element, join
from ui.nobody import early
from ui.remembered import remembered
from ui.screen import Screen
from ui.screens.home import (
    actions,
    agreements,
    coverage,
    exports,
    first_steps,
    groups,
    news,
    pending,
    saved,
    to_call,
    week,
)
from ui.screens.home.saved import ListView

SHOW = "voir"
CALLS, AGREEMENTS = "relances", "conventions"


def show() -> None:
    """Draw the page; a network without any partner opens on the first steps."""
    measures = session.measures()
    if (lost := session.lost()) and session.actor().may(Right.HISTORY):
        notices.warning(lost.message)
    if not measures.relations.snapshot.organisations:
        if session.is_past():
            st.html(early())
        else:
            first_steps.show_first_steps()
        return
    calls = call_list(measures)
    sentence = remembered(measures, ("home-sentence", address.here()), lambda: _sentence(measures, calls))
    st.html(sentence)
    if not session.is_past():
        to_do = remembered(measures, ("home-actions", address.here()), _to_do)
        waiting = remembered(measures, "home-pending", lambda: completing.amount(session.network()))
        if to_do or waiting:
            st.html(element("div", to_do, pending.sentence(waiting) if waiting else "", class_="waiting"))
        if address.text(SHOW) == actions.SHOW:
            actions.show_actions()
        if address.text(SHOW) == pending.SHOW:
            pending.show_pending(completing.pending(session.network(), pending.asked()), waiting)
    if calls.ending and address.text(SHOW) == AGREEMENTS:
        agreements.show_endings(calls.ending)
    if saved.chosen() is ListView.WEEK:
        _calls(measures, calls)
        st.html(element("div", *_beside(measures), class_="pair"))
    else:
        left, right = st.columns([1.5, 1], gap="large")
        with left:
            _calls(measures, calls)
        right.html(join(*_beside(measures)))


def _beside(measures: Measures) -> list[Markup]:
    """What stands beside the calls, or under a whole week of them."""
    parts = [coverage.html(measures)]
    if session.actor().may(Right.HISTORY) and not session.is_past():
        parts.append(news.html(measures))
    return [element("div", each) for each in parts]


def _calls(measures: Measures, calls: CallList) -> None:
    """The calls as they are wanted, and what takes them elsewhere."""
    owner = saved.owner(calls)
    with st.container(key="home-calls", gap="small"):
        saved.draw_saved(measures, calls)
        match saved.chosen():
            case ListView.WEEK:
                week.show_week(measures, owner)
            case ListView.URGENCY:
                to_call.show_calls(measures, calls.of(owner), everything=address.text(SHOW) == CALLS)
            case view:
                groups.show_call_groups(measures, calls, view, owner)
        exports.show_call_files(measures, owner)


def _to_do() -> Markup:
    found = action_list.amount(session.network())
    return actions.sentence(found) if found.total else Markup("")


def _sentence(measures: Measures, calls: CallList) -> Markup:
    """What is to be done, each figure a door to its rows."""
    soon = long_date(measures.on + timedelta(days=ENDING_DAYS))
    ending = len({each.subject for each in calls.ending})
    everywhere = "un employeur d'accueil actif dans chaque territoire"
    without = _without(measures)
    to_map = coverage.without(measures, Function.EMPLOYER)
    ends = f" {plural(ending, 'finit', 'finissent')} avant le {soon}"
    to_calls = address.here(**{SHOW: CALLS, saved.VIEW: None, saved.OWNER: None, groups.GROUP: None})
    words = join(
        _part(len(calls.due), "partenaire", _calls_said(calls), to_calls, "aucun partenaire à contacter"),
        ", ",
        _part(
            ending,
            "convention",
            ends,
            address.here(**{SHOW: AGREEMENTS}),
            f"aucune convention ne finit avant le {soon}",
        ),
        ", ",
        _part(without.total(), "territoire", f" sans employeur d'accueil actif ({_both(without)})", to_map, everywhere)
        if measures.relations.snapshot.zone
        else join("zone desservie ", door("à déclarer", address.link(address.SETTINGS))),
        ".",
    )
    return element("p", words, class_="sentence")


def _calls_said(calls: CallList) -> str:
    states = calls.states()
    late, never = states[State.CHASE], states[State.NEVER]
    return f" à contacter ({number(late)} à relancer, {number(never)} jamais {plural(never, 'contacté')})"


def _without(measures: Measures) -> Counter[Coverage]:
    """In how many territories no host is active: the reachable ones and the white ones."""

    def made() -> Counter[Coverage]:
        cells = measures.coverage(coverage.level(measures))
        return Counter(each.state for each in cells if each.function is Function.EMPLOYER and each.state in WITHOUT)

    return remembered(measures, "home-without", made)


def _both(without: Counter[Coverage]) -> str:
    reachable, white = without[Coverage.REACHABLE], without[Coverage.WHITE]
    return f"{count(reachable, 'atteignable')}, {count(white, 'blanc')}"


def _part(amount: int, noun: str, rest: str, href: str, nothing: str) -> Markup:
    return join(door(count(amount, noun), href), rest) if amount else join(nothing)


SCREEN = Screen(address.HOME, "Aujourd'hui", ":material/today:", 10, show, sheets=("home.css",))
