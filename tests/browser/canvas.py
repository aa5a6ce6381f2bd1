"""A canvas in a browser window: where its nodes are on screen, and hands to work on it."""

from typing import Any, NamedTuple

from playwright.sync_api import Page

from tests.browser.demonstration import Window

_FIND = (
    "[...document.querySelectorAll('*')].map((each) => each.shadowRoot?.querySelector('.canvas')).find(Boolean)?.canvas"
)
_AT = f"""(name) => {{
  const canvas = {_FIND}
  const item = [...canvas.items.values()].find((each) => each.name === name)
  const at = canvas.network.canvasToDOM(canvas.network.getPositions([item.id])[item.id])
  const box = canvas.stage.getBoundingClientRect()
  return [box.x + at.x, box.y + at.y]
}}"""
_LOOK = f"""() => {{
  const {{ network, stage }} = {_FIND}
  const at = network.getViewPosition()
  const box = stage.getBoundingClientRect()
  const main = stage.getRootNode().host.closest('[data-testid=stMain]')
  const window = [box.x + main.scrollLeft, box.y + main.scrollTop, box.width, box.height]
  return {{ camera: [at.x, at.y, network.getScale()], window, positions: network.getPositions() }}
}}"""


class Look(NamedTuple):
    """Where the camera is (x, y, scale), its window on the page (x, y, width, height), and each node, by id.

    On the page, so that a page scrolled to reach a button (Playwright's hands do it) has not moved anything.
    """

    camera: list[float]
    window: list[float]
    positions: dict[str, dict[str, float]]


class Canvas:
    """The canvas of a window."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.page: Page = window.page

    def open(self, query: str) -> None:
        """Open « Réseau » there and wait for the picture."""
        self.window.open(f"/reseau?{query}", ".network-head h1")
        self.wait()

    def wait(self) -> None:
        """Wait until the picture is drawn and all that was done is handled."""
        self.page.locator(".stage canvas").wait_for(timeout=60_000)
        for _ in range(100):
            self.window.settle()
            if self.page.evaluate(f"() => {{ const c = {_FIND}; return Boolean(c?.shown) && !c.queue.length }}"):
                return
        raise AssertionError("the canvas did not come to rest")

    def at(self, name: str) -> tuple[float, float]:
        """Where a node is on screen."""
        x, y = self.page.evaluate(_AT, name)
        return x, y

    def id(self, name: str) -> str:
        """The id of a node."""
        find = f"(name) => [...{_FIND}.items.values()].find((each) => each.name === name).id"
        return str(self.page.evaluate(find, name))

    def names(self) -> set[str]:
        """The names of the nodes."""
        return set(self.page.evaluate(f"() => [...{_FIND}.items.values()].map((each) => each.name)"))

    def links(self) -> list[tuple[str, str]]:
        """The ends of the links, by name."""
        ends = f"() => {_FIND}.edges.get().map(({{ from, to }}) => [from, to].map((id) => {_FIND}.items.get(id).name))"
        return [(source, target) for source, target in self.page.evaluate(ends)]

    def click(self, name: str, *modifiers: Any) -> None:
        """Click on a node."""
        for key in modifiers:
            self.page.keyboard.down(key)
        self.page.mouse.click(*self.at(name))
        for key in modifiers:
            self.page.keyboard.up(key)
        self.wait()

    def drag(self, source: str, to: tuple[float, float]) -> None:
        """Pull from a node to a point of the screen."""
        self.page.mouse.move(*self.at(source))
        self.page.mouse.down()
        self.page.mouse.move(to[0] - 8, to[1] - 8, steps=5)
        self.page.mouse.move(*to)
        self.page.mouse.up()
        self.wait()

    def take(self, corner: tuple[float, float], to: tuple[float, float]) -> None:
        """Draw a rectangle from one point of the screen to another, Maj being held."""
        self.page.keyboard.down("Shift")
        self.page.mouse.move(*corner)
        self.page.mouse.down()
        self.page.mouse.move(*to, steps=5)
        self.page.mouse.up()
        self.page.keyboard.up("Shift")
        self.wait()

    def chosen(self) -> set[str]:
        """The names of the nodes that are selected."""
        return set(self.page.evaluate(f"() => [...{_FIND}.chosen].map((id) => {_FIND}.items.get(id).name)"))

    def tool(self, name: str) -> None:
        """Use a button of the canvas."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.wait()

    def legend(self, words: str) -> None:
        """Switch an entry of the legend."""
        self.page.locator(".legend button", has_text=words).click()
        self.wait()

    def say(self, *events: dict[str, Any]) -> None:
        """Send events as if they came from the canvas."""
        said = f"{{ queue, session: {_FIND}.session, digest: {_FIND}.shown }}"
        self.page.evaluate(f"(queue) => {_FIND}.sendState('said', {said})", list(events))
        self.window.settle()

    def look(self) -> Look:
        """Where everything is."""
        return Look(**self.page.evaluate(_LOOK))
