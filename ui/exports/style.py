"""What a canvas looks like on paper: the colours of the screen's light theme, its dark one for who reads in the dark.

What is said of nodes and links, too.
"""

from collections.abc import Iterable
from functools import cache

from crm.canvas.scene import Scene, SceneLink, SceneNode
from graph_schema.wording import count, long_date
from ui.colours import colours
from ui.drawing import ROLES
from ui.look import freshness_mark

DARK = "screen and (prefers-color-scheme: dark)"
"""The media of the dark theme; paper is white for everyone."""

AWAY = ("lost", "gone")
"""Roles of what is there no more: pale, with a dashed line."""


@cache
def darkening() -> str:
    """A style sheet by which shapes drawn in light colours take, in the dark, the colour of the same tone.

    Each shape says its light colour itself, so that software without style sheets draws it too. The first tone counts
    where several have one colour: the others are those of maps.
    """
    turned: dict[str, str] = {}
    for name, colour in colours().items():
        turned.setdefault(colour, colours(dark=True)[name])
    around = f":root{{background:{colours(dark=True)['paper']}}}"
    rules = (f'[{way}="{day}"]{{{way}:{night}}}' for day, night in turned.items() for way in ("fill", "stroke"))
    return f"@media {DARK}{{{around}{''.join(rules)}}}"


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
