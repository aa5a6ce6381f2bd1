"""Taking from the canvas, in a real browser: several nodes by a rectangle, and the picture as a PNG file."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.canvas import Canvas
from tests.browser.club import CLUB, CONTACT, MEMBERS, OPPOSED, Club
from tests.browser.demonstration import Window

Spot = tuple[float, float]


@pytest.fixture(scope="module")
def address(club: Club) -> str:
    """Where the application is."""
    return club.address


@pytest.fixture
def canvas(club: Club, window: Window) -> Canvas:
    """The canvas around the club, its table below."""
    found = Canvas(window)
    found.open(f"autour={club.id}&tableau=1")
    return found


def left_half(canvas: Canvas) -> tuple[Spot, Spot, set[str]]:
    """Two opposite corners of the left half of the picture, and who is between them."""
    spots = {name: canvas.at(name) for name in canvas.names()}
    left, top, _, height = canvas.look().window
    middle = spots[CLUB][0] - 12
    inside = {name for name, (x, _) in spots.items() if x < middle}
    assert 2 <= len(inside) < len(spots) - 1
    return (middle, top + height - 6), (left + 6, top + 90), inside


@pytest.mark.parametrize("way", ["towards the top", "towards the bottom"])
def test_a_rectangle_takes_the_nodes_inside_and_no_other(canvas: Canvas, way: str) -> None:
    before = canvas.look()
    low, high, inside = left_half(canvas)
    canvas.take(*((low, high) if way == "towards the top" else (high, low)))
    assert canvas.chosen() == inside
    expect(canvas.page.locator(".canvas .lasso")).to_be_hidden()
    assert canvas.look() == before


def test_what_a_rectangle_took_is_known_beside_it_below_it_and_in_the_address(canvas: Canvas) -> None:
    page = canvas.page
    *corners, inside = left_half(canvas)
    canvas.take(*corners)
    card = page.locator(".st-key-network-card")
    expect(card).to_contain_text(f"{len(inside)} fiches")
    expect(page.locator(".st-key-network-twin tr.chosen th")).to_have_count(len(inside))
    assert set(page.locator(".st-key-network-twin tr.chosen th").all_inner_texts()) == inside
    assert set(parse_qs(urlsplit(page.url).query)["fiche"]) == {canvas.id(name) for name in inside}
    page.reload()
    canvas.wait()
    assert canvas.chosen() == inside
    everyone = canvas.names()
    canvas.tool("Masquer")
    assert canvas.names() == everyone - inside


def test_a_rectangle_that_holds_nobody_leaves_the_selection_as_it_is(canvas: Canvas) -> None:
    canvas.click(CONTACT)
    left, top, _, height = canvas.look().window
    canvas.take((left + 6, top + height - 6), (left + 26, top + height - 26))
    assert canvas.chosen() == {CONTACT}


def picture(canvas: Canvas, file: Path) -> Image.Image:
    """The picture that the canvas gives."""
    with canvas.page.expect_download() as download:
        canvas.page.get_by_role("button", name="Image PNG").click()
    assert download.value.suggested_filename.endswith(".png")
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    return Image.open(file).convert("RGB")


def test_the_picture_is_what_is_on_screen_without_those_who_opposed_it(canvas: Canvas, tmp_path: Path) -> None:
    page = canvas.page
    page.get_by_role("button", name="Exporter").click()
    page.get_by_role("button", name="Image PNG").wait_for()
    canvas.wait()
    before = canvas.look()
    taken = picture(canvas, tmp_path / "reseau.png")
    left, top, width, height = before.window
    scale = page.evaluate("devicePixelRatio")
    assert taken.size == pytest.approx((width * scale, height * scale), abs=2)

    def drawn(name: str) -> bool:
        x, y = ((at - start) * scale for at, start in zip(canvas.at(name), (left, top), strict=True))
        reach = 9 * scale
        return len(taken.crop((x - reach, y - reach, x + reach, y + reach)).getcolors(1000) or ()) > 2

    assert {name for name in canvas.names() if drawn(name)} == {CLUB, CONTACT, *MEMBERS}
    assert OPPOSED in canvas.names()
    assert canvas.look() == before
