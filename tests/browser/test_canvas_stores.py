"""What is drawn on the canvas is kept, undone and done again in a real browser, on each store, and nothing moves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.canvas import Canvas
from tests.browser.club import CLUB, CONTACT, MEMBERS, OPPOSED, Club, served_club
from tests.browser.demonstration import USER, Window
from tests.neo4j_server.fixtures import emptied, reachable

PAIR = MEMBERS[0], MEMBERS[1]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def club(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    """The club on each kind of store."""
    folder = tmp_path_factory.mktemp("canvas")
    store, password = str(folder / "reseau28.db"), ""
    if request.param == "neo4j":
        server = emptied(reachable(request))
        store, password = server.written, server.password
    with served_club(store, folder, password) as served:
        yield served


@pytest.fixture(scope="module")
def address(club: Club) -> str:
    """Where the application is."""
    return club.address


def kept(club: Club, canvas: Canvas) -> int:
    """How many links the network keeps between the two."""
    one, other = map(canvas.id, PAIR)
    return sum(other in (link.source, link.target) for link in club.network.read(lambda tx: tx.links_of([one])))


def test_a_link_drawn_undone_and_done_again_is_journalled_each_time_and_nothing_moves(
    club: Club, window: Window
) -> None:
    canvas, page = Canvas(window), window.page
    canvas.open(f"autour={club.id}")
    assert canvas.names() == {CLUB, CONTACT, OPPOSED, *MEMBERS}
    canvas.tool("Zoomer")
    before, drawn, start = canvas.look(), set(canvas.links()), club.network.read(lambda tx: tx.head().number)
    canvas.tool("Relier")
    canvas.drag(PAIR[0], canvas.at(PAIR[1]))
    window.choose("Lien", "travaille avec")
    journal: list[tuple[str, str]] = []
    for button, said, reason, there in (
        (page.get_by_role("button", name="Lier", exact=True), "Lien ajouté", "Lien ajouté", {PAIR}),
        (page.locator(".st-key-network-undo button"), "Annulé", "Annulation", set()),
        (page.locator(".st-key-network-redo button"), "Rétabli", "Rétablissement", {PAIR}),
    ):
        button.first.click()
        expect(page.locator(".st-key-saved")).to_contain_text(f"{said} : ")
        canvas.wait()
        journal.append((USER, reason))
        commits = club.network.read(lambda tx: tx.commits(after=start))
        assert [(each.by, each.reason.split(" : ")[0]) for each in commits] == journal
        assert set(canvas.links()) - drawn == there
        assert kept(club, canvas) == len(there)
        assert canvas.look() == before
