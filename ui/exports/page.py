"""A scene as a page that stands alone: the canvas and its library inside, a table below, nothing fetched."""

from dataclasses import replace
from pathlib import Path

from crm.canvas.scene import Positions, Scene
from crm.canvas.state import Colour
from ui import drawing, shapes
from ui.colours import colours
from ui.exports import style
from ui.exports.shapes import sample
from ui.legend import legend
from ui.markup import Markup, element

_PAINT = Path(__file__).parents[1] / "static" / "canvas_paint.js"


def html(scene: Scene, positions: Positions, title: str, colour: Colour = Colour.FRESHNESS) -> str:
    """The page. Names only ever stand in it as text; nodes without a position are left out of the picture.

    Nodes are coloured by ``colour``, and painted as on the canvas.
    """
    nodes = {node.id: node for node in scene.nodes}
    known = [link for link in scene.links if link.source in nodes and link.target in nodes]
    drawn = tuple(node for node in scene.nodes if node.id in positions)
    shown = tuple(link for link in known if link.source in positions and link.target in positions)
    network = drawing.network(replace(scene, nodes=drawn, links=shown), positions, colour)
    network.set_template_dir(str(Path(__file__).parent), "page.html")
    network.templateEnv.autoescape = True
    links = [(link, nodes[link.source], nodes[link.target]) for link in known]
    network.templateEnv.globals.update(
        title=title, said=style.sentence(scene), vis=Markup(drawing.library()[1].decode()),
        tones={"light": dict(colours()), "dark": dict(colours(dark=True))}, dark=style.DARK,
        darkening=Markup(style.darkening()),
        paint=Markup(shapes.SCRIPT + _PAINT.read_text(encoding="utf-8")), legend=_legend(scene, colour),
        rows=[(node, *style.words(node)) for node in scene.nodes], links=links,
        titles={link.id: style.link_said(link, source.caption, target.caption) for link, source, target in links},
    )  # fmt: skip
    page: str = network.generate_html()
    return page


def _legend(scene: Scene, colour: Colour) -> list[tuple[Markup, str]]:
    entries = (entry for part in legend(scene, colour) for entry in part["entries"] if entry["count"])
    return [(_sample(entry["form"], entry["tone"]), str(entry["label"])) for entry in entries]


def _sample(form: str, tone: str) -> Markup:
    drawn = sample(form, tone, (11.0, 11.0), 8.0)
    return element("svg", drawn, viewBox="0 0 22 22", width="20", height="20", aria_hidden="true")
