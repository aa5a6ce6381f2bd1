"""« Aujourd'hui »: whom to call this week and why, coverage at a glance, what changed."""

from datetime import timedelta

import streamlit as st

from crm.analytics.calls import ENDING_DAYS, call_list
from crm.analytics.coverage import Cell, Coverage
from crm.measures import Measures
from crm.rights import Right
from graph_schema.snapshot import Engagement, Nature
from graph_schema.vocabularies import Function
from graph_schema.wording import count, long_date, plural
from ui import address, session
from ui.markup import Markup, door, element, join
from ui.screens import first_steps, home_agreements, home_calls, home_coverage, home_news

SHOW = "voir"
CALLS, AGREEMENTS = "relances", "conventions"


def show() -> None:
    """Draw the page; a network without any partner opens on the first steps."""
    measures = session.measures()
    if not measures.relations.snapshot.organisations:
        first_steps.show()
        return
    calls = call_list(measures.relations)
    ending = ending_agreements(measures)
    cells = measures.coverage(home_coverage.level(measures))
    st.html(_sentence(measures, len(calls), len({each.subject for each in ending}), cells))
    if ending and address.text(SHOW) == AGREEMENTS:
        home_agreements.show(ending)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        home_calls.show(calls, everything=address.text(SHOW) == CALLS)
    with right:
        home_coverage.show(measures, cells)
        if session.actor().may(Right.HISTORY) and not session.is_past():
            home_news.show()


def ending_agreements(measures: Measures) -> list[Engagement]:
    """The agreements in force that end within ``ENDING_DAYS``, the first to end first, once for each partner."""
    on = measures.on
    soon = on + timedelta(days=ENDING_DAYS)
    found = (each for engaged in measures.relations.engagements.values() for each in engaged)
    ending = [
        each
        for each in found
        if each.nature is Nature.AGREEMENT and each.starts <= on and each.ends and on <= each.ends <= soon
    ]
    return sorted(ending, key=lambda each: (each.ends or on, each.organisation))


def _sentence(measures: Measures, calls: int, ending: int, cells: tuple[Cell, ...]) -> Markup:
    soon = long_date(measures.on + timedelta(days=ENDING_DAYS))
    white = sum(cell.function is Function.EMPLOYER and cell.state is Coverage.WHITE for cell in cells)
    everywhere = "des employeurs d'accueil dans tous les territoires"
    to_map = address.link(address.TERRITORY, fonction=Function.EMPLOYER)
    ends = f" {plural(ending, 'finit', 'finissent')} avant le {soon}"
    words = join(
        _part(calls, "partenaire", " à relancer", address.here(**{SHOW: CALLS}), "aucun partenaire à relancer"),
        ", ",
        _part(
            ending,
            "convention",
            ends,
            address.here(**{SHOW: AGREEMENTS}),
            f"aucune convention ne finit avant le {soon}",
        ),
        ", ",
        _part(white, "territoire", " sans employeur d'accueil", to_map, everywhere)
        if measures.relations.snapshot.zone
        else join("zone desservie ", door("à déclarer", address.link(address.SETTINGS))),
        ".",
    )
    return element("p", words, class_="sentence")


def _part(amount: int, noun: str, rest: str, href: str, nothing: str) -> Markup:
    return join(door(count(amount, noun), href), rest) if amount else join(nothing)
