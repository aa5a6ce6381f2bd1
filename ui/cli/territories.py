"""Which territory a person means: an identifier, a code, or a name."""

from typing import Any

import click

from graph_schema.territory import Level, Place, communes, departements, epcis, fold, parse_territory_id, place, regions
from graph_schema.wording import listing

_BY_LENGTH = {2: Level.DEPARTEMENT, 3: Level.DEPARTEMENT, 5: Level.COMMUNE, 9: Level.EPCI}


class Territory(click.ParamType[Place]):
    """A territory: ``departement:62``, ``62``, ``62498``, or a name such as « Pas-de-Calais »."""

    name = "territoire"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        if isinstance(value, Place):
            return value
        found = _by_code(value) or _by_name(value)
        if len(found) == 1:
            return found[0]
        if found:
            several = listing([f"{each.id} ({each.name})" for each in found], limit=6)
            raise click.BadParameter(f"« {value} » désigne plusieurs territoires : {several}.", ctx, param)
        raise click.BadParameter(
            f"« {value} » n'est pas un territoire connu : écrivez un nom, un code officiel ou « departement:62 ».",
            ctx,
            param,
        )


def _by_code(text: str) -> list[Place]:
    try:
        level, code = parse_territory_id(text.strip())
    except ValueError:
        code = text.strip().upper()
        if len(code) not in _BY_LENGTH or not code[:1].isdigit():
            return []
        level = _BY_LENGTH[len(code)]
    found = place(level, code.upper())
    return [found] if found else []


def _by_name(text: str) -> list[Place]:
    """The places of that name at the largest level that has any."""
    wanted = fold(text)
    for places in (departements(), regions(), epcis(), communes()):
        if found := [each for each in places.values() if fold(each.name) == wanted]:
            return found
    return []
