"""What a canvas looks like on white paper: the colours of the screen's light theme, and what is said of nodes."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from crm.canvas.scene import Scene, SceneLink, SceneNode
from graph_schema.wording import count, long_date
from ui.drawing import ROLES
from ui.look import freshness_mark

_STATIC = Path(__file__).parents[1] / "static"
_SHEETS = ("look.css", "canvas.css")
_DECLARED = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6})")

AWAY = ("lost", "gone")
"""Roles of what is there no more: pale, with a dashed line."""


@cache
def colours() -> Mapping[str, str]:
    """The colour of each tone, from the style sheets of the screen."""
    declared = (_DECLARED.findall((_STATIC / sheet).read_text(encoding="utf-8")) for sheet in _SHEETS)
    return {name: colour for sheet in declared for name, colour in sheet}


def said(node: SceneNode) -> str:
    """All that is known of a node, in one line."""
    return " · ".join(each for each in (node.caption, node.kind, *words(node), node.detail) if each)


def words(node: SceneNode) -> tuple[str, str]:
    """How fresh the relation is, and why the node stands out, in words."""
    return freshness_mark(node.state).word if node.state else "", ROLES.get(node.role, "")


def parallels(links: Iterable[SceneLink]) -> dict[str, tuple[int, int]]:
    """For each link, by id, its rank among those between the same two nodes, and how many they are."""
    between: dict[frozenset[str], list[str]] = {}
    for link in links:
        between.setdefault(frozenset((link.source, link.target)), []).append(link.id)
    return {id: (rank, len(ids)) for ids in between.values() for rank, id in enumerate(ids)}


def link_said(link: SceneLink, source: str, target: str) -> str:
    """A link in one line, read from its source."""
    return f"{source} {link.label} {target}" + (f" · {link.detail}" if link.detail else "")


def sentence(scene: Scene) -> str:
    """What the picture holds, and on which day."""
    holds = scene.sentence or f"{count(len(scene.nodes), 'fiche')}, {count(len(scene.links), 'lien')}."
    return f"{holds} Situation au {long_date(scene.on)}."
