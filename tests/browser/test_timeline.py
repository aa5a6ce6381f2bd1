"""The slider of time, in a real browser: by keyboard, and played."""

import re

from playwright.sync_api import expect

from tests.browser.demonstration import Window


def test_arrows_move_the_network_month_by_month_and_say_the_day_in_french(window: Window) -> None:
    window.open("/evolution?date=2026-06-30", ".curves")
    slider = window.page.get_by_role("slider", name="Date à laquelle le réseau est montré")
    expect(slider).to_have_attribute("aria-valuetext", "30 juin 2026")
    slider.focus()
    window.page.keyboard.press("ArrowLeft")
    expect(window.page).to_have_url(re.compile("date=2026-05-31"))
    expect(slider).to_have_attribute("aria-valuetext", "31 mai 2026")
    window.settle()
    window.page.keyboard.press("ArrowRight")
    expect(window.page).to_have_url(re.compile("date=2026-06-30"))


def test_lecture_plays_one_month_after_another_until_pause(window: Window) -> None:
    window.open("/evolution?date=2025-12-31", ".curves")
    window.page.get_by_role("button", name="Lecture").click()
    expect(window.page).to_have_url(re.compile("date=2026-01-31"))
    expect(window.page).to_have_url(re.compile("date=2026-02-28"))
    window.page.get_by_role("button", name="Pause").click()
    window.settle()
    paused = window.page.url
    window.page.wait_for_timeout(2_500)
    assert window.page.url == paused
    expect(window.page.get_by_role("button", name="Lecture")).to_be_visible()
