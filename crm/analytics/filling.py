"""How to fill a white spot: the warm path to someone who could hold the function there."""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from crm.analytics.activity import Mobilisation, activity
from crm.analytics.calls import best_contact
from crm.analytics.graph import Relations
from crm.analytics.introductions import Introduction, introduce
from crm.analytics.reach import Reach
from graph_schema.territory import Level, parse_territory_id
from graph_schema.vocabularies import Function
from graph_schema.wording import NBSP, listing


class WarmPath(NamedTuple):
    """What can be done about a white spot.

    ``candidates`` are the ids of the organisations of that function in it that are not active, the highest tier first,
    ``introductions`` the warmest ways to them; ``nearest`` is the active partner to ask when nobody leads to any.
    """

    candidates: tuple[str, ...]
    introductions: tuple[Introduction, ...]
    nearest: str | None
    sentence: str


def candidates(relations: Relations, level: Level, active: Container[str]) -> Reach:
    """Return who could hold a function in each territory of ``level``: those that count there, neither closed nor
    ``active`` (ids); most of them were imported and never contacted. Made once, it serves every white spot.
    """
    rows = relations.snapshot.organisations.values()
    return Reach(relations, (row for row in rows if not row.closed and row.id not in active), level)


def warm_path(
    relations: Relations,
    territories: Iterable[str],
    function: Function,
    nearest: str | None = None,
    limit: int = 3,
    among: Reach | None = None,
) -> WarmPath:
    """Return the warmest ways to the organisations that could hold ``function`` in the territories (ids of one level).

    ``nearest`` is the id of the nearest active partner, as the cell or the white zone gives it: the one to ask when no
    candidate can be reached. ``among`` are the ``candidates`` of that level, when they are at hand.
    """
    found = _found(relations, [parse_territory_id(each) for each in territories], function, among)
    introductions = introduce(relations, *found, limit=limit) if found else ()
    names = [relations.snapshot.organisations[id].name for id in found]
    if introductions:
        words = introductions[0].sentence
    elif names:
        words = f"À contacter directement{NBSP}: {listing(names, limit=3)}."
        words += _ask(relations, nearest)
    else:
        words = "Aucune structure connue sur place." + _ask(relations, nearest)
    return WarmPath(found, introductions, nearest, words)


def _found(
    relations: Relations, territories: Sequence[tuple[Level, str]], function: Function, among: Reach | None
) -> tuple[str, ...]:
    if not territories:
        return ()
    level = territories[0][0]
    if among is None:
        standings = activity(relations).items()
        among = candidates(relations, level, {id for id, facts in standings if facts.standing is Mobilisation.ACTIVE})
    ids = dict.fromkeys(id for _, code in territories for id in among.partners(code, function))
    rows = relations.snapshot.organisations
    return tuple(sorted(ids, key=lambda id: (rows[id].tier, rows[id].name, id)))


def _ask(relations: Relations, nearest: str | None) -> str:
    if nearest is None:
        return ""
    name = relations.snapshot.organisations[nearest].name
    contact = best_contact(relations, nearest)
    return f" {contact[1].name} ({name}) peut vous orienter." if contact else f" {name} peut vous orienter."
