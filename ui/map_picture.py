"""A map as a picture to print or to put in a document: one SVG file with its title, legend, date and sources."""

from collections import Counter
from collections.abc import Iterable, Sequence
from types import MappingProxyType

from crm.analytics.coverage import Coverage
from graph_schema.territory import outlines, sources
from graph_schema.wording import NBSP
from ui.colours import colours
from ui.look import coverage_mark
from ui.map import Area, Dot, Drawing, words
from ui.map_shapes import centre
from ui.markup import Markup, element, join

WIDTH, HEIGHT = 1000, 1130
_TONES = colours()  # by day: paper is white
_INK, _MUTED, _LINE, _PAPER = (_TONES[tone] for tone in ("ink", "muted", "border", "paper"))
_MAP_TOP, _MAP_HEIGHT = 120, 800
_FILLS = MappingProxyType(
    {
        "covered": _TONES["area-covered"],
        "thin": "url(#thin)",
        "reachable": "url(#reachable)",
        "white": _PAPER,
        "outside": _TONES["area-outside"],
    }
)
_PLAIN = MappingProxyType({"thin": _TONES["area-thin"], "reachable": _TONES["area-reachable"]})
"""A dot is too small for a pattern: its border tells."""

_STROKES = MappingProxyType(
    {
        "covered": _PAPER,
        "thin": _TONES["accent"],
        "reachable": _TONES["reachable"],
        "white": _TONES["white"],
        "outside": _LINE,
    }
)
_CREDITED = ("Découpage", "Contours", "Coordonnées")
_WIDEST = 112
"""Characters of a line of sources."""


def svg(drawing: Drawing, title: str, subtitle: str) -> bytes:
    """The picture: it needs nothing but itself, no font, no script, no other host."""
    unit = float(drawing.view.split()[2]) / 100
    content = join(
        _defs(unit),
        element("rect", width=str(WIDTH), height=str(HEIGHT), fill=_PAPER),
        _text(title, 40, 58, 30, weight="700"),
        _text(subtitle, 40, 92, 17, fill=_MUTED),
        _map(drawing, unit),
        _legend(drawing.dots or drawing.areas),
        *_sources(),
    )
    picture = element(
        "svg", content, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", width=str(WIDTH),
        height=str(HEIGHT), role="img", aria_label=f"{title}. {drawing.label}",
        font_family="Arial, Helvetica, sans-serif",
    )  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{picture}\n'.encode()


def _map(drawing: Drawing, unit: float) -> Markup:
    around = [
        element("path", d=outlines()[code], fill=_FILLS["outside"], stroke=_PAPER, stroke_width=_number(unit * 0.15))
        for code in drawing.around
    ]
    pale = bool(drawing.dots)
    areas = [_area(area, unit, pale) for area in drawing.areas]
    names = [_name(area, unit, drawing.window is not None, pale) for area in drawing.areas]
    return element(
        "svg", *around, *areas, *names, *(_dot(dot, unit) for dot in drawing.dots), viewBox=drawing.view,
        x="40", y=str(_MAP_TOP), width=str(WIDTH - 80), height=str(_MAP_HEIGHT), preserveAspectRatio="xMidYMid meet",
    )  # fmt: skip


def _area(area: Area, unit: float, pale: bool) -> Markup:
    fill, stroke = (_TONES["soft"], _LINE) if pale else (_FILLS[area.tone], _STROKES[area.tone])
    width = _number(unit * (0.4 if area.tone == "white" and not pale else 0.2))
    return element(
        "path", element("title", area.title), d=outlines()[area.code], fill=fill, stroke=stroke, stroke_width=width
    )


def _name(area: Area, unit: float, named: bool, pale: bool) -> Markup:
    x, y = centre(area.code)
    size = unit * (2.2 if named else 1.5)
    dark = area.tone == "covered" and not pale
    lines = words(area.code, named)[: 1 if named else None]
    return join(
        *(
            element(
                "text", line, x=_number(x), y=_number(y + size / 3), font_size=_number(size), text_anchor="middle",
                font_weight="600", fill=_PAPER if dark else _INK, stroke=_FILLS["covered"] if dark else _PAPER,
                stroke_width=_number(size * 0.16), paint_order="stroke", stroke_linejoin="round",
            )
            for line in lines
        )
    )  # fmt: skip


def _dot(dot: Dot, unit: float) -> Markup:
    return element(
        "circle", element("title", dot.title), cx=_number(dot.x), cy=_number(dot.y), r=_number(dot.size * unit),
        fill=_PLAIN.get(dot.tone, _FILLS[dot.tone]), stroke=_STROKES[dot.tone], stroke_width=_number(unit * 0.25),
        stroke_dasharray=_number(unit * 0.4) if dot.tone == "reachable" else None,
    )  # fmt: skip


def _legend(shown: Sequence[Area | Dot]) -> Markup:
    amounts = Counter(tone for _, tone in {(each.href, each.tone) for each in shown})  # a région counts once
    parts, x, y = [], 40, _MAP_TOP + _MAP_HEIGHT + 40
    for state in Coverage:
        mark = coverage_mark(state)
        if state is Coverage.OUTSIDE and not amounts[mark.tone]:
            continue
        parts.append(
            element(
                "rect", x=str(x), y=str(y - 16), width="30", height="20", rx="3", fill=_FILLS[mark.tone],
                stroke=_STROKES[mark.tone], stroke_width="2",
            )
        )  # fmt: skip
        parts.append(_text(f"{mark.word}{NBSP}: {amounts[mark.tone]}", x + 40, y, 17))
        x += 190
    return join(*parts)


def _sources() -> Iterable[Markup]:
    said = " ".join(each.attribution for each in sources() if each.name.startswith(_CREDITED))
    lines, line = [], ""
    for word in f"Sources{NBSP}: {said}".split(" "):
        if len(line) + len(word) >= _WIDEST:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    first = _MAP_TOP + _MAP_HEIGHT + 80
    return [_text(each, 40, first + 17 * number, 13, fill=_MUTED) for number, each in enumerate([*lines, line])]


def _defs(unit: float) -> Markup:
    """The patterns that tell « fragile » and « atteignable » without colour."""
    side = _number(unit * 1.5)
    half, thick, small = _number(unit * 0.75), _number(unit * 0.42), _number(unit * 0.26)
    thin = element(
        "pattern",
        element("rect", width=side, height=side, fill=_PLAIN["thin"]),
        element("rect", width=thick, height=side, fill=_TONES["line-thin"]),
        id="thin", width=side, height=side, patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip
    reachable = element(
        "pattern",
        element("rect", width=side, height=side, fill=_PLAIN["reachable"]),
        element("circle", cx=half, cy=half, r=small, fill=_TONES["dot-reachable"]),
        id="reachable", width=side, height=side, patternUnits="userSpaceOnUse",
    )  # fmt: skip
    return element("defs", thin, reachable)


def _text(words: str, x: float, y: float, size: float, fill: str = _INK, weight: str | None = None) -> Markup:
    return element("text", words, x=str(x), y=str(y), font_size=str(size), fill=fill, font_weight=weight)


def _number(value: float) -> str:
    return f"{value:.2f}"
