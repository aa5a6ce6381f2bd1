"""The documentation says what the code does, and leads where it says."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import pytest

from docs import pages as generated
from docs import screenshots
from importers.reading.headers import meanings
from tests.docs.pages import PAGES, ROOT, WRITTEN, anchors, commands, links, name
from ui.cli import cli, run

GUIDE = [page for page in WRITTEN if page.parent.name == "guide"]
UNDATED = [page for page in WRITTEN if page.name != "CHANGELOG.md" and page.parent.name != "decisions"]
"""Those that say how things are, whatever the day."""

EVERYTHING = "\n".join(page.read_text(encoding="utf-8") for page in WRITTEN)
HOSTS = {"127.0.0.1", "keepachangelog.com", "semver.org"}
CODE = ("graph_schema", "crm", "importers", "ui", "deploy", "tests/neo4j_server")


def command_paths(group: click.Group = cli, prefix: str = "reseau28") -> Iterator[str]:
    context = click.Context(group)
    for one in group.list_commands(context):
        command = group.get_command(context, one)
        if isinstance(command, click.Group):
            yield from command_paths(command, f"{prefix} {one}")
        else:
            yield f"{prefix} {one}"


def settings() -> set[str]:
    files = (file for folder in CODE for file in (ROOT / folder).rglob("*") if file.suffix in (".py", ".yaml"))
    return {found for file in files for found in re.findall(r"RESEAU28_[A-Z0-9_]+", file.read_text(encoding="utf-8"))}


def quoted_headers() -> list[str]:
    page = ROOT / "docs" / "guide" / "importer.md"
    table = re.search(r"^\| Contenu .*?\n\n", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert table
    return re.findall(r"`([^`]+)`", table[0])


@pytest.mark.parametrize("file", generated.GENERATED)
def test_a_generated_page_is_what_the_code_generates(file: str) -> None:
    kept = (generated.FOLDER / file).read_text(encoding="utf-8")
    assert kept == generated.GENERATED[file](), "lancez « make docs »"


@pytest.mark.parametrize("path", [*command_paths()])
def test_every_command_is_in_the_reference_and_explained_in_the_guide(path: str) -> None:
    assert f"## {path}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    said = "\n".join(page.read_text(encoding="utf-8") for page in (*GUIDE, ROOT / "docs" / "demonstration.md"))
    assert re.search(rf"reseau28(?: --store \S+)? {path.removeprefix('reseau28 ')}\b", said)


@pytest.mark.parametrize("line", sorted({line for page in WRITTEN for line in commands(page)}))
def test_every_command_shown_is_one_that_the_program_takes(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, *arguments = shlex.split(line)
    assert run([*arguments, "--help"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("setting", sorted(settings()))
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`{setting}`" in EVERYTHING


@pytest.mark.parametrize("header", quoted_headers())
def test_every_header_that_the_guide_cites_is_recognised(header: str) -> None:
    assert meanings(header)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        assert target.exists(), link
        if parts.fragment:
            assert unquote(parts.fragment) in anchors(target), link


@pytest.mark.parametrize("page", UNDATED, ids=name)
def test_no_page_lists_what_is_missing_or_names_the_schema_of_the_day(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"not yet:|pas encore là|schem[ae] \d|schéma \d|screens are to come", text, re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_has_one_title_and_no_two_headings_alike(page: Path) -> None:
    found = anchors(page)
    assert re.findall(r"^# ", page.read_text(encoding="utf-8").split("```")[0], re.MULTILINE) == ["# "]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_sends_readers_to_an_unknown_host(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    hosts = {urlsplit(address).hostname or "" for address in re.findall(r"https?://[^\s)>\"'`]+", text)}
    assert {host for host in hosts - HOSTS if not host.endswith(".example")} == set()


def test_every_picture_kept_is_a_screen_light_or_dark() -> None:
    taken = {f"{screen}-{scheme}.png" for screen in screenshots.SCREENS for scheme in ("light", "dark")}
    assert {picture.name for picture in screenshots.FOLDER.iterdir()} == taken
