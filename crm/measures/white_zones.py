"""The white zones of a network and the ways to fill them, kept with its measures."""

from dataclasses import dataclass, field

from crm.analytics.activity import Standing
from crm.analytics.filling import WarmPath, candidates, warm_path
from crm.analytics.reach import Reach
from crm.analytics.white_zones import WhiteZone, white_zones
from crm.measures.measuring import Measure, Measures
from graph_schema.territory import Level
from graph_schema.vocabularies import Function


@dataclass(eq=False)
class _Kept:
    zones: dict[tuple[Level, Function], tuple[WhiteZone, ...]] = field(default_factory=dict)
    among: dict[Level, Reach] = field(default_factory=dict)
    ways: dict[tuple[Function, tuple[str, ...]], WarmPath] = field(default_factory=dict)


_KEPT = Measure[_Kept](lambda measures: _Kept(), lambda measures, old, touched: _Kept())


def zones(measures: Measures, level: Level, function: Function) -> tuple[WhiteZone, ...]:
    """The white zones of a function at one level, the most populous first."""
    kept = measures.of(_KEPT).zones
    if (level, function) not in kept:
        cells = [each for each in measures.coverage(level) if each.function is function]
        kept[level, function] = white_zones(measures.relations, cells)
    return kept[level, function]


def way_in(measures: Measures, everyone: Measures, zone: WhiteZone) -> WarmPath:
    """How to fill a white zone of ``measures``.

    ``everyone`` are the same day's measures of the whole network: a partner that is active, but not for the training
    action to which ``measures`` are narrowed, could be for it too.
    """
    kept = measures.of(_KEPT)
    key = zone.function, zone.territories
    if key not in kept.ways:
        if zone.level not in kept.among:
            active = {id for id, facts in measures.activity.items() if facts.standing is Standing.ACTIVE}
            kept.among[zone.level] = candidates(everyone.relations, zone.level, active)
        among = kept.among[zone.level]
        kept.ways[key] = warm_path(everyone.relations, zone.territories, zone.function, zone.nearest, among=among)
    return kept.ways[key]
