"""« Réseau » in a real browser: a picture that never jumps, whatever one does to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import links, organisations
from crm.store import open_store
from tests.browser.accessibility import serious
from tests.browser.canvas import Canvas
from tests.browser.demonstration import Window, served

HUB = "org-0001"
MARKUP = "<img src=x onerror=alert(28)>"
CARD = ".st-key-network-card"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration network, with one partner whose name is markup."""
    folder: Path = tmp_path_factory.mktemp("canvas")
    with served(folder) as at:
        store = open_store(str(folder / "demonstration.db"))
        network = Network(store, Actor("C. Exemple", Role.ADMIN))
        evil = organisations.create(network, {"name": MARKUP, "kind": "entreprise"}).value
        links.connect(network, "WorksWith", evil, HUB)
        store.close()
        yield at


@pytest.fixture
def canvas(window: Window) -> Canvas:
    """The canvas around the hub."""
    found = Canvas(window)
    found.open(f"autour={HUB}")
    return found


def first(canvas: Canvas, number: int = 0) -> str:
    """The name of a company on the canvas, in the order of names."""
    return sorted(name for name in canvas.names() if name.startswith(("Menuiserie", "Hôtel", "Jardinerie")))[number]


def test_a_click_opens_the_card_and_the_address_keeps_it(browser: Browser, canvas: Canvas) -> None:
    name = first(canvas)
    canvas.click(name)
    expect(canvas.page.locator(f"{CARD} h2").first).to_have_text(name)
    other = Canvas(Window(browser, canvas.window.address))
    other.open(canvas.page.url.split("?")[1])
    expect(other.page.locator(f"{CARD} h2").first).to_have_text(name)
    other.page.close()
    assert other.window.faults == []
    canvas.page.go_back()
    expect(canvas.page.locator(CARD)).to_have_count(0)


def test_twenty_actions_leave_zoom_and_positions_as_they_are(canvas: Canvas) -> None:
    page, (name, other) = canvas.page, (first(canvas), first(canvas, 1))
    x, y = canvas.at(name)
    page.mouse.move(x + 60, y + 60)
    page.mouse.wheel(0, -240)
    canvas.wait()
    x, y = canvas.at(name)
    canvas.drag(name, (x + 37, y + 21))
    assert canvas.at(name) == pytest.approx((x + 37, y + 21), abs=1.5)
    before = canvas.look()
    for act in (
        lambda: canvas.click(name),
        lambda: canvas.click(other, "Control"),
        lambda: canvas.click(other),
        lambda: canvas.tool("Étendre"),
        lambda: canvas.tool("Réduire"),
        lambda: canvas.tool("Épingler"),
        lambda: canvas.tool("Masquer"),
        lambda: page.go_back(),
        lambda: canvas.legend("Personnes"),
        lambda: canvas.legend("Personnes"),
        lambda: canvas.legend("Jamais contacté"),
        lambda: canvas.legend("Jamais contacté"),
        lambda: page.get_by_label("Couleur").select_option("famille"),
        lambda: page.get_by_label("Taille").select_option("relais"),
        lambda: page.get_by_label("Profondeur").select_option("2"),
        lambda: canvas.click(name),
        lambda: page.get_by_text("Qui peut m’introduire").click(),
        lambda: canvas.tool("Tableau"),
        lambda: canvas.tool("Tableau"),
        lambda: page.locator("#menu").get_by_role("link", name="Partenaires").click(),
    ):
        act()
        canvas.window.settle()
    page.go_back()
    canvas.wait()
    after = canvas.look()
    assert (after.camera, after.window) == (before.camera, before.window)
    kept = before.positions.keys() & after.positions.keys()
    assert len(kept) >= len(before.positions) - 1
    assert {id: after.positions[id] for id in kept} == {id: before.positions[id] for id in kept}


def test_a_reload_in_the_middle_keeps_the_picture_and_the_camera(canvas: Canvas) -> None:
    canvas.click(first(canvas))
    canvas.tool("Étendre")
    canvas.tool("Zoomer")
    before, names = canvas.look(), canvas.names()
    canvas.page.reload()
    canvas.wait()
    assert canvas.names() == names
    after = canvas.look()
    assert after.camera == pytest.approx(before.camera)
    assert {id: (at["x"], at["y"]) for id, at in after.positions.items()} == {
        id: (at["x"], at["y"]) for id, at in before.positions.items()
    }


def test_markup_in_a_name_is_shown_as_text(canvas: Canvas) -> None:
    assert MARKUP in canvas.names()
    page = canvas.page
    page.mouse.move(*canvas.at(MARKUP))
    expect(page.locator(".canvas .hover b")).to_have_text(MARKUP)
    canvas.click(MARKUP)
    expect(page.locator(f"{CARD} h2").first).to_have_text(MARKUP)
    assert page.locator(f"{CARD} img, .canvas img").count() == 0


def test_forged_and_replayed_events_change_nothing(canvas: Canvas) -> None:
    names, address, page = canvas.names(), canvas.page.url, canvas.page
    canvas.say({"seq": 5_000, "kind": "hide", "nodes": ["org-0002-inconnue"]})
    expect(page.locator(".canvas .caption")).to_contain_text("n’a pas été comprise")
    canvas.say({"seq": 1, "kind": "hide", "nodes": [HUB]}, {"seq": 5_000, "kind": "hide", "nodes": [HUB]})
    assert (canvas.names(), page.url) == (names, address)
    name = first(canvas)
    canvas.click(name)  # the honest canvas goes on from where the numbers are
    expect(page.locator(f"{CARD} h2").first).to_have_text(name)


def test_a_line_drawn_between_two_nodes_asks_what_it_means(canvas: Canvas) -> None:
    canvas.page.get_by_role("button", name="Relier").click()
    canvas.drag(first(canvas), canvas.at(first(canvas, 1)))
    card = canvas.page.locator(CARD)
    expect(card.get_by_text("Nouveau lien")).to_be_visible()
    expect(canvas.page.get_by_role("button", name="Relier")).to_have_attribute("aria-pressed", "false")


def test_the_keyboard_goes_from_neighbour_to_neighbour_and_opens(canvas: Canvas) -> None:
    page = canvas.page
    stage = page.locator(".canvas .stage")
    stage.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".canvas .said")).to_contain_text("Club Exemple")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".canvas .said")).not_to_contain_text("Club Exemple")
    said = page.locator(".canvas .said").inner_text()
    page.keyboard.press("Enter")
    canvas.wait()
    assert said.startswith(page.locator(f"{CARD} h2").first.inner_text())
    scale = canvas.look().camera[2]
    page.keyboard.press("+")
    assert canvas.look().camera[2] > scale


def test_the_screen_can_be_used_by_everyone(canvas: Canvas) -> None:
    canvas.click(first(canvas))
    assert serious(canvas.page) == []
