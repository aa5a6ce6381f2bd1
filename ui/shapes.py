"""The shapes of nodes and the signs beside them: one table for the canvas, its legend and the files that leave it.

Shapes and glyphs say what a node is, tones (colours named in ``static/look.css``) and signs
what it means: colour never speaks alone. All are SVG paths around (0, 0), of about half height 1.
"""

import json
from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from typing import Final, NamedTuple

Point = tuple[float, float]


class Look(NamedTuple):
    """How a family is drawn: the name of its outline, its glyph, its tone where colour says the family."""

    shape: str
    glyph: str
    tone: str


class Sign(NamedTuple):
    """A small sign: what of it is drawn as a line, what is filled, its own tone (else that of its node)."""

    line: str = ""
    fill: str = ""
    dashed: bool = False
    tone: str = ""


LOOKS: Mapping[str, Look] = {
    "entreprise": Look("square", "storefront", "company"),
    "institution": Look("diamond", "account_balance", "institution"),
    "branche": Look("hexagon", "account_tree", "branch"),
    "personne": Look("round", "person", "person"),
    "comite": Look("octagon", "groups", "c5"),
    "action de formation": Look("pentagon", "school", "c4"),
    "convention": Look("sheet", "contract", "c8"),
    "reunion": Look("flag", "event", "c7"),
    "accueil": Look("flag", "work", "c1"),
    "territoire": Look("flag", "location_on", "c9"),
}
"""By family."""


def _polygon(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in points) + "Z"


def _regular(sides: int, radius: float, first: float = 0.0) -> str:
    """``first`` is where the first corner is, in sides from the top."""
    angles = [2 * pi * (rank + first) / sides - pi / 2 for rank in range(sides)]
    return _polygon([(radius * cos(angle), radius * sin(angle)) for angle in angles])


def _box(x: float, y: float, corner: float) -> str:
    """Half width, half height, radius of the corners."""
    wide, high, bend = f"{2 * (x - corner):.3g}", f"{2 * (y - corner):.3g}", f"a{corner} {corner} 0 0 1 "
    right, left = f"{bend}{corner} {corner}v{high}{bend}-{corner} {corner}", f"{bend}-{corner}-{corner}v-{high}{bend}"
    return f"M{corner - x:.3g}-{y}h{wide}{right}h-{wide}{left}{corner}-{corner}Z"


_ROUND = "M0-1a1 1 0 1 1-.001 0Z"

OUTLINES: Mapping[str, str] = {
    "round": _ROUND,
    "square": _box(0.9, 0.9, 0.36),
    "hexagon": _regular(6, 1.12, 0.5),
    "diamond": _regular(4, 1.22),
    "octagon": _regular(8, 1.1, 0.5),
    "pentagon": _regular(5, 1.15),
    "sheet": _box(0.75, 1.0, 0.18),
    "flag": _box(1.0, 0.75, 0.18),
}
"""By the name of a shape."""

SIGNS: Mapping[str, Sign] = {
    "fresh": Sign(fill=_ROUND),
    "watch": Sign(line=_ROUND, fill="M0-1a1 1 0 0 0 0 2Z"),
    "chase": Sign(fill="M0-1.15L1.15 1H-1.15Z"),
    "never": Sign(line=_ROUND, dashed=True),
    "arrived": Sign("M0-1V1M-1 0H1", tone="fresh"),
    "warmed": Sign("M0 1V-1M-.75-.25L0-1L.75-.25", tone="accent"),
    "cooled": Sign("M0-1V1M-.75.25L0 1L.75.25", tone="chase"),
    "gone": Sign("M-.8-.8L.8.8M.8-.8L-.8.8", tone="muted"),
    "path": Sign("M-1.1 0H.1", "M0-.75L1.15 0L0 .75Z", tone="chase"),
    "lost": Sign(line=_box(0.9, 0.9, 0.36), dashed=True, tone="muted"),
}
"""By state of freshness (the name of its tone) and by role."""

_SIGNS = {name: sign._asdict() for name, sign in SIGNS.items()}
SCRIPT: Final = f"const OUTLINES = {json.dumps(OUTLINES)}\nconst SIGNS = {json.dumps(_SIGNS)}\n"
"""The same table, for the browser."""
