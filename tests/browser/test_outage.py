"""The server goes and comes back under an open page: it is said in French, and what was typed is still there."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import links, organisations
from crm.store import open_store
from tests.browser.canvas import Canvas
from tests.browser.demonstration import Window
from tests.ui.served import serving


def test_a_page_outlives_its_server(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "reseau28.db"
    store = open_store(str(path))
    network = Network(store, Actor("C. Exemple", Role.ADMIN))
    garage = organisations.create(network, {"name": "Garage Exemple", "kind": "entreprise"}).value
    store.close()
    with serving(path, tmp_path) as server:
        window = Window(browser, f"http://127.0.0.1:{server.port}")
        window.open(f"/partenaires?fiche={garage}&faire=modifier", "[data-testid='stForm']")
        note = window.page.locator("[data-testid='stForm'] textarea").first
        note.fill("Tapé avant la coupure")
    expect(window.page.get_by_text("Le serveur de Réseau 28 ne répond plus")).to_be_visible()
    with serving(path, tmp_path, "--port", str(server.port)):
        expect(window.page.get_by_text("ne répond plus")).to_be_hidden()
        window.settle()
        expect(note).to_have_value("Tapé avant la coupure")
        window.page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(window.page.get_by_text("enregistré")).to_be_visible()
        window.page.close()


def test_a_canvas_outlives_its_server_and_does_nothing_twice(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "reseau28.db"
    store = open_store(str(path))
    network = Network(store, Actor("C. Exemple", Role.ADMIN))
    garage, hotel = (
        organisations.create(network, {"name": name, "kind": "entreprise"}).value
        for name in ("Garage Exemple", "Hôtel Fictif")
    )
    links.connect(network, "WorksWith", garage, hotel)
    store.close()
    with serving(path, tmp_path) as server:
        window = Window(browser, f"http://127.0.0.1:{server.port}")
        page, canvas = window.page, Canvas(window)
        canvas.open(f"autour={garage}")
        canvas.tool("Relier")
        canvas.drag("Garage Exemple", canvas.at("Hôtel Fictif"))
        window.choose("Lien", "travaille avec")
        page.get_by_label("Objet", exact=True).fill("Tapé avant la coupure")
        canvas.tool("Tableau")
        canvas.tool("Zoomer")
        before = canvas.look()
    expect(page.get_by_text("Le serveur de Réseau 28 ne répond plus")).to_be_visible()
    with serving(path, tmp_path, "--port", str(server.port)):
        expect(page.get_by_text("ne répond plus")).to_be_hidden()
        canvas.wait()
        page.get_by_role("button", name="Exporter").click()
        canvas.wait()
        expect(page.locator(".st-key-network-twin")).to_be_visible()
        assert canvas.look() == before
        expect(page.get_by_label("Objet", exact=True)).to_have_value("Tapé avant la coupure")
        with page.expect_event("dialog", lambda dialog: dialog.type == "beforeunload") as asked:
            page.once("dialog", lambda dialog: dialog.accept())
            page.reload()
        assert asked.value.type == "beforeunload"
        canvas.wait()
        window.choose("Lien", "travaille avec")
        page.get_by_role("button", name="Lier", exact=True).click()
        expect(page.locator(".st-key-saved")).to_contain_text("Lien ajouté")
        page.close()
