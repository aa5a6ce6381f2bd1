"""The calls by owner or by territory: each group with its most urgent ones, and a door to all of them."""

from collections.abc import Iterator, Mapping, Sequence

from crm.analytics import planning
from crm.analytics.calls import Due
from crm.measures.calls import CallList, Line
from crm.measures.measuring import Measures
from graph_schema.declaration import Vocabulary
from graph_schema.territory import Place
from graph_schema.wording import number
from ui import address, filters, paging
from ui.markup import Markup, door, element
from ui.remembered import remembered
from ui.screens.home import coverage, to_call

GROUP = "groupe"
NOBODY = "aucun"
_FIRST = 3
_GROUPS = 8
_ALONE = 30


def show_call_groups(measures: Measures, calls: CallList, view: Vocabulary, owner: str | None) -> None:
    """Draw the groups, or the only one that the address names, in full."""
    to_call.draw_calls(measures, lambda: _parts(measures, calls, view, owner))


def _parts(measures: Measures, calls: CallList, view: Vocabulary, owner: str | None) -> Iterator[Markup | Line]:
    groups = _groups(measures, calls, view, owner)
    named = address.text(GROUP)
    if named in groups:
        name, due = groups[named]
        yield _head(name, len(due), address.here(**{GROUP: None, filters.ROWS: None}), "Tous")
        yield from to_call.lines(measures, due[: paging.shown(_ALONE)])
        yield paging.more(len(due), _ALONE)
        return
    for key, (name, due) in list(groups.items())[: paging.shown(_GROUPS)]:
        yield _head(name, len(due), address.here(**{GROUP: key, filters.ROWS: None}), "Voir tout")
        yield from to_call.lines(measures, due[:_FIRST])
    yield paging.more(len(groups), _GROUPS) if groups else element("p", to_call.UP_TO_DATE, class_="empty")


def _groups(
    measures: Measures, calls: CallList, view: Vocabulary, owner: str | None
) -> Mapping[str, tuple[str, Sequence[Due]]]:
    """What the address calls each group, its name, and its calls."""

    def made() -> Mapping[str, tuple[str, Sequence[Due]]]:
        if view == "responsable":
            owners = planning.by_owner(calls.of(owner))
            return {name or NOBODY: (name or "Sans responsable", due) for name, due in owners.items()}
        level = coverage.level(measures)
        places = planning.by_territory(measures.relations, calls.of(owner), level)
        return {_key(where): (where.name if where else "Commune inconnue", due) for where, due in places.items()}

    return remembered(measures, ("home-groups", view, owner), made)


def _key(where: Place | None) -> str:
    return where.id if where else NOBODY


def _head(name: str, amount: int, href: str, words: str) -> Markup:
    many = element("span", number(amount), class_="muted figure")
    return element("div", element("h3", name, " ", many), door(words, href, "small"), class_="group")
