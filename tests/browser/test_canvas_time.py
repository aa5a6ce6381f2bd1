"""Time and files on the canvas, in a real browser: what plays does not jump, what is kept opens where it was."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.canvas import Canvas
from tests.browser.demonstration import Window

HUB = "org-0001"


@pytest.fixture
def canvas(window: Window) -> Canvas:
    """The canvas around the hub."""
    found = Canvas(window)
    found.open(f"autour={HUB}")
    return found


def test_nodes_that_stay_do_not_move_while_time_plays(canvas: Canvas) -> None:
    page = canvas.page
    canvas.open(f"autour={HUB}&date=2025-12-31")
    before = canvas.look()
    page.get_by_role("button", name="Lecture").click()
    expect(page).to_have_url(re.compile("date=2026-02-28"))
    page.get_by_role("button", name="Pause").click()
    canvas.wait()
    after = canvas.look()
    kept = before.positions.keys() & after.positions.keys()
    assert kept
    assert after.camera == before.camera
    assert {id: after.positions[id] for id in kept} == {id: before.positions[id] for id in kept}


def test_another_day_is_compared_with_from_the_canvas(canvas: Canvas) -> None:
    page = canvas.page
    page.get_by_role("button", name="Comparer avec le…").click()
    page.get_by_role("navigation", name="Dates proposées").get_by_text("un an").click()
    expect(page).to_have_url(re.compile(r"depuis=\d{4}-"))
    expect(page.locator(".canvas .legend")).to_contain_text("Devenu actif ou relié")
    canvas.wait()


def test_a_view_opens_where_the_camera_was(canvas: Canvas) -> None:
    page = canvas.page
    canvas.tool("Zoomer")
    canvas.tool("Zoomer")
    camera = canvas.look().camera
    page.get_by_role("button", name="Vues").click()
    page.get_by_label("Nom", exact=True).click()
    page.keyboard.type("Vue de près")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Vue « Vue de près » enregistrée.")).to_be_visible()
    other = page.context.browser
    assert other is not None
    elsewhere = Canvas(Window(other, canvas.window.address))
    elsewhere.window.open("/reseau", ".network-door")
    elsewhere.page.get_by_role("link", name="Vue de près").click()
    elsewhere.wait()
    assert elsewhere.look().camera == pytest.approx(camera)
    elsewhere.page.close()


def test_the_canvas_leaves_as_files_with_its_colours(canvas: Canvas, tmp_path: Path) -> None:
    page = canvas.page
    page.get_by_label("Couleur").select_option("famille")
    canvas.wait()
    page.get_by_role("button", name="Exporter").click()
    for words, ending, held in (
        ("Page à ouvrir partout", "html", "Institutions"), ("Dessin SVG", "svg", "Institutions"),
        ("Gephi (GEXF)", "gexf", "viz:position"), ("yEd, Cytoscape… (GraphML)", "graphml", "Club Exemple"),
    ):  # fmt: skip
        with page.expect_download() as download:
            page.get_by_role("button", name=words).click()
        assert download.value.suggested_filename.endswith(f".{ending}")
        download.value.save_as(tmp_path / ending)
        written = (tmp_path / ending).read_text(encoding="utf-8")
        assert held in written
        assert "Jamais contacté</text>" not in written
