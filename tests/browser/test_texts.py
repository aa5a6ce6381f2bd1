"""What people wrote is shown as they wrote it, wherever Streamlit would read Markdown."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.neo4j_server.server import free_port

WRITTEN = (
    "A -> B",
    "- A",
    "1. A",
    "a <- b <-> c -- d >= e <= f ~= g",
    "claire@exemple.test ou www.exemple.test ou https://exemple.test/a",
    "&copy; &amp; <b>x</b>",
    "*x* _y_ `z` ~~w~~ [u](v) :smile: :red[t] $s$ #r",
    "| a | b |",
)
SCRIPT = """
import streamlit as st
from ui import notices, typography
from ui.markup import as_label

typography.install()
for number, text in enumerate({written!r}):
    notices.error(text)
    notices.note(text)
    st.button(as_label(text), key=f"button-{{number}}")
    st.radio("Version", ["x"], format_func=lambda each: as_label(text), key=f"radio-{{number}}")
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A page that shows each of the texts in every way of ours."""
    script, port = tmp_path / "shown.py", free_port()
    script.write_text(SCRIPT.format(written=WRITTEN), encoding="utf-8")
    options = ("--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1",
               "--browser.gatherUsageStats=false", "--server.fileWatcherType=none")  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def test_a_text_is_shown_as_written(browser: Browser, address: str) -> None:
    page = browser.new_page()
    for _ in range(120):
        try:
            page.goto(address)
            break
        except Exception:  # the server is still starting
            page.wait_for_timeout(250)
    expect(page.locator(".note")).to_have_count(len(WRITTEN), timeout=60_000)
    shown = [
        page.locator(".notice.error > div").all_inner_texts(),
        page.locator(".note").all_inner_texts(),
        page.locator(".stButton button").all_inner_texts(),
        page.locator(".stRadio [role=radiogroup] label").all_inner_texts(),
    ]
    for texts in shown:
        assert [text.replace("\u2060", "").strip() for text in texts] == list(WRITTEN)
    assert page.locator(".notice a, .note a, .stButton a, .stRadio a, .stButton code, .katex").count() == 0
    page.close()
