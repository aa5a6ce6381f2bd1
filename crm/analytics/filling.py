"""How to fill a white spot: the warm path to someone who could hold the function there."""

from collections.abc import Iterable
from typing import NamedTuple

from crm.analytics.activity import Standing, activity_of
from crm.analytics.calls import best_contact
from crm.analytics.graph import Relations
from crm.analytics.introductions import Introduction, introduce
from crm.analytics.reach import around, touched
from graph_schema.snapshot import OrganisationRow
from graph_schema.territory import parse_territory_id
from graph_schema.vocabularies import Function
from graph_schema.wording import NBSP, listing


class WarmPath(NamedTuple):
    """What can be done about a white spot.

    ``candidates`` are the ids of the organisations of that function in it that are not active, ``introductions`` the
    warmest ways to them; ``nearest`` is the active partner to ask when nobody leads to any.
    """

    candidates: tuple[str, ...]
    introductions: tuple[Introduction, ...]
    nearest: str | None
    sentence: str


def warm_path(
    relations: Relations, territories: Iterable[str], function: Function, nearest: str | None = None, limit: int = 3
) -> WarmPath:
    """Return the warmest ways to the organisations that could hold ``function`` in the territories (ids of one level).

    ``nearest`` is the id of the nearest active partner, as the cell or the white zone gives it: the one to ask when no
    candidate can be reached.
    """
    candidates = _candidates(relations, tuple(territories), function)
    introductions = introduce(relations, *candidates, limit=limit) if candidates else ()
    names = [relations.snapshot.organisations[id].name for id in candidates]
    if introductions:
        words = introductions[0].sentence
    elif names:
        words = f"À contacter directement{NBSP}: {listing(names, limit=3)}."
        words += _ask(relations, nearest)
    else:
        words = "Aucune structure connue sur place." + _ask(relations, nearest)
    return WarmPath(candidates, introductions, nearest, words)


def _candidates(relations: Relations, territories: tuple[str, ...], function: Function) -> tuple[str, ...]:
    if not territories:
        return ()
    level = parse_territory_id(territories[0])[0]
    wanted = {each for territory in territories for each in around(*parse_territory_id(territory))}
    return tuple(
        row.id
        for row in relations.snapshot.organisations.values()
        if function in row.roles
        and not wanted.isdisjoint(touched(relations, row, level))
        and _may_be_called(relations, row)
    )


def _may_be_called(relations: Relations, row: OrganisationRow) -> bool:
    return activity_of(relations, row.id).standing in (Standing.CANDIDATE, Standing.DORMANT)


def _ask(relations: Relations, nearest: str | None) -> str:
    if nearest is None:
        return ""
    name = relations.snapshot.organisations[nearest].name
    contact = best_contact(relations, nearest)
    return f" {contact[1].name} ({name}) peut vous orienter." if contact else f" {name} peut vous orienter."
