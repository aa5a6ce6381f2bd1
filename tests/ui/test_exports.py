"""What leaves the application stands alone: it draws, fetches nothing, and takes names for nothing but text."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from crm.analytics.freshness import State
from crm.canvas.layout import layout
from crm.canvas.scene import Scene
from crm.canvas.state import Colour
from crm.documents.gate import Cleared
from crm.documents.places import keep, place
from crm.errors import InputError
from graph_schema.vocabularies import Function
from tests.crm.canvas.scenes import ON, link, node, scene
from ui.colours import colours
from ui.drawing import TONES
from ui.exports.drawing import svg
from ui.exports.formats import FORMATS
from ui.exports.page import html
from ui.look import freshness_mark
from ui.shapes import LOOKS, SIGNS

EVIL = "</script><script>window.broken=1</script><img src=x onerror='window.broken=1'>"
SVG = "{http://www.w3.org/2000/svg}"


def picture(name: str = "Garage Fictif") -> Scene:
    """Three partners: twin links between two of them, one over; every state but one."""
    links = (
        link("a", "b", "l1"),
        link("a", "b", "l2")._replace(detail=name),
        link("b", "c", "l3")._replace(current=False),
    )
    states = (State.CHASE, State.NEVER, None)
    shown = scene("abc")
    nodes = (each._replace(state=state, detail=name) for each, state in zip(shown.nodes, states, strict=True))
    return replace(
        shown, nodes=(node("d", name, State.FRESH)._replace(family="personne"), *nodes), links=links, left_out=3
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window in which no address leads anywhere, and no error passes unnoticed."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on(
        "request", lambda request: faults.append(request.url) if page.url not in ("about:blank", request.url) else None
    )
    yield page
    page.close()
    assert faults == []


def shown_at(page: Page, folder: Path, ending: str, name: str = "Garage Fictif") -> None:
    """Write the picture to a file and open it as people do."""
    file = folder / f"réseau.{ending}"
    file.write_bytes(FORMATS[ending](picture(name), layout(picture(name)), f"Autour de {name}"))
    page.route("**/*", lambda route: route.continue_() if route.request.url == file.as_uri() else route.abort())
    page.goto(file.as_uri())


def test_a_page_draws_from_the_file_alone(page: Page, tmp_path: Path) -> None:
    shown_at(page, tmp_path, "html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Autour de Garage Fictif")
    expect(page.get_by_text("20 novembre 2026")).to_be_visible()
    page.wait_for_timeout(300)
    inked = """() => { const canvas = document.querySelector('canvas');
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let found = 0; for (let i = 3; i < data.length; i += 4) found += data[i] > 0; return found; }"""
    assert page.evaluate(inked) > 1000


def test_a_page_keeps_parallel_links_apart(page: Page, tmp_path: Path) -> None:
    shown_at(page, tmp_path, "html")
    edges = page.evaluate(
        "Object.values(network.body.edges).map(e => [e.id, e.options.smooth.roundness, e.options.dashes])"
    )
    by_id = {id: (roundness, dashes) for id, roundness, dashes in edges}
    assert set(by_id) == {"l1", "l2", "l3"}
    kinds = page.evaluate("Object.values(network.body.edges).map(e => e.options.smooth.type)")
    assert {"curvedCW", "curvedCCW"} <= set(kinds)
    assert by_id["l3"][1]


def test_a_page_says_in_tables_what_it_draws(page: Page, tmp_path: Path) -> None:
    shown_at(page, tmp_path, "html")
    nodes, links = page.locator("table").all()
    assert nodes.locator("tbody tr").count() == 4
    assert links.locator("tbody tr").count() == 3
    expect(nodes.locator("tbody tr").nth(1)).to_contain_text("À relancer")
    expect(links.locator("tbody tr").first).to_contain_text("Atelier a")
    for words in ("À relancer", "Jamais contacté", "Personnes", "Entreprises"):
        expect(page.get_by_role("list", name="Légende")).to_contain_text(words)


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_names_are_text_and_nothing_else(page: Page, tmp_path: Path, ending: str) -> None:
    shown_at(page, tmp_path, ending, EVIL)
    page.wait_for_timeout(300)
    assert page.evaluate("window.broken") is None
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.textContent").count(EVIL) >= 3


def test_a_hovered_node_tells_its_name_as_text(page: Page, tmp_path: Path) -> None:
    shown_at(page, tmp_path, "html", EVIL)
    page.wait_for_timeout(300)
    spot = page.evaluate("network.canvasToDOM(network.getPosition('d'))")
    frame = page.locator("#canvas").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + spot["x"], frame["y"] + spot["y"])
    page.mouse.move(frame["x"] + spot["x"] + 1, frame["y"] + spot["y"])
    expect(page.locator(".vis-tooltip")).to_contain_text(EVIL)
    assert page.evaluate("window.broken") is None


def test_a_drawing_is_well_formed_and_says_what_it_is() -> None:
    root = ElementTree.fromstring(svg(picture("Fer & <Fils>\x00\x1b"), layout(picture()), "Réseau \x07& Cie"))
    assert root.findtext(f"{SVG}title") == "Réseau & Cie"
    assert "20 novembre 2026" in (root.findtext(f"{SVG}desc") or "")
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert {"Fer & <Fils>", "Atelier a", "À relancer", "Personnes"} <= set(texts)


def test_a_drawing_shows_every_link_and_its_shapes_fit_in_it() -> None:
    root = ElementTree.fromstring(svg(picture(), layout(picture()), "Réseau"))
    said = [each.text or "" for each in root.iter(f"{SVG}title")]
    assert sum("travaille avec" in each for each in said) == 3
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    for shape in root.iter(f"{SVG}circle"):
        assert left < float(shape.attrib["cx"]) < left + width
        assert top < float(shape.attrib["cy"]) < top + height


@pytest.mark.parametrize("ending", FORMATS)
def test_an_empty_network_can_be_written_too(ending: str) -> None:
    assert FORMATS[ending](Scene(ON, (), ()), {}, "Rien")


@pytest.mark.parametrize("name", ["réseau.png", "réseau", ".svg", "réseau.svg.bak"])
def test_a_file_whose_ending_means_nothing_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="graphml"):
        place(str(tmp_path / name), FORMATS)


def test_an_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert place(str(tmp_path / "RÉSEAU.SVG"), FORMATS)[1] == "svg"


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = tmp_path / "réseau.svg"
    assert not keep(file, Cleared("réseau.svg", b"un"))
    assert keep(file, Cleared("réseau.svg", b"deux"))
    assert file.read_bytes() == b"deux"
    assert [*tmp_path.iterdir()] == [file]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "réseau.svg"
    file.write_bytes(b"avant")
    monkeypatch.setattr("os.fsync", _full)
    with pytest.raises(InputError, match="disque plein") as caught:
        keep(file, Cleared("réseau.svg", b"un tout autre contenu"), field="out")
    assert caught.value.field == "out"
    assert file.read_bytes() == b"avant"
    assert [*tmp_path.iterdir()] == [file]


def _full(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_the_page_asks_the_browser_to_fetch_nothing() -> None:
    written = html(picture(), layout(picture()), "Réseau")
    assert "default-src 'none'" in written
    assert '<link rel="stylesheet"' not in written
    assert 'src="http' not in written


ROLES = ("start", "path", "lost", "arrived", "warmed", "cooled", "gone")


def test_what_stands_out_is_drawn_and_said_in_every_picture(page: Page, tmp_path: Path) -> None:
    shown = scene(ROLES)
    marked = replace(shown, nodes=tuple(each._replace(role=each.id) for each in shown.nodes))
    root = ElementTree.fromstring(svg(marked, layout(marked), "Réseau"))
    texts = {each.text for each in root.iter(f"{SVG}text")}
    words = {"Sur le chemin", "Perdu", "Devenu actif ou relié", "Réchauffé", "Refroidi", "Devenu inactif ou délié"}
    assert words <= texts
    titles = " ".join(each.text or "" for each in root.iter(f"{SVG}title"))
    assert all(f"· {each}" in titles for each in words)
    file = tmp_path / "réseau.html"
    file.write_bytes(FORMATS["html"](marked, layout(marked), "Réseau"))
    page.goto(file.as_uri())
    for each in words:
        expect(page.get_by_role("list", name="Légende")).to_contain_text(each)
        expect(page.locator("table").first).to_contain_text(each)


@pytest.mark.parametrize(
    ("colour", "tone", "entry"),
    [
        (Colour.FRESHNESS, "chase", "À relancer"), (Colour.FAMILY, "company", "Entreprises"),
        (Colour.FUNCTION, "c0", "Employeurs"), (Colour.COMMUNITY, "c3", "Groupe 4"),
    ],
)  # fmt: skip
def test_a_file_has_the_colours_that_the_canvas_has(colour: Colour, tone: str, entry: str) -> None:
    known = node("a", "Garage Fictif", State.CHASE)._replace(function=str(Function.EMPLOYER), community=3)
    shown = Scene(ON, (known,), ())
    for content in (svg(shown, {"a": (0, 0)}, "R", colour), html(shown, {"a": (0, 0)}, "R", colour)):
        assert entry in content
        assert colours()[tone] in content


def test_every_tone_that_a_node_may_have_is_a_colour_of_the_style_sheets() -> None:
    tones = {look.tone for look in LOOKS.values()} | {f"c{each}" for each in range(TONES)}
    tones |= {sign.tone for sign in SIGNS.values() if sign.tone} | {freshness_mark(each).tone for each in State}
    assert tones <= colours().keys()


def seen(page: Page) -> set[str]:
    """The colours of the window that cover more than a few points."""
    page.wait_for_timeout(300)
    points = Image.open(BytesIO(page.screenshot())).convert("RGB").getcolors(1 << 20)
    assert points
    return {"#{:02x}{:02x}{:02x}".format(*rgb) for many, rgb in points if many > 20 and isinstance(rgb, tuple)}


def drawn_in(*, dark: bool) -> set[str]:
    """The colours of the picture's ground and of three of its nodes."""
    return {colours(dark=dark)[each] for each in ("paper", "fresh", "chase", "never")}


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_a_picture_is_dark_for_who_reads_in_the_dark_and_light_on_paper(
    page: Page, tmp_path: Path, ending: str
) -> None:
    page.emulate_media(color_scheme="dark")
    shown_at(page, tmp_path, ending)
    assert drawn_in(dark=True) <= seen(page)
    assert not drawn_in(dark=False) & seen(page)
    page.emulate_media(color_scheme="light")
    assert drawn_in(dark=False) <= seen(page)
    assert not drawn_in(dark=True) & seen(page)
    page.emulate_media(color_scheme="dark", media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert drawn_in(dark=False) <= seen(page)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(color_scheme="dark", media="screen")
    assert drawn_in(dark=True) <= seen(page)


def test_in_the_dark_links_and_the_legend_follow_too(page: Page, tmp_path: Path) -> None:
    page.emulate_media(color_scheme="dark")
    shown_at(page, tmp_path, "html")
    assert set(page.evaluate("Object.values(network.body.edges).map(e => e.options.color.color)")) == {
        colours(dark=True)["edge"]
    }
    legend = page.get_by_role("list", name="Légende").locator("[fill], [stroke]")
    used = legend.evaluate_all("all => all.flatMap(e => [getComputedStyle(e).fill, getComputedStyle(e).stroke])")
    known = {f"rgb({int(c[1:3], 16)}, {int(c[3:5], 16)}, {int(c[5:], 16)})" for c in colours(dark=True).values()}
    assert used
    assert set(used) - {"none"} <= known
