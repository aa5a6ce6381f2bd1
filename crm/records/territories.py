"""Which territories people mean by what they write: an identifier, an official code, or a name."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations

from graph_schema.territory import Level, Place, communes, departements, epcis, fold, parse_territory_id, place, regions

_BY_LENGTH = {2: Level.DEPARTEMENT, 3: Level.DEPARTEMENT, 5: Level.COMMUNE, 9: Level.EPCI}


def find(text: str) -> list[Place]:
    """The territories that ``text`` means: ``departement:62``, ``62``, ``62498``, or a name (accents and case aside).

    A name means the largest level that has a territory of that name; there, the most populous comes first.
    """
    return _by_code(text.strip()) or _by_name(text)


def _by_code(text: str) -> list[Place]:
    try:
        level, code = parse_territory_id(text)
    except ValueError:
        code = text.upper()
        if len(code) not in _BY_LENGTH or not code[:1].isdigit():
            return []
        level = _BY_LENGTH[len(code)]
    found = place(level, code.upper())
    return [found] if found else []


def _by_name(text: str) -> list[Place]:
    return list(_names().get(fold(text), ()))


@cache
def _names() -> Mapping[str, tuple[Place, ...]]:
    """What each folded name means, as ``find`` says it."""
    names: dict[str, tuple[Place, ...]] = {}
    for places in (departements(), regions(), epcis(), communes()):
        level: dict[str, list[Place]] = {}
        for each in places.values():
            level.setdefault(fold(each.name), []).append(each)
        for name, found in level.items():
            names.setdefault(name, tuple(sorted(found, key=lambda each: -each.population)))
    return names


def named_within(texts: Iterable[str]) -> list[Place]:
    """The territories whose whole name stands somewhere in these texts, be it within a word: « Ham » in « Hamel »."""
    names, found = _names(), {}
    for text in map(fold, texts):
        for start, end in combinations(range(len(text) + 1), 2):
            if places := names.get(text[start:end]):
                found[places[0].id] = places[0]
    return list(found.values())
