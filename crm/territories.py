"""Which territories people mean by what they write: an identifier, an official code, or a name."""

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
    wanted = fold(text)
    for places in (departements(), regions(), epcis(), communes()):
        if found := [each for each in places.values() if fold(each.name) == wanted]:
            return sorted(found, key=lambda each: -each.population)
    return []
