"""Figures read from what a screen draws, and from the documents of the command line."""

import json
import re
from contextlib import redirect_stdout
from datetime import date
from functools import cache
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

from streamlit.testing.v1 import AppTest

from tests.ui.application import errors, opened, words
from ui.cli import run

DAY = date(2026, 11, 20)
NUMBER = r"(\d[\d\u202f\u00a0]*)"


@cache
def told(*arguments: str) -> Any:
    """The document that a command prints of ``DAY``."""
    out = StringIO()
    with redirect_stdout(out):
        status = run([*arguments, "--json"])
    assert status == 0, arguments
    return json.loads(out.getvalue())


def on(command: str, *arguments: str) -> Any:
    """The document of a command that takes ``--on``."""
    return told(command, *arguments, "--on", DAY.isoformat())


def shown(page: str = "", **parameters: str | list[str]) -> AppTest:
    """A page on ``DAY``, without an error."""
    app = opened(page, **{"date": DAY.isoformat(), **parameters})
    assert errors(app) == []
    return app


def html(page: str = "", **parameters: str | list[str]) -> str:
    """What a page draws."""
    return words(shown(page, **parameters))


def plain(markup: str) -> str:
    """Markup as people read it: the words alone, one blank between them."""
    return re.sub(r"[ \n\u00a0\u202f]+", " ", unescape(re.sub(r"<[^>]+>", " ", markup)).replace("’", "'")).strip()


def whole(figure: str) -> int:
    """A number as it is written on screen."""
    return int(re.sub(r"\D", "", figure))


def figures(markup: str) -> list[int]:
    """The numbers of a sentence, in order."""
    return [whole(each) for each in re.findall(NUMBER, plain(markup))]


def part(markup: str, pattern: str) -> str:
    """What the one match of a pattern holds in its group."""
    (found,) = re.findall(pattern, markup, re.DOTALL)
    return str(found)


def doors(markup: str) -> list[tuple[str, str]]:
    """The links: where each leads, and its words."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', markup, re.DOTALL)
    return [(unescape(href), plain(inside)) for href, inside in found]


def door(markup: str, words: str) -> tuple[int, str]:
    """The figure of the one link whose words match, and where it leads."""
    ((figure, href),) = [(whole(found[0]), href) for href, said in doors(markup) if (found := re.search(words, said))]
    return figure, href


def behind(href: str, page: str = "") -> str:
    """What the page draws to which a link leads, its lists unrolled."""
    parts = urlsplit(href)
    asked: dict[str, str | list[str]] = {"lignes": "5000"}
    asked.update(parse_qs(parts.query))
    return html(parts.path.strip("/") or page, **asked)


def rows(markup: str, head: str) -> int:
    """How many rows the one table has among whose heads this one is."""
    tables = [each for each in re.findall(r"<table.*?</table>", markup, re.DOTALL) if head in plain(each)]
    (found,) = (each for each in tables if head in plain(each.partition("<tbody>")[0]))
    return len(re.findall(r"<tr", found.partition("<tbody>")[2]))
