"""White zones said as sentences; for each, who can open the door, who could hold the function, an action to begin."""

from collections.abc import Sequence

import streamlit as st

from crm.analytics.filling import WarmPath
from crm.analytics.introductions import Introduction
from crm.analytics.white_zones import WhiteZone
from crm.measures.measuring import Measures
from crm.measures.white_zones import way_in, zones
from graph_schema.territory import Level, Place, ancestors, parse_territory_id
from graph_schema.territory.naming import within
from graph_schema.wording import NBSP, count, number
from ui import address, session
from ui.look import freshness_mark
from ui.markup import Markup, door, element, heading, join
from ui.remembered import remembered
from ui.screens.home import coverage
from ui.screens.territory import action
from ui.screens.territory.where import ACTION, PATH, ZONES, TerritoryView

_SHOWN = 5
_ALL = 60
_CANDIDATES = 4


def show_zones(view: TerritoryView) -> None:
    """Draw the white zones of the function, inside the chosen territory when there is one."""
    found = remembered(view.everyone, ("territory-zones", view.key), lambda: _zones(view))
    everything = address.text(ZONES) == "toutes"
    shown = found[: _ALL if everything else _SHOWN]
    more = Markup("")
    if len(found) > _SHOWN:
        words = f"les {_SHOWN} premières" if everything else f"voir les {number(len(found))}"
        more = door(words, address.here(**{ZONES: None if everything else "toutes"}), "small")
    may = session.may_edit()
    doing = next((at for at, zone in enumerate(shown) if may and zone.territories[0] == address.text(ACTION)), None)
    cut = len(shown) if doing is None else doing + 1
    st.html(join(heading("Zones blanches", more), _whose(view), _said(view, shown[:cut], may) or _nothing(view)))
    if doing is not None:
        action.form(shown[doing], way_in(view.measures, view.everyone, shown[doing]))
        st.html(_said(view, shown[cut:], may) or element("span"))


def _whose(view: TerritoryView) -> Markup:
    """Of which partners the zones are, when they are not those of all."""
    if view.programme is None:
        return Markup("")
    words = f"Parmi les seuls partenaires de « {view.programme.title} » :"
    return element("p", words, class_="muted")


def _said(view: TerritoryView, some: Sequence[WhiteZone], may: bool) -> Markup:
    """Some zones one after the other; made once."""
    if not some:
        return Markup("")
    key = "territory-said", view.key, may, some[0].territories
    return remembered(view.everyone, key, lambda: join(*(_zone(view, each, may) for each in some)))


def _zones(view: TerritoryView) -> Sequence[WhiteZone]:
    level = view.asked or coverage.level(view.everyone)
    if level is Level.COMMUNE:
        level = Level.EPCI  # communes are grouped by département: too coarse to act on
    found = zones(view.measures, level, view.function)
    return [zone for zone in found if view.place is None or _touches(zone, view.place)]


def _touches(zone: WhiteZone, chosen: Place) -> bool:
    wanted = (chosen.level, chosen.code)
    smaller = set(ancestors(*wanted))
    for each in zone.territories:
        level, code = parse_territory_id(each)
        if (level, code) in smaller or wanted in ancestors(level, code):
            return True
    return False


def _nothing(view: TerritoryView) -> Markup:
    if not view.has_zone:
        return element("p", "Rien n'est blanc tant que votre zone n'est pas déclarée.", class_="empty")
    where = f" {within(view.place)}" if view.place else ""
    return element("p", f"Aucune zone blanche{where} pour « {view.function.label} ».", class_="empty")


def _zone(view: TerritoryView, zone: WhiteZone, may: bool) -> Markup:
    first = zone.territories[0]
    way = way_in(view.measures, view.everyone, zone)
    return element(
        "div",
        element("p", zone.sentence, class_="said"),
        _opener(view.everyone, way, first),
        _candidates(view.everyone, zone, way.candidates),
        _acts(view, zone, may),
        class_="zone",
    )


def _opener(everyone: Measures, way: WarmPath, first: str) -> Markup:
    """Who can open the door, in words; the steps one by one when they are asked for."""
    if not way.introductions:
        return element("p", way.sentence, class_="muted")
    opened = address.text(PATH) == first
    toggle = door("Refermer" if opened else "Voir le chemin", address.here(**{PATH: None if opened else first}))
    canvas = door("Voir sur le réseau", address.link(address.NETWORK, presenter=way.introductions[0].target))
    steps = [_introduction(everyone, each) for each in way.introductions] if opened else []
    return join(element("p", way.sentence, " ", toggle, " · ", canvas, class_="muted"), *steps)


def _introduction(everyone: Measures, introduction: Introduction) -> Markup:
    steps = [element("span", "Vous", class_="step")]
    for step in introduction.steps:
        row = everyone.relations.row(step.target)
        of = everyone.freshness if step.target in everyone.freshness else everyone.freshness_of_people
        mark = freshness_mark(of[step.target].state)
        steps.append(element("span", "→", class_="verb", aria_hidden="true"))
        steps.append(element("span", mark.shape(), " ", door(row.name, address.record(step.target)), class_="step"))
    return join(element("div", *steps, class_="path"), element("p", introduction.sentence, class_="muted small"))


def _candidates(everyone: Measures, zone: WhiteZone, ids: Sequence[str]) -> Markup:
    """The organisations of that function there that nobody works with yet, each with its standing."""
    if not ids:
        return Markup("")
    names, facts = everyone.relations.snapshot.organisations, everyone.activity
    doors = [door(names[id].name, address.record(id), title=facts[id].reason) for id in ids]
    first, rest = (_listed(doors[part]) for part in (slice(_CANDIDATES), slice(_CANDIDATES, None)))
    said = element("p", f"{count(len(ids), 'structure connue')} sur place{NBSP}: ", first, class_="small")
    if not rest:
        return said
    others = count(len(ids) - _CANDIDATES, "autre")
    return join(said, element("details", element("summary", f"et {others}"), rest, class_="small"))


def _listed(doors: Sequence[Markup]) -> Markup:
    return join(*[part for each in doors for part in (", ", each)][1:])


def _acts(view: TerritoryView, zone: WhiteZone, may: bool) -> Markup:
    parts = []
    if may:
        doing = address.text(ACTION) == zone.territories[0]
        words = "Fermer" if doing else "Créer une action"
        href = address.here(**{ACTION: None if doing else zone.territories[0]})
        parts.append(element("a", words, class_="door act", href=href, aria_label=f"{words} : {zone.names[0]}"))
    if zone.nearest:
        name = view.everyone.relations.snapshot.organisations[zone.nearest].name
        parts.append(element("a", f"Ouvrir {name}", class_="door act", href=address.record(zone.nearest)))
    return element("div", *parts, class_="acts")
