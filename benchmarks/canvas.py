"""How long the canvas takes to open on about 300 nodes, against an empty component; and a click, until its card."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, Page

from benchmarks import browser
from benchmarks.places import Filled, filled
from benchmarks.results import Result
from benchmarks.timing import Spread, apart, spread
from crm.canvas.building import scene
from crm.canvas.layout import layout
from crm.canvas.state import CanvasState, Colour
from crm.demo import HUB, Size
from crm.measures.measuring import measures
from tests.browser.chromium import find_chromium, running
from tests.ui import served
from ui import drawing

OPENING = 2.0
CLICK = 500.0
_WARMING = 2
_DEPTH = 2
_MARK = "reseau28-canvas"

_COMPONENT = f"""
import streamlit as st
_empty = st.components.v2.component(
    "empty", html="<p>.</p>", js="export default () => {{ requestAnimationFrame(() => performance.mark('{_MARK}')) }}"
)
def show():
    _empty(key="empty")
"""
"""The floor: a component that shows a dot, and says when."""

_IN_FRAME = _COMPONENT + "from ui.screens import network\nnetwork.show = show\nfrom ui.cli import main\nmain()\n"
_BARE = (
    _COMPONENT
    + """
import json
from pathlib import Path
from ui import canvas
if "canvas" in st.query_params:
    canvas.draw_canvas("network", json.loads(Path(PICTURE).read_text(encoding="utf-8")))
else:
    show()
"""
)

_WATCH = f"""
window.opened = new Promise(done => new PerformanceObserver(list => {{
  const found = list.getEntriesByName("{_MARK}")[0]
  if (found) done(found.startTime)
}}).observe({{ type: "mark", buffered: true }}))
"""
_CARD = """
() => {
  window.card = new Promise(done => {
    const words = () => document.querySelector(".st-key-network-card h2")?.textContent
    const before = words()
    let began = 0
    addEventListener("pointerdown", () => { began = performance.now() }, { once: true, capture: true })
    const watch = new MutationObserver(() => {
      if (!began || !words() || words() === before) return
      watch.disconnect()
      requestAnimationFrame(() => done(performance.now() - began))
    })
    watch.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}
"""
_NODES = """
() => {
  const roots = [...document.querySelectorAll("*")].map(each => each.shadowRoot).filter(Boolean)
  const canvas = roots.map(root => root.querySelector(".canvas")).find(Boolean).canvas
  const box = canvas.stage.getBoundingClientRect()
  return canvas.order.slice(1).map(({ id }) => canvas.network.canvasToDOM(canvas.network.getPosition(id)))
    .map(({ x, y }) => [box.x + x, box.y + y])
    .filter(([x, y]) => x > box.x + 230 && x < box.right - 400 && y > box.y + 60 && y < box.bottom - 60)
}
"""

Found = tuple[Spread, Spread]
"""Ours, and the floor."""


def measure(kind: str, size: Size, rounds: int, folder: Path) -> Iterator[Result]:
    """Openings of the canvas and of an empty component in turn, in our frame and in a bare page; then clicks."""
    with filled(kind, size, folder) as where:
        (framed, bare, clicks, nodes), _ = apart(_in_browser, where, folder, rounds)
    for words, (ours, floor) in (("dans l'application", framed), ("dans une page nue", bare)):
        yield Result(
            f"ouvrir le réseau sur {nodes} fiches, {words} ({size})", kind, ours.median / floor.median,
            "× un composant vide", OPENING, f"réseau : {ours} ; composant vide : {floor}",
        )  # fmt: skip
    yield Result(f"du clic à la carte ({size})", kind, clicks.high, "ms", CLICK, str(clicks))


def _in_browser(where: Filled, folder: Path, rounds: int) -> tuple[Found, Found, Spread, int]:
    store = Path(where.place.address).absolute()
    picture, nodes = _picture(where, folder)
    script = folder / "canvas_page.py"
    script.write_text(_BARE.replace("PICTURE", repr(str(picture))), encoding="utf-8")
    query = f"autour={HUB}&profondeur={_DEPTH}"
    with ExitStack() as stack:
        chromium = stack.enter_context(running(find_chromium()))
        ours = stack.enter_context(browser.application(store))
        with patch.object(served, "CODE", _IN_FRAME):
            framed = stack.enter_context(browser.application(store))
        with patch.object(served, "CODE", browser.EMPTY_PAGE.format(script=str(script))):
            bare = stack.enter_context(browser.application(folder / "empty.db"))
        pairs = [
            _alternating(chromium, rounds, f"{ours}/reseau?{query}", f"{framed}/reseau?{query}"),
            _alternating(chromium, rounds, f"{bare}/?canvas=1", bare),
        ]
        return pairs[0], pairs[1], _clicks(chromium, f"{ours}/reseau?{query}", rounds), nodes


def _picture(where: Filled, folder: Path) -> tuple[Path, int]:
    """What the screen tells the canvas, its layout made, and how many nodes that shows."""
    with where.place.network() as network:
        shown = scene(network, measures(network, where.on), CanvasState(starts=(HUB,), depth=_DEPTH))
    data = {
        "view": "v", "arrangement": 0, "digest": "d", "handled": 0, "selected": [], "link": "", "pinned": [],
        "legend": [], "settings": [], "editable": True, "table": False, "words": "", "label": "", "camera": None,
        "unexported": [], "scene": drawing.picture(shown, layout(shown), Colour.FRESHNESS)._asdict(),
    }  # fmt: skip
    path = folder / "canvas.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path, len(shown.nodes)


def _alternating(chromium: Browser, rounds: int, one: str, other: str) -> Found:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.add_init_script(_WATCH)
    pairs = [(_opening(page, one), _opening(page, other)) for _ in range(_WARMING + rounds)][_WARMING:]
    context.close()
    return spread([pair[0] for pair in pairs]), spread([pair[1] for pair in pairs])


def _opening(page: Page, address: str) -> float:
    """Seconds from the address to the first picture."""
    page.goto(address)
    seconds = float(page.evaluate("window.opened")) / 1000
    page.locator(browser.READY).wait_for(timeout=180_000)
    page.evaluate("sessionStorage.clear()")
    return seconds


def _clicks(chromium: Browser, address: str, rounds: int) -> Spread:
    page = browser.opened(chromium, address)
    seconds: list[float] = []
    spots: list[tuple[float, float]] = page.evaluate(_NODES)
    for x, y in spots[: rounds + _WARMING]:
        page.evaluate(_CARD)
        page.mouse.click(x, y)
        seconds.append(float(page.evaluate("window.card")) / 1000)
        page.locator(browser.READY).wait_for(timeout=180_000)
        page.wait_for_timeout(300)
    return spread(seconds[_WARMING:])
