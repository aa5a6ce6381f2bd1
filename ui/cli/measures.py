"""The measures on the command line: freshness, coverage, resilience, introductions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from crm.analytics.coverage import Cell, Coverage
from crm.analytics.freshness import Freshness, State
from crm.analytics.introductions import Introduction
from crm.analytics.resilience import OwnerShare, Resilience, owners
from crm.analytics.resilience import resilience as find_weak_points
from crm.analytics.white_zones import WhiteZone, white_zones
from crm.measures.introductions import introductions
from crm.measures.measuring import Measures
from graph_schema.territory import Level
from graph_schema.vocabularies import Function
from graph_schema.wording import count, number, plural
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.output import table
from ui.cli.values import Choice, Whole, limit_option, on_option

_ZONES_SHOWN = 15


@click.command(cls=Command)
@on_option
@click.option("--state", type=Choice(State), metavar="ÉTAT", help="frais, à surveiller, à relancer ou jamais.")
@click.option("--people", is_flag=True, help="Les personnes plutôt que les organisations.")
@limit_option
@pass_session
def freshness(session: Session, on: date, state: State | None, people: bool, limit: int | None) -> None:
    """Dire la fraîcheur de chaque relation, la moins fraîche d'abord."""
    measured = measures_on(session.network(), on)
    wanted = measured.freshness_of_people if people else measured.freshness
    kept = [each for each in wanted.values() if state is None or (each.state is state and not each.closed)]
    items = sorted(kept, key=lambda each: (-each.state.rank, -(each.days or 0), each.name, each.id))[:limit]
    session.give({"on": on, "items": [_freshness(each) for each in items]}, lambda: _freshness_text(items, kept))


def _freshness(each: Freshness) -> dict[str, Any]:
    return {
        "id": each.id, "name": each.name, "tier": each.tier, "state": each.state,
        "last_exchange": each.last_exchange, "days": each.days, "reason": each.reason,
        "ideal": each.ideal, "maximum": each.maximum, "chased_on": each.chased_on, "owner": each.owner,
        "closed": each.closed, "opposed": each.opposed,
    }  # fmt: skip


def _freshness_text(items: Sequence[Freshness], kept: Sequence[Freshness]) -> Iterator[str]:
    yield from table(
        ("NOM", "RANG", "ÉTAT", "JOURS", "POURQUOI"),
        ((each.name, each.tier.value, each.state.label, each.days, each.reason) for each in items),
        widest=70,
    )
    states = Counter(each.state for each in kept if not each.closed)
    yield " · ".join(f"{state.label} : {states[state]}" for state in State)


@click.command(cls=Command)
@click.option(
    "--level",
    type=Choice(Level),
    default=Level.DEPARTEMENT,
    metavar="NIVEAU",
    help="commune, epci, departement (sinon) ou region.",
)
@click.option(
    "--function", type=Choice(Function), metavar="FONCTION", help="Cette fonction seulement, par exemple spe."
)
@on_option
@pass_session
def coverage(session: Session, level: Level, function: Function | None, on: date) -> None:
    """Dire où le réseau est couvert, fragile, atteignable ou blanc."""
    measured = measures_on(session.network(), on)
    cells = [cell for cell in measured.coverage(level) if function in (None, cell.function)]
    zones = white_zones(measured.relations, cells)
    session.give(
        {"on": on, "level": level, "cells": [_cell(cell) for cell in cells], "zones": [_zone(zone) for zone in zones]},
        lambda: _coverage_text(cells, zones),
    )


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "territory": cell.territory, "name": cell.name, "function": cell.function, "state": cell.state,
        "partners": list(cell.partners), "dormant": list(cell.dormant), "nearest": cell.nearest,
        "distance_km": cell.distance_km, "approximate": cell.approximate, "population": cell.population,
    }  # fmt: skip


def _zone(zone: WhiteZone) -> dict[str, Any]:
    return {
        "function": zone.function, "territories": zone.territories, "population": zone.population,
        "nearest": zone.nearest, "distance_km": zone.distance_km, "sentence": zone.sentence,
    }  # fmt: skip


def _coverage_text(cells: Sequence[Cell], zones: Sequence[WhiteZone]) -> Iterator[str]:
    states = Counter((cell.function, cell.state) for cell in cells)
    functions = dict.fromkeys(cell.function for cell in cells)
    yield from table(
        ("FONCTION", *(state.label.upper() for state in Coverage)),
        ((function.label, *(states[function, state] for state in Coverage)) for function in functions),
    )
    for zone in zones[:_ZONES_SHOWN]:
        yield zone.sentence
    if len(zones) > _ZONES_SHOWN:
        yield f"… et {count(len(zones) - _ZONES_SHOWN, 'autre zone blanche')}."


@click.command(cls=Command)
@on_option
@pass_session
def resilience(session: Session, on: date) -> None:
    """Dire ce qui tient à une seule personne ou à un seul lien."""
    measured = measures_on(session.network(), on)
    found, shares = find_weak_points(measured.relations), owners(measured.relations)
    session.give(_resilience(found, shares, on), lambda: _resilience_text(measured, found, shares))


def _resilience(found: Resilience, shares: Sequence[OwnerShare], on: date) -> dict[str, Any]:
    return {
        "on": on,
        "dependences": [
            {
                "id": d.id,
                "name": d.name,
                "type": d.node_type,
                "lost": d.lost,
                "backup": d.backup,
                "sentence": d.sentence,
            }
            for d in found.dependences
        ],
        "bridges": [
            {"source": b.source, "target": b.target, "lost": b.lost, "sentence": b.sentence} for b in found.bridges
        ],
        "single": [{"organisation": organisation, "person": person} for organisation, person in found.single],
        "owners": [
            {"owner": s.owner, "partners": s.partners, "share": s.share, "sentence": s.sentence} for s in shares
        ],
    }


def _resilience_text(measured: Measures, found: Resilience, shares: Sequence[OwnerShare]) -> Iterator[str]:
    yield from (each.sentence for each in found.dependences)
    yield from (each.sentence for each in found.bridges)
    yield from (each.sentence for each in shares)
    if found.single:
        where = plural(len(found.single), "partenaire")
        yield f"{number(len(found.single))} {where} où une seule personne vous connaît :"
        yield from (f"  – {measured.relations.row(o).name} : {measured.relations.row(p).name}" for o, p in found.single)
    if not (found.dependences or found.bridges or found.single):
        yield "Rien ne tient à une seule personne ni à un seul lien."


@click.command(cls=Command)
@click.argument("id", metavar="ID")
@on_option
@click.option("--limit", type=Whole(1), default=3, metavar="N", help="Les N meilleurs chemins (3).")
@pass_session
def introduce(session: Session, id: str, on: date, limit: int) -> None:
    """Dire qui peut vous introduire auprès d'une organisation ou d'une personne."""
    name, ways = introductions(session.network(), id, on, limit)
    nobody = f"Personne, dans votre réseau, ne mène à {name}."
    session.give(
        {"id": id, "name": name, "on": on, "paths": [_way(way) for way in ways]},
        lambda: [way.sentence for way in ways] or [nobody],
    )


def _way(way: Introduction) -> dict[str, Any]:
    return {
        "first": way.first, "state": way.state, "cost": way.cost, "sentence": way.sentence,
        "steps": [{"source": s.source, "target": s.target, "link": s.link.type if s.link else None} for s in way.steps],
    }  # fmt: skip
