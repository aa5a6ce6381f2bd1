"""White zones said as sentences, and for each the warmest way to someone who could fill it."""

from collections.abc import Sequence

import streamlit as st

from crm.analytics.filling import warm_path
from crm.analytics.introductions import Introduction
from crm.analytics.white_zones import WhiteZone, white_zones
from crm.measures import Measures
from graph_schema.territory import Level, Place, ancestors, parse_territory_id
from graph_schema.vocabularies import Function
from graph_schema.wording import NBSP, count
from ui import address
from ui.look import freshness_mark
from ui.markup import Markup, door, element, heading, join
from ui.screens import home_coverage

PATH = "chemin"
_SHOWN = 5


def show(measures: Measures, function: Function, chosen: Place | None) -> None:
    """Draw the white zones of the function, inside the chosen territory when there is one."""
    level = home_coverage.level(measures)
    cells = [each for each in measures.coverage(level) if each.function is function]
    zones = [zone for zone in white_zones(measures.relations, cells) if chosen is None or _touches(zone, chosen)]
    everything = address.text("zones") == "toutes"
    shown = zones if everything else zones[:_SHOWN]
    more = Markup("")
    if len(zones) > _SHOWN:
        words = f"les {_SHOWN} premières" if everything else f"voir les {len(zones)}"
        more = door(words, address.here(zones=None if everything else "toutes"), "small")
    body = [_zone(measures, zone) for zone in shown] or [_nothing(function, chosen)]
    st.html(join(heading("Zones blanches", more), *body))


def _touches(zone: WhiteZone, chosen: Place) -> bool:
    wanted = (chosen.level, chosen.code)
    smaller = set(ancestors(*wanted))
    for each in zone.territories:
        level, code = parse_territory_id(each)
        if (level, code) in smaller or wanted in ancestors(level, code):
            return True
    return False


def _nothing(function: Function, chosen: Place | None) -> Markup:
    where = f" dans {chosen.name}" if chosen and chosen.level is not Level.COMMUNE else ""
    return element("p", f"Aucune zone blanche{where} pour « {function.label} ».", class_="empty")


def _zone(measures: Measures, zone: WhiteZone) -> Markup:
    first = zone.territories[0]
    opened = address.text(PATH) == first
    words = "Refermer" if opened else "Voir le chemin"
    toggle = door(words, address.here(**{PATH: None if opened else first}))
    parts: list[str] = [zone.sentence, " ", toggle]
    if zone.nearest:
        name = measures.relations.snapshot.organisations[zone.nearest].name
        parts += [" · ", door(f"Ouvrir {name}", address.record(zone.nearest))]
    return element("div", *parts, *([_path(measures, zone)] if opened else []), class_="zone")


def _path(measures: Measures, zone: WhiteZone) -> Markup:
    found = warm_path(measures.relations, zone.territories, zone.function, zone.nearest)
    if not found.introductions:
        return element("div", element("p", found.sentence), _candidates(measures, found.candidates))
    return element("div", *(_introduction(measures, each) for each in found.introductions))


def _introduction(measures: Measures, introduction: Introduction) -> Markup:
    steps = [element("span", "Vous", class_="step")]
    for step in introduction.steps:
        row, fresh = measures.relations.row(step.target), measures.freshness[step.target]
        mark = freshness_mark(fresh.state)
        steps.append(element("span", "→", class_="verb", aria_hidden="true"))
        steps.append(element("span", mark.shape(), " ", door(row.name, address.record(step.target)), class_="step"))
    return join(element("div", *steps, class_="path"), element("p", introduction.sentence, class_="muted small"))


def _candidates(measures: Measures, ids: Sequence[str]) -> Markup:
    if not ids:
        return Markup("")
    names = measures.relations.snapshot.organisations
    doors = [door(names[id].name, address.record(id)) for id in ids[:_SHOWN]]
    trail = [part for each in doors for part in (each, ", ")][:-1]
    return element("p", f"{count(len(ids), 'structure connue')} sur place{NBSP}: ", *trail, class_="small")
