"""The white zones of a network and the ways to fill them, kept with its measures."""

from crm.analytics.activity import Mobilisation
from crm.analytics.filling import WarmPath, candidates, warm_path
from crm.analytics.reach import Reach
from crm.analytics.white_zones import WhiteZone, white_zones
from crm.measures.measuring import Measures
from crm.network.kept import KeptKind
from graph_schema.territory import Level
from graph_schema.vocabularies import Function

_ZONES = KeptKind[tuple[WhiteZone, ...]](most=len(Level) * len(Function))
_AMONG = KeptKind[Reach](most=len(Level))
_WAYS = KeptKind[WarmPath](most=20_000)


def zones(measures: Measures, level: Level, function: Function) -> tuple[WhiteZone, ...]:
    """The white zones of a function at one level, the most populous first."""

    def made() -> tuple[WhiteZone, ...]:
        cells = [each for each in measures.coverage(level) if each.function is function]
        return white_zones(measures.relations, cells)

    return measures.kept.of(_ZONES, made, (level, function))


def way_in(measures: Measures, everyone: Measures, zone: WhiteZone) -> WarmPath:
    """How to fill a white zone of ``measures``.

    ``everyone`` are the same day's measures of the whole network: a partner that is active, but not for the training
    action to which ``measures`` are narrowed, could be for it too.
    """

    def made() -> WarmPath:
        among = measures.kept.of(_AMONG, lambda: _among(measures, everyone, zone.level), zone.level)
        return warm_path(everyone.relations, zone.territories, zone.function, zone.nearest, among=among)

    return measures.kept.of(_WAYS, made, (zone.function, zone.territories))


def _among(measures: Measures, everyone: Measures, level: Level) -> Reach:
    active = {id for id, facts in measures.activity.items() if facts.standing is Mobilisation.ACTIVE}
    return candidates(everyone.relations, level, active)
