"""The browser of the tests draws a page of this machine and reaches no other."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

PAGE = "<title>Réseau 28</title><body style='background:rgb(0,80,160)'><h1>Garage Fictif</h1></body>"


def test_a_local_page_is_drawn(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<meta charset=utf-8>{PAGE}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 320, "height": 200})
    page.goto((tmp_path / "page.html").as_uri())
    picture = page.screenshot(path=tmp_path / "page.png")
    assert page.inner_text("h1") == "Garage Fictif"
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 320
    page.close()


def test_another_host_is_out_of_reach(browser: Browser) -> None:
    page = browser.new_page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://ailleurs.example/")
    page.close()
