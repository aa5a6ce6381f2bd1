"""Every screen and every message is in French as it is printed: apostrophes, no-break spaces, articles of places."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.demo import Size, fill
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.ui.application import opened, working_at
from tests.ui.french import faults, texts
from ui import address, menu, session, typography
from ui.cli import run
from ui.screens import screens

ON = date(2026, 11, 20)
_LABELS = ("label", "help", "placeholder", "body")
_TYPED = typography.TYPED | {"words"}  # in « Consigner » a key, elsewhere a word of our own vocabulary


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demonstration network, on which the screens of this process work."""
    file = tmp_path_factory.mktemp("typography") / "demo.db"
    store = open_store(str(file))
    fill(Network(store, Actor("Démonstration", Role.ADMIN)), size=Size.S, seed=28, on=ON)
    store.close()
    with working_at(file):
        yield file
    session.close()


def said(app: AppTest) -> Iterator[str]:
    """All that people read or hear on a page, but for what they typed themselves."""
    for element in app._tree:
        proto: Any = getattr(element, "proto", None)
        if element.type == "html":
            yield from texts(str(proto.body))
        elif element.type == "bidi_component":
            yield from _told(json.loads(proto.json or "null"))
        else:
            yield from (value for name in _LABELS if isinstance(value := getattr(proto, name, None), str))
            yield from (each for each in getattr(proto, "options", ()) if isinstance(each, str))


def _told(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield from _told(json.loads(data)) if data.startswith("{") else [data]
    elif isinstance(data, dict):
        for name, value in data.items():
            if name not in _TYPED:
                yield from _told(value)
    elif isinstance(data, list):
        for each in data:
            yield from _told(each)


ADDRESSES: list[tuple[str, dict[str, str]]] = [
    *((path, {}) for path, *_ in screens()),
    *((path, {"date": "2026-06-01"}) for path, *_ in screens()),
    (address.HOME, {"voir": "conventions"}),
    (address.HOME, {"vue": "semaine"}),
    (address.PARTNERS, {"fiche": "org-0001"}),
    (address.PARTNERS, {"fiche": "org-0001", "faire": "modifier"}),
    (address.PARTNERS, {"fiche": "departement:80"}),
    (address.PARTNERS, {"faire": "ajouter"}),
    (address.PARTNERS, {"texte": "introuvable"}),
    (address.NETWORK, {"autour": "org-0001"}),
    (address.TERRITORY, {"fonction": "handicap", "territoire": "departement:80"}),
    (address.TERRITORY, {"fonction": "branche", "echelon": "departement"}),
]


_TITLES = re.compile(r'<(h[1-4])(?: [^>]*)?>(.*?)</\1>|<(p) class="sentence">(.*?)</p>', re.S)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(("page", "parameters"), ADDRESSES)
def test_no_headline_breaks_between_a_figure_and_its_noun(page: str, parameters: dict[str, str]) -> None:
    bodies = (str(each.proto.body) for each in opened(page, **parameters).html)
    titles = [each[2] or each[4] for body in bodies for each in _TITLES.finditer(body)]
    said = [unescape(re.sub(r"<[^>]*>", "", title)) for title in titles]
    assert not [title for title in said if re.search(r"\d [^\W\d_]", title)]


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(("page", "parameters"), ADDRESSES)
def test_a_screen_is_typeset(page: str, parameters: dict[str, str]) -> None:
    app = opened(page, **parameters)
    read = list(said(app))
    assert len(read) > 10
    assert [fault for text in read for fault in faults(text)] == []


def test_the_menu_is_typeset() -> None:
    assert [fault for text in texts(menu.html(None)) for fault in faults(text)] == []


def _saying() -> None:
    from ui import notices, typography

    typography.install()
    notices.error("L'adresse « a » n'est pas connue : vérifiez-la !")
    notices.note("A -> B")


def test_a_message_is_shown_as_text_and_typeset() -> None:
    app = AppTest.from_function(_saying, default_timeout=60).run()
    assert not app.exception
    assert "L’adresse «\u00a0a\u00a0» n’est pas connue\u00a0: vérifiez-la\u00a0!" in app.html[0].value
    assert "A -&gt; B" in app.html[1].value


COMMANDS = [
    ("partners",), ("show", "org-0001"), ("show", "departement:80"), ("search", "mission"), ("calls",), ("freshness",),
    ("coverage",), ("resilience",), ("strength",), ("compare", "2026-01-01", "2026-11-20"), ("introduce", "org-0002"),
    ("history",), ("history", "org-0001"), ("imports",), ("verify",), ("doctor",), ("store", "info"), ("--help",),
    ("import", "--help"), ("show", "inconnu"), ("coverage", "--level", "canton"), ("nimporte",), ("backup", "/"),
    ("duplicates", "--scan"), ("merge", "org-0001", "org-0001"), ("split", "org-0001"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_typeset(demonstration: Path, command: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    run(["--store", str(demonstration), *command])
    told = capfd.readouterr()
    lines = [line for line in f"{told.out}\n{told.err}".splitlines() if line.strip()]
    assert lines
    assert [fault for line in lines for fault in faults(line)] == []
