"""How the network grew: four small pictures, month by month, and the same numbers as a table."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import streamlit as st

from crm.analytics.growth import Point
from crm.measures import growth
from crm.measures.measuring import Measures
from graph_schema.wording import month, number
from ui import address, bars, session
from ui.markup import Markup, cell, door, element, heading, join, table

AT_ONCE = 20_000
"""A network of more organisations is read month by month on demand only."""


class _Curve(NamedTuple):
    title: str
    value: Callable[[Point], int]


_CURVES = (
    _Curve("Partenaires actifs", lambda point: point.active),
    _Curve("Relations fraîches", lambda point: point.fresh),
    _Curve("Liens entre partenaires et personnes", lambda point: point.links),
    _Curve("Échanges dans le mois", lambda point: point.exchanges),
)


def show_curves(after: Measures) -> None:
    """Draw the curves up to the day of the measures."""
    large = len(after.relations.snapshot.organisations) > AT_ONCE and not growth.kept(after)
    if large and not st.button("Tracer la croissance du réseau", icon=":material/timeline:", key="changes-curves"):
        st.caption("Votre réseau est grand : cette lecture prend quelques dizaines de secondes, une fois.")
        return
    with st.spinner("Lecture de l'histoire du réseau, mois par mois…", show_time=True):
        points = growth.monthly(session.network(), after)
    span = element("span", f"de {month(points[0].on)} à {month(points[-1].on)}", class_="muted small")
    pictures = element("div", *(_picture(curve, points) for curve in _CURVES), class_="curves")
    details = element("details", element("summary", "Voir les chiffres"), _numbers(points), class_="numbers")
    st.html(join(heading("La croissance du réseau", span), pictures, details))


def _picture(curve: _Curve, points: Sequence[Point]) -> Markup:
    values = [curve.value(point) for point in points]
    columns = [
        bars.PictureColumn(value, f"{month(point.on)} : {number(value)}")
        for point, value in zip(points, values, strict=True)
    ]
    said = f"{curve.title}, de {columns[0].words} à {columns[-1].words}"
    head = element("div", element("span", curve.title), element("strong", number(values[-1])), class_="head")
    return element(
        "div", head, bars.columns(columns, said, (_short(points[0].on), _short(points[-1].on))), class_="curve"
    )


def _numbers(points: Sequence[Point]) -> Markup:
    heads = ("Mois", *(curve.title for curve in _CURVES))
    return element("div", table(heads, (_row(point, points[-1].on) for point in reversed(points))), class_="tall")


def _row(point: Point, last: date) -> list[Markup]:
    name = month(point.on)
    first = cell(name) if point.on == last else cell(door(name, address.here(**{address.SINCE: point.on})))
    return [first, *(cell(number(curve.value(point)), class_="number") for curve in _CURVES)]


def _short(day: date) -> str:
    return f"{day.month:02}/{day.year}"
