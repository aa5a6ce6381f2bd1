"""Which place lies in which: upwards, downwards, and the people who live there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from graph_schema.territory.places import Level, Place, parse_territory_id, territory_id
from graph_schema.territory.reference import communes, place, places


def ancestors(level: Level, code: str) -> tuple[tuple[Level, str], ...]:
    """Return the place itself, then every place it lies in, upwards; nothing for an unknown one.

    An EPCI that spans several départements or régions lists them all, in the order of their codes. A commune lists its
    own only.
    """
    here = place(level, code)
    if here is None:
        return ()
    upper_levels = tuple(Level)[here.level.rank + 1 :]
    return ((here.level, code), *((upper, each) for upper in upper_levels for each in _codes_above(here, upper)))


def above(level: Level, code: str) -> tuple[tuple[Level, str], ...]:
    """Return the places that a place lies in directly; `ancestors` are all reached from them.

    A commune lies in its EPCI, an EPCI in every département that holds one of its communes, a département in its
    région. A commune whose EPCI spans several départements, or that has none, names its own département as well: the
    EPCI would not tell which.
    """
    found = ancestors(level, code)[1:]
    epcis = [each for each in found if each[0] is Level.EPCI]
    own = [each for each in found if each[0] is Level.DEPARTEMENT]
    if epcis and len(_reach_of_epcis(Level.DEPARTEMENT)[epcis[0][1]]) == 1:
        own = []
    return (*epcis, *own) or found


def chain(level: Level, code: str) -> tuple[tuple[str, str], ...]:
    """Return every « lies directly in » from a place up to its régions, as pairs of identifiers, each once."""
    pairs: dict[tuple[str, str], None] = {}
    for place_above in above(level, code):
        pairs[territory_id(level, code), territory_id(*place_above)] = None
        pairs.update(dict.fromkeys(chain(*place_above)))
    return tuple(pairs)


def descendants(level: Level, code: str, to: Level) -> tuple[str, ...]:
    """Return the codes, sorted, of the places of level `to` that lie in it, wholly or in part.

    `b` is among the descendants of `a` exactly when `a` is among the ancestors of `b`: a place is its own, and there is
    nothing above, nor for an unknown place.
    """
    here = place(level, code)
    if here is None or Level(to).rank > here.level.rank:
        return ()
    return (code,) if to == here.level else _lower_by_upper(here.level, Level(to)).get(code, ())


def population_of(territory_ids: Iterable[str]) -> int:
    """Return how many people live in the union of the territories: overlapping ones are counted once.

    Raises ValueError on an identifier that is malformed or names no known place.
    """
    codes: set[str] = set()
    for identifier in territory_ids:
        level, code = parse_territory_id(identifier)
        if place(level, code) is None:
            raise ValueError(f"Le territoire « {identifier} » est inconnu du référentiel : vérifiez son code.")
        codes.update(descendants(level, code, Level.COMMUNE))
    return sum(communes()[code].population for code in codes)


def _codes_above(here: Place, upper: Level) -> tuple[str, ...]:
    """The places of a larger level in which `here` lies: one, but for an EPCI that spans several."""
    if here.level is Level.EPCI:
        return _reach_of_epcis(upper)[here.code]
    code: str | None = getattr(here, upper.value)
    return (code,) if code is not None else ()


@cache
def _reach_of_epcis(upper: Level) -> Mapping[str, tuple[str, ...]]:
    reached: defaultdict[str, set[str]] = defaultdict(set)
    for commune in communes().values():
        if commune.epci is not None:
            reached[commune.epci].update(_codes_above(commune, upper))
    return {epci: tuple(sorted(codes)) for epci, codes in reached.items()}


@cache
def _lower_by_upper(upper: Level, lower: Level) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in places(lower).values():
        for code in _codes_above(each, upper):
            found[code].append(each.code)
    return {code: tuple(sorted(codes)) for code, codes in found.items()}
