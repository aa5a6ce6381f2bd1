"""Documents in a real browser: a proof's file is read in its sheet, and nothing in it acts."""

import re
from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from crm.vault import deposits
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
from tests.browser.accessibility import serious
from tests.browser.club import Club
from tests.browser.demonstration import Window
from tests.crm.guarded import made

HOSTILE = (
    f'<p onclick="{made.RAN}">Bonjour</p><script>{made.RAN}</script>'
    f'<img src="{made.REMOTE}" onerror="{made.RAN}"><a href="{made.REMOTE}">ici</a>'
)
FILES = {
    "Convention.pdf": made.pdf("Premiere", "Deuxieme", "Troisieme"),
    "Courriel.eml": made.mail(HOSTILE, "html"),
    "Compte rendu.docx": made.docx("Article 1", picture=made.picture()),
    "Abîmé.pdf": b"%PDF-1.7\n",
}


@pytest.fixture(scope="module")
def address(club: Club) -> str:
    """Where the application is."""
    return club.address


@pytest.fixture(scope="module")
def proofs(club: Club) -> dict[str, str]:
    """The ids of the proofs that hold these files, by name; each points at its page 2."""
    said = Description((club.id,), EvidenceKind.OTHER, date(2026, 1, 5), page="2")
    return {
        name: deposits.deposit(club.network, BytesIO(content), name, said).value.id for name, content in FILES.items()
    }


def document(page: Page) -> FrameLocator:
    """What the frame shows."""
    return page.frame_locator(".preview iframe")


def test_pages_are_turned_by_the_keyboard_and_stay_in_the_address(
    window: Window, club: Club, proofs: dict[str, str]
) -> None:
    window.open(f"/partenaires?fiche={club.id}&partie=preuves", "table.rows")
    page = window.page
    page.locator("tr", has_text="Convention").get_by_role("link", name="page 2").click()
    place = page.locator(".preview .place")
    expect(place).to_have_text("page 2 sur 3")
    expect(document(page).locator("img.page")).to_have_attribute("alt", "Page 2 sur 3")
    expect(document(page).locator("pre")).to_have_text("Deuxieme")
    page.get_by_role("link", name="Page suivante").focus()
    page.keyboard.press("Enter")
    expect(place).to_have_text("page 3 sur 3")
    expect(page.get_by_role("link", name="Page suivante")).to_have_count(0)  # there is none
    assert "page=3" in page.url
    page.go_back()
    expect(place).to_have_text("page 2 sur 3")
    expect(document(page).locator("pre")).to_have_text("Deuxieme")
    window.settle()
    assert [str(each) for each in serious(page)] == []


@pytest.mark.parametrize(("name", "words"), [("Courriel.eml", "Bonjour"), ("Compte rendu.docx", "Article 1")])
def test_nothing_in_a_document_acts_or_fetches(window: Window, proofs: dict[str, str], name: str, words: str) -> None:
    window.open(f"/partenaires?fiche={proofs[name]}&partie=document", ".preview iframe")
    shown = document(window.page)
    expect(shown.get_by_text(words)).to_be_visible()
    shown.get_by_text(words).click()
    window.settle()
    frame = window.page.frames[-1]
    assert "window.ran" not in frame.content()
    assert "invalid" not in frame.content()
    assert window.page.evaluate("window.ran") is None  # and no request left: the window would tell it as a fault


def test_what_cannot_be_shown_is_said_where_it_would_be(window: Window, proofs: dict[str, str]) -> None:
    window.page.on("console", lambda message: window.faults.clear() if "422" in message.text else None)
    window.open(f"/partenaires?fiche={proofs['Abîmé.pdf']}&partie=document", ".preview .told:not(:empty)")
    expect(window.page.locator(".preview .told")).to_contain_text("ne peut pas être montré ici")
    expect(window.page.locator(".preview iframe")).to_have_count(0)
    expect(window.page.get_by_role("link", name="Abîmé.pdf")).to_be_visible()


@pytest.mark.parametrize("name", ["Convention.pdf", "Courriel.eml", "Compte rendu.docx"])
def test_a_document_has_no_serious_finding(window: Window, club: Club, proofs: dict[str, str], name: str) -> None:
    """The page that the frame shows, in a page where the check may run."""
    answer = window.page.request.get(f"{club.address}/preuves/{proofs[name]}/apercu")
    window.page.set_content(re.sub("<meta http-equiv[^>]*>", "", answer.text()))
    assert [str(each) for each in serious(window.page)] == []


def test_opened_by_itself_a_document_is_as_closed(window: Window, club: Club, proofs: dict[str, str]) -> None:
    window.page.goto(f"{club.address}/preuves/{proofs['Courriel.eml']}/apercu")
    expect(window.page.get_by_text("Bonjour")).to_be_visible()
    assert window.page.evaluate("self.origin") == "null"


def test_what_a_document_says_is_found_and_opened_at_its_page(
    window: Window, club: Club, proofs: dict[str, str]
) -> None:
    window.open("/", "[data-testid=stMain]")
    page = window.page
    page.keyboard.press("/")
    page.keyboard.type("troisi", delay=15)
    option = page.get_by_role("option", name="Convention")
    expect(option.locator(".passage")).to_have_text("Troisieme")
    option.click()
    expect(page.locator(".preview .place")).to_have_text("page 3 sur 3")
