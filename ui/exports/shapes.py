"""The shapes and signs of a canvas as SVG draws them, from the table that the canvas itself draws from."""

from ui.colours import colours
from ui.exports.style import AWAY
from ui.markup import Markup, element, join
from ui.shapes import OUTLINES, SIGNS, Point

_WIDTH = 1.4


def node(form: str, tone: str, at: Point, radius: float, role: str = "") -> Markup:
    """A node's shape; the ring of what one starts from or of what lies on a path goes around it."""
    ink = colours()
    ring = {"start": ink["accent"], "path": ink["chase"]}.get(role)
    outline = OUTLINES[form]
    around = [_path(outline, at, radius + 4, "none", ring, 2.2)] if ring else []
    if role in AWAY:
        return join(*around, _path(outline, at, radius, ink["line"], ink["muted"], _WIDTH, "4 3"))
    return join(*around, _path(outline, at, radius, ink[tone], ink["paper"], _WIDTH))


def sign(name: str, tone: str, at: Point, radius: float) -> Markup:
    """A sign: what stands for a state or a role."""
    found = SIGNS[name]
    colour = colours()[found.tone or tone]
    dashes = f"{radius * 0.5:.1f} {radius * 0.4:.1f}" if found.dashed else None
    line = [_path(found.line, at, radius, "none", colour, radius * 0.32, dashes)] if found.line else []
    return join(*line, *([_path(found.fill, at, radius, colour)] if found.fill else []))


def mark(name: str, tone: str, at: Point, radius: float) -> Markup:
    """What stands at the corner of a node of that radius: a sign on a white ground, or a few letters."""
    x, y = at[0] + radius * 0.78, at[1] + radius * 0.78
    ground = element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="6", fill=colours()["paper"])
    if name in SIGNS:
        return join(ground, sign(name, tone, (x, y), 3.6))
    letters = element(
        "text", name, x=f"{x:.1f}", y=f"{y + 3:.1f}", font_size="8.5", font_weight="700", text_anchor="middle",
        fill=colours()[tone], aria_hidden="true",
    )  # fmt: skip
    return join(ground, letters)


def sample(form: str, tone: str, at: Point, radius: float) -> Markup:
    """What stands for an entry of the legend."""
    return sign(form, tone, at, radius * 0.8) if form in SIGNS else node(form, tone, at, radius)


def _path(
    path: str, at: Point, radius: float, fill: str, line: str | None = None, width: float = 0.0,
    dashes: str | None = None,
) -> Markup:  # fmt: skip
    """A path of half height 1, of that radius; the width of its line and its dashes stay what they are."""
    scaled = " ".join(f"{float(each) / radius:.3f}" for each in dashes.split()) if dashes else None
    return element(
        "path", d=path, transform=f"translate({at[0]:.1f} {at[1]:.1f}) scale({radius:.2f})", fill=fill, stroke=line,
        stroke_width=f"{width / radius:.3f}" if line else None, stroke_dasharray=scaled, stroke_linejoin="round",
    )  # fmt: skip
