"""The formats in which a canvas leaves the application, by the ending of the file's name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from crm.canvas.scene import Positions, Scene
from crm.canvas.state import Colour
from crm.documents import graph_files
from ui.colours import colours
from ui.drawing import tone
from ui.exports.drawing import svg


class Writer(Protocol):
    """Makes a file's content of a scene."""

    def __call__(
        self, scene: Scene, positions: Positions, title: str, colour: Colour = Colour.FRESHNESS, /
    ) -> bytes:  # fmt: skip
        """The scene with its positions and its title; drawn, its nodes are coloured by ``colour``."""


def _page(scene: Scene, positions: Positions, title: str, colour: Colour = Colour.FRESHNESS, /) -> bytes:
    from ui.exports.page import html  # pyvis takes a second to load

    return html(scene, positions, title, colour).encode()


def _drawing(scene: Scene, positions: Positions, title: str, colour: Colour = Colour.FRESHNESS, /) -> bytes:
    return svg(scene, positions, title, colour).encode()


def _gexf(scene: Scene, positions: Positions, title: str, colour: Colour = Colour.FRESHNESS, /) -> bytes:
    ink = colours()
    return graph_files.gexf(scene, positions, {node.id: ink[tone(node, colour)] for node in scene.nodes})


def _graphml(scene: Scene, positions: Positions, title: str, colour: Colour = Colour.FRESHNESS, /) -> bytes:
    return graph_files.graphml(scene, positions)


FORMATS: Mapping[str, Writer] = MappingProxyType(
    {"html": _page, "svg": _drawing, "gexf": _gexf, "graphml": _graphml}
)  # fmt: skip
"""What writes a scene, by ending. The first two are for people, so limited in size."""

DRAWN = ("html", "svg")
"""Formats that people look at: they need every position."""
