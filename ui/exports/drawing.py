"""A scene as a drawing: SVG that any browser, word processor or printer shows, without anything from elsewhere."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from crm.canvas.layout_boxes import LETTER, LINE, lines, radius
from crm.canvas.scene import Positions, Scene, SceneLink, SceneNode
from crm.canvas.state import Colour
from crm.documents.graph_files import xml_text
from crm.measures.comparison import Movement
from ui import drawing
from ui.colours import colours
from ui.exports import shapes, style
from ui.legend import legend
from ui.markup import Markup, element
from ui.shapes import LOOKS, Point

_EDGE, _HEAD, _ROW = 80.0, 62.0, 26.0
_NARROWEST = 760.0
_READABLE = 1800.0
_BEND = 26.0
_CHANGES = frozenset(map(str, Movement))
_TONES = {"path": "chase", "lost": "muted", "gone": "muted", "arrived": "fresh"}
"""Of links, by role."""

_FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


class _Frame(NamedTuple):
    left: float
    top: float
    width: float
    height: float


def svg(scene: Scene, positions: Positions, title: str, colour: Colour = Colour.FRESHNESS) -> str:
    """The drawing of a scene with its legend and its day; nodes without a position are left out.

    Nodes are coloured by ``colour``, as on the canvas; light, or dark on the screen of who prefers it.
    """
    ink = colours()
    nodes = {node.id: node for node in scene.nodes if node.id in positions}
    frame = _frame([positions[id] for id in nodes])
    scale = max(1.0, frame.width / _READABLE)
    entries = list(_legend(scene, colour, frame, scale))
    low = max((row for _, row in entries), default=frame.top + frame.height)
    box = (frame.left, frame.top - _HEAD * scale, frame.width, low - frame.top + (_HEAD + _ROW) * scale)
    said = style.sentence(scene)
    return xml_text(element(
        "svg",
        element("title", title, id="titre"), element("desc", said, id="description"),
        element("style", style.darkening()),
        element("rect", x=f"{box[0]:.0f}", y=f"{box[1]:.0f}", width="100%", height="100%", fill=ink["paper"]),
        _text((frame.left + 24, box[1] + 34 * scale), title, 20 * scale, font_weight="600"),
        _text((frame.left + 24, box[1] + 56 * scale), said, 13 * scale, "muted"),
        element("g", *_links(scene.links, nodes, positions)),
        element("g", *(_node(node, positions[id], colour) for id, node in nodes.items())),
        element("g", *(entry for entry, _ in entries)),
        xmlns="http://www.w3.org/2000/svg", role="img", aria_labelledby="titre description", font_family=_FONT,
        viewBox=" ".join(f"{each:.0f}" for each in box), width=f"{box[2]:.0f}", height=f"{box[3]:.0f}",
    ))  # fmt: skip


def _frame(points: Sequence[Point]) -> _Frame:
    """What the nodes cover, their labels included."""
    xs, ys = zip(*points, strict=True) if points else ((0.0,), (0.0,))
    missing = max(0.0, _NARROWEST - 2 * _EDGE - (max(xs) - min(xs))) / 2
    left, right = min(xs) - _EDGE - missing, max(xs) + _EDGE + missing
    return _Frame(left, min(ys) - _EDGE, right - left, max(ys) - min(ys) + 2 * _EDGE)


def _text(at: Point, words: str, size: float, tone: str = "ink", **more: str) -> Markup:
    fill = colours()[tone]
    return element("text", words, x=f"{at[0]:.1f}", y=f"{at[1]:.1f}", font_size=f"{size:g}", fill=fill, **more)


def _node(node: SceneNode, at: Point, colour: Colour) -> Markup:
    size, tone, mark = radius(node), drawing.tone(node, colour), drawing.mark(node, colour)
    label = (
        _text((at[0], at[1] + size + LINE * (rank + 0.95)), line, 12, text_anchor="middle",
              stroke=colours()["paper"], stroke_width="3", paint_order="stroke",
              font_weight="600" if node.role in ("start", "path") else "400")
        for rank, line in enumerate(lines(node.caption))
    )  # fmt: skip
    beside = Markup("")
    if node.role in _CHANGES:
        beside = shapes.sign(node.role, tone, (at[0] + size + 6, at[1] + size * 0.5), 6.0)
    elif mark:
        beside = shapes.mark(mark, tone, at, size)
    shape = shapes.node(LOOKS[node.family].shape, tone, at, size, node.role)
    return element("g", element("title", style.said(node)), shape, beside, *label)


def _links(links: Iterable[SceneLink], nodes: Mapping[str, SceneNode], positions: Positions) -> Iterator[Markup]:
    shown = [link for link in links if link.source in nodes and link.target in nodes and link.source != link.target]
    rank, ink = style.parallels(shown), colours()
    for link in shown:
        start, end = positions[link.source], positions[link.target]
        bend = (rank[link.id][0] - (rank[link.id][1] - 1) / 2) * _BEND * (1 if link.source < link.target else -1)
        colour = ink[_TONES.get(link.role, "edge")]
        whole = link.current and link.role not in style.AWAY
        yield element(
            "g",
            element("title", style.link_said(link, nodes[link.source].caption, nodes[link.target].caption)),
            element("path", d=_curve(start, end, bend), fill="none", stroke=colour,
                    stroke_width="3.5" if link.role == "path" else "1.3", stroke_dasharray=None if whole else "4 4"),
            element("path", d=_arrow(start, end, bend, radius(nodes[link.target]) + 3), fill=colour),
        )  # fmt: skip


def _bent(start: Point, end: Point, bend: float) -> Point:
    """The point towards which a link curves."""
    (x, y), (u, v) = start, end
    far = math.dist(start, end) or 1.0
    return (x + u) / 2 - 2 * bend * (v - y) / far, (y + v) / 2 + 2 * bend * (u - x) / far


def _curve(start: Point, end: Point, bend: float) -> str:
    (a, b), (x, y), (u, v) = _bent(start, end, bend), start, end
    return f"M{x:.1f} {y:.1f}Q{a:.1f} {b:.1f} {u:.1f} {v:.1f}"


def _arrow(start: Point, end: Point, bend: float, short: float) -> str:
    """A small head that ends ``short`` of the middle of the target."""
    a, b = _bent(start, end, bend)
    far = math.dist((a, b), end) or 1.0
    dx, dy = (end[0] - a) / far, (end[1] - b) / far
    x, y = end[0] - dx * short, end[1] - dy * short
    back, half = 7.0, 3.0
    left, right = (
        (x - back * dx - half * dy, y - back * dy + half * dx),
        (x - back * dx + half * dy, y - back * dy - half * dx),
    )
    return f"M{x:.1f} {y:.1f}L{left[0]:.1f} {left[1]:.1f}L{right[0]:.1f} {right[1]:.1f}Z"


def _legend(scene: Scene, colour: Colour, frame: _Frame, scale: float) -> Iterator[tuple[Markup, float]]:
    """Each entry, and the height at which it stands: a part after the other, as many entries to a row as fit."""
    left, bottom, size = frame.left + 34 * scale, frame.top + frame.height + 20, 9 * scale
    for part in legend(scene, colour):
        x = left
        for entry in (each for each in part["entries"] if each["count"]):
            words = str(entry["label"])
            needed = (46 + LETTER * 1.1 * len(words)) * scale
            if x > left and x + needed > frame.left + frame.width:
                x, bottom = left, bottom + _ROW * scale
            sample = shapes.sample(entry["form"], entry["tone"], (x, bottom), size)
            yield element("g", sample, _text((x + 17 * scale, bottom + 4.5 * scale), words, 13 * scale)), bottom
            x += needed
        bottom += _ROW * scale * (x > left)
