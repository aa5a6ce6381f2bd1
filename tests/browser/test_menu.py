"""The menu follows the address, and the day chosen there goes everywhere."""

import re

from playwright.sync_api import expect

from tests.browser.demonstration import Window


def test_the_page_shown_is_marked_wherever_one_comes_from(window: Window) -> None:
    window.open("/partenaires", ".st-key-partners-list")
    marked = window.page.locator("#menu nav a[aria-current=page]")
    expect(marked).to_have_text(re.compile("Partenaires"))
    window.page.locator("#menu").get_by_text("Territoire").click()
    expect(marked).to_have_text(re.compile("Territoire"))
    expect(window.page).to_have_title("Territoire · Réseau 28")
    window.settle()
    window.page.go_back()
    expect(marked).to_have_text(re.compile("Partenaires"))
    assert window.faults == []


def test_a_day_chosen_in_the_menu_turns_everything_into_the_past(window: Window) -> None:
    window.open("/", ".call")
    window.page.locator("#menu button").first.click()
    window.page.get_by_label("Voir le réseau tel qu’il était le").fill("2026-03-03")
    expect(window.page.locator(".st-key-past")).to_contain_text("3 mars 2026")
    expect(window.page.locator("#menu .said")).to_have_text("au 3 mars 2026")
    window.page.locator("#menu").get_by_text("Partenaires").click()
    expect(window.page).to_have_url(re.compile(r"/partenaires\?date=2026-03-03$"))
    expect(window.page.locator(".st-key-past")).to_be_visible()
    window.settle()
    window.page.locator("#menu button").first.click()
    window.page.locator("#menu").get_by_role("button", name="Revenir à aujourd’hui").click()
    expect(window.page.locator(".st-key-past")).to_have_count(0)
    expect(window.page).to_have_url(re.compile(r"/partenaires$"))


def test_the_choice_of_a_day_closes_once_it_is_made_and_on_escape(window: Window) -> None:
    window.open("/", ".call")
    choice = window.page.locator("#when")
    window.page.locator("#menu button").first.click()
    expect(choice).to_be_visible()
    window.page.keyboard.press("Escape")
    expect(choice).to_be_hidden()
    window.page.locator("#menu button").first.click()
    window.page.get_by_label("Voir le réseau tel qu’il était le").fill("2026-03-03")
    expect(choice).to_be_hidden()


def test_a_calendar_closes_once_a_day_is_chosen_and_on_escape(window: Window) -> None:
    window.open("/evolution", "[data-testid=stDateInput]")
    calendar = window.page.locator("[data-baseweb=calendar], [role=dialog] [role=grid]")
    field = window.page.locator("[data-testid=stDateInput]").first
    field.click()
    field.get_by_role("button").first.click()
    expect(calendar.first).to_be_visible()
    window.page.keyboard.press("Escape")
    expect(calendar).to_have_count(0)


def test_a_day_that_is_none_is_as_if_nothing_was_said(window: Window) -> None:
    window.open("/?date=2026-13-45", ".call")
    expect(window.page.locator(".st-key-past")).to_have_count(0)
    window.page.locator("#menu button").first.click()
    window.page.get_by_label("Voir le réseau tel qu’il était le").fill("2999-01-01")
    expect(window.page.locator(".st-key-past")).to_have_count(0)
    expect(window.page).to_have_url(re.compile("2026-13-45"))


def test_the_menu_is_above_on_a_narrow_screen(window: Window) -> None:
    window.page.set_viewport_size({"width": 700, "height": 900})
    window.open("/", ".sentence")
    menu, page = window.page.locator("#menu").bounding_box(), window.page.locator(".stApp").bounding_box()
    assert menu is not None
    assert page is not None
    assert menu["width"] == page["width"] == 700
    assert menu["y"] + menu["height"] <= page["y"] + 1
