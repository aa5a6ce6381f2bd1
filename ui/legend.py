"""The legend of a canvas: what its shapes, tones and signs mean, and how many nodes bear each."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from crm.analytics.freshness import State
from crm.canvas.families import FAMILIES
from crm.canvas.scene import Scene, SceneNode
from crm.canvas.state import Colour
from graph_schema.vocabularies import Function
from ui.drawing import ROLES, TONES
from ui.look import SHORT_FUNCTIONS, freshness_mark
from ui.shapes import LOOKS

NOTHING: Mapping[str, frozenset[str]] = dict.fromkeys(("families", "states", "functions"), frozenset())
"""Nothing is switched off."""

_GROUPS = 12

Part = dict[str, Any]


def legend(scene: Scene, colour: Colour, off: Mapping[str, frozenset[str]] = NOTHING) -> list[Part]:
    """The legend, part by part: each entry with its sample and how many nodes bear it.

    ``off`` holds what is switched off, by filter (``families``, ``states``, ``functions``); it stays in the legend.
    """
    parts = [_families(scene, colour, off["families"])]
    if colour in _BY_COLOUR:
        parts.append(_BY_COLOUR[colour](scene, off))
    roles = _counted(scene, lambda node: node.role)
    marks = [_entry(role, words, roles[role], "muted", role) for role, words in ROLES.items() if roles[role]]
    return [*parts, *([_part("À remarquer", "", "role", marks)] if marks else [])]


def _families(scene: Scene, colour: Colour, off: frozenset[str]) -> Part:
    families = _counted(scene, lambda node: node.family)
    entries = [
        _entry(family, words, families[family], LOOKS[family].tone if colour is Colour.FAMILY else "muted",
               LOOKS[family].shape, off)
        for family, words in FAMILIES.items()
        if families[family] or family in off
    ]  # fmt: skip
    return _part("Qui et quoi", "families", "family", entries)


def _freshness(scene: Scene, off: Mapping[str, frozenset[str]]) -> Part:
    states = _counted(scene, lambda node: node.state)
    marks = [(state, freshness_mark(state)) for state in State]
    entries = [_entry(str(id), mark.word, states[id], mark.tone, mark.tone, off["states"]) for id, mark in marks]
    return _part("Fraîcheur", "states", "stateId", entries)


def _functions(scene: Scene, off: Mapping[str, frozenset[str]]) -> Part:
    functions = _counted(scene, lambda node: node.function)
    entries = [
        _entry(str(each), SHORT_FUNCTIONS[each], functions[each], f"c{rank % TONES}", "round", off["functions"])
        for rank, each in enumerate(Function)
        if functions[str(each)] or str(each) in off["functions"]
    ]
    return _part("Fonction", "functions", "function", entries)


def _communities(scene: Scene, off: Mapping[str, frozenset[str]]) -> Part:
    groups = _counted(scene, lambda node: node.community)
    known = sorted(group for group in groups if group is not None)[:_GROUPS]
    entries = [_entry(str(each), f"Groupe {each + 1}", groups[each], f"c{each % TONES}", "round") for each in known]
    return _part("Communautés", "", "communityId", entries)


_BY_COLOUR: Mapping[Colour, Callable[[Scene, Mapping[str, frozenset[str]]], Part]] = {
    Colour.FRESHNESS: _freshness, Colour.FUNCTION: _functions, Colour.COMMUNITY: _communities,
}  # fmt: skip


def _counted(scene: Scene, what: Callable[[SceneNode], Any]) -> Counter[Any]:
    return Counter(map(what, scene.nodes))


def _part(title: str, filter: str, key: str, entries: list[dict[str, Any]]) -> Part:
    return {"title": title, "filter": filter, "key": key, "entries": entries}


def _entry(
    value: str, label: str, number: int, tone: str, form: str, off: frozenset[str] = frozenset()
) -> dict[str, Any]:  # fmt: skip
    return {"value": value, "label": label, "count": number, "tone": tone, "form": form, "on": value not in off}
