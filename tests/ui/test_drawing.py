"""What draws is loaded for whoever draws, and brings no more than it needs."""

import json
import subprocess
import sys

NOTEBOOKS = {"IPython", "matplotlib_inline", "prompt_toolkit", "jedi", "traitlets"}
DRAWING = """
import json, sys
from crm.canvas.layout import layout
from crm.canvas.state import Colour
from tests.crm.canvas.scenes import scene
from ui import canvas, drawing
from ui.exports.formats import FORMATS

before = "pyvis" in sys.modules
drawn = scene("ab", ["ab"])
assert drawing.picture(drawn, layout(drawn), Colour.FRESHNESS).nodes and drawing.library()[1]
assert b"vis-network" in FORMATS["html"](drawn, layout(drawn), "Autour de a")
print(json.dumps([before, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def test_the_canvas_and_a_page_are_drawn_by_pyvis_without_notebooks() -> None:
    done = subprocess.run([sys.executable, "-c", DRAWING], capture_output=True, text=True, check=True)
    before, loaded = json.loads(done.stdout)
    assert not before
    assert "pyvis" in loaded
    assert NOTEBOOKS & {*loaded} == set()
