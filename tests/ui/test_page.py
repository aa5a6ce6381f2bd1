"""The page that carries the application goes out in French; everything else goes by as it was."""

from pathlib import Path

import pytest

from tests.ui.served import serving
from ui import canvas
from ui.page import ASSETS, asset, sheets


@pytest.mark.parametrize("path", ["/", "/partenaires?fiche=x"])
def test_the_page_is_french_whatever_the_browser_can_uncompress(tmp_path: Path, path: str) -> None:
    with serving(tmp_path / "reseau28.db", tmp_path) as server:
        answer = server.ask(path, Accept="text/html", Accept_Encoding="gzip, br")
        script = server.ask(asset("page.js"), Accept="*/*")
        health = server.ask("/sante", Accept="text/html")
    assert '<html lang="fr">' in answer.text
    assert "<title>Réseau 28</title>" in answer.text
    assert f'src="{asset("page.js")}"' in answer.text
    assert int(answer.headers["content-length"]) == len(answer.text.encode())
    assert script.headers["content-type"].startswith("text/javascript")
    assert health.text == '{"ok":true}'


def test_our_look_comes_after_all_that_streamlit_says(tmp_path: Path) -> None:
    with serving(tmp_path / "reseau28.db", tmp_path) as server:
        page = server.ask("/", Accept="text/html").text
        found = {name: server.ask(asset(name)) for name in sheets()}
        source = server.ask(f"{ASSETS}/canvas.js")
    at = [page.index(f'href="{asset(name)}"') for name in sheets()]
    assert page.index('id="root"') < min(at)
    assert at == sorted(at)
    assert {answer.headers["content-type"] for answer in found.values()} == {"text/css; charset=utf-8"}
    assert source.status == 404  # a part of something else: nothing but what the page names


def test_the_page_of_the_network_asks_early_for_what_draws_it(tmp_path: Path) -> None:
    with serving(tmp_path / "reseau28.db", tmp_path) as server:
        asked = f'<link rel="preload" as="script" href="{canvas.path()}">'
        assert asked in server.ask("/reseau?autour=x", Accept="text/html").text
        assert asked not in server.ask("/", Accept="text/html").text
