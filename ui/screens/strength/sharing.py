"""On how few the network rests: hostings by host, funding by funder, agreements by partner."""

from collections.abc import Sequence

import streamlit as st

from crm.analytics.concentration import Concentration, Share
from crm.measures.measuring import Measures
from graph_schema.wording import NBSP, number
from ui import address, bars
from ui.markup import Markup, door, element, heading, join

_NAMED = 4


def show_sharing(measures: Measures) -> None:
    """Draw each sharing as one divided bar, with what to do about it."""
    found = measures.strength.concentrations
    nothing = element(
        "p", "Ni accueil, ni convention, ni financement à cette date : rien à répartir encore.", class_="empty"
    )
    st.html(join(heading("Sur combien reposez-vous ?"), *([_sharing(each) for each in found] or [nothing])))


def _sharing(each: Concentration) -> Markup:
    parts = [bars.Slice(f"{s.name}, {_percent(s.share)}", s.share) for s in each.shares]
    return element(
        "div",
        element("span", each.subject.label, class_="name"),
        element("span", number(each.total), class_="figure"),
        bars.shared(parts, each.subject.label),
        element("p", each.sentence),
        _first(each.shares),
        class_="weigh",
    )


def _first(shares: Sequence[Share]) -> Markup:
    """Who holds most, with how many; nobody comes first among equals, who are named when they are few."""
    even = shares[0].number == shares[-1].number
    if even and len(shares) > _NAMED:
        return Markup("")
    named = [each for each in shares[:_NAMED] if even or each.number > shares[-1].number]
    doors: list[str] = []
    for one in named:
        doors += [", ", door(one.name, address.record(one.id)), f" ({number(one.number)})"]
    return element("p", "Chez : " if even else "En tête : ", *doors[1:], class_="muted small")


def _percent(share: float) -> str:
    return f"{round(100 * share)}{NBSP}%"
