"""A map of the départements: one coloured and patterned area each, a link to what is behind it. No tiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import orjson
import streamlit as st

from graph_schema.territory import VIEW_BOX, departements, outlines
from ui import typography
from ui.map_shapes import Box, box, centre, frame_of

_STATIC = Path(__file__).parent / "static"
_component = st.components.v2.component(
    "reseau28-map",
    html=(_STATIC / "map.html").read_text(encoding="utf-8"),
    css=(_STATIC / "map.css").read_text(encoding="utf-8"),
    js=(_STATIC / "map.js").read_text(encoding="utf-8"),
)


class Area(NamedTuple):
    """A département as the map shows it: its tone (a class of ``map.css``), what is said of it, where it leads."""

    code: str
    tone: str
    title: str
    href: str
    chosen: bool = False


class Dot(NamedTuple):
    """A smaller territory, as a disc on the map: where, how large (a share of the map's width), and as an area."""

    x: float
    y: float
    size: float
    tone: str
    title: str
    href: str
    chosen: bool = False


@dataclass(frozen=True)
class Drawing:
    """What a map shows: areas coloured by state, or pale under dots that say it of smaller territories.

    ``label`` says it in words. A small zone is drawn close up with names; a large or scattered one on the whole
    country, overseas in insets.
    """

    label: str
    areas: Sequence[Area]
    dots: Sequence[Dot] = ()

    @property
    def window(self) -> Box | None:
        """What is shown close up; None for the whole country."""
        return frame_of([area.code for area in self.areas])

    @property
    def view(self) -> str:
        """The SVG ``viewBox``."""
        return window.view if (window := self.window) else VIEW_BOX

    @property
    def around(self) -> list[str]:
        """The codes of the départements in sight that are not among the areas."""
        window = self.window
        shown = outlines() if window is None else [code for code in outlines() if box(code).overlaps(window)]
        return sorted(set(shown) - {area.code for area in self.areas})


def written(drawing: Drawing) -> str:
    """A drawing as the component takes it: JSON, for the browser to read, so that no rerun writes it again."""
    named = drawing.window is not None
    content = {
        "viewBox": drawing.view,
        "unit": float(drawing.view.split()[2]) / 100,
        "label": drawing.label,
        "close": named,
        "around": [outlines()[code] for code in drawing.around],
        "areas": [_area(area, named) for area in drawing.areas],
        "dots": [dot._asdict() for dot in drawing.dots],
    }
    return orjson.dumps(typography.told(content)).decode()


def draw_map(content: str, *, key: str) -> None:
    """Draw a map that is ``written``."""
    _component(key=key, data={"drawing": content})


def words(code: str, named: bool) -> list[str]:
    """What is written on a département."""
    return [departements()[code].name, code] if named else [code]


def _area(area: Area, named: bool) -> dict[str, object]:
    x, y = centre(area.code)
    return {**area._asdict(), "d": outlines()[area.code], "words": words(area.code, named), "x": x, "y": y}
