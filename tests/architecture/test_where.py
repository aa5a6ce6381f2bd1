"""The tasks of ``docs/where.md`` that no other test does, each done in a copy that is then run."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations
from crm.store import open_store
from tests.architecture.copied import COMMAND, PAGE, ROOT, Copy, promises
from tests.neo4j_server.fixtures import Neo4jAddress
from tests.ui.application import as_typed, opened, words, working_at
from ui import session
from ui.screen import Screen
from ui.screens import screens

GREETING = '''"""A greeting."""

import click

from ui.cli.command import Command, Session, pass_session


@click.command(cls=Command, rank=35)
@click.argument("name", metavar="NOM")
@pass_session
def greet(session: Session, name: str) -> None:
    """Dire bonjour."""
    session.give({"greeted": name}, lambda: [f"Bonjour {name}."])
'''

COUNTING = '''"""How many partners there are of each tier."""

from collections import Counter
from collections.abc import Mapping

from crm.analytics.graph import Relations


def tiers(relations: Relations) -> Mapping[str, int]:
    """Return how many organisations there are of each tier."""
    return Counter(row.tier.value for row in relations.snapshot.organisations.values())
'''
KEEPING = '''"""How many partners there are of each tier, kept with the measures of a day."""

from collections.abc import Mapping

from crm.analytics import tiers as pure
from crm.measures.measuring import Measure, Measures

_TIERS = Measure[Mapping[str, int]](
    lambda measures: pure.tiers(measures.relations), lambda measures, old, touched: pure.tiers(measures.relations)
)


def tiers(measures: Measures) -> Mapping[str, int]:
    """The partners of each tier."""
    return measures.of(_TIERS)
'''
MEASURED = """
import sys

from crm.measures.measuring import measures
from crm.measures.tiers import tiers
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store

network = Network(open_store(sys.argv[1]), Actor("C. Exemple", Role.ADMIN))
today = network.today()
for name, tier in (("Garage Fictif", "A"), ("Mairie Fictive", "A"), ("Ferme Fictive", "B")):
    network.commit("Ajout", lambda unit: unit.create("Organisation", {"name": name, "tier": tier}))
    print(name.split()[0], *(f"{key}:{many}" for key, many in sorted(tiers(measures(network, today)).items())))
print("kept", tiers(measures(network, today)) is tiers(measures(network, today)))
"""
INDEXED = """
import os, sys

from crm.store import open_store
from neo4j import GraphDatabase

written, uri, user, password = sys.argv[1:]
open_store(written, password=password).close()
with GraphDatabase.driver(uri, auth=(user, password)) as driver:
    names = [row["name"] for row in driver.execute_query("SHOW INDEXES").records]
print("index", "reseau28_commit_at" in names)
open_store(written, password=password).close()
"""
SHOWN = """
import sys

from crm.store import open_store
from tests.ui.application import opened, words, working_at

open_store(sys.argv[1]).close()
with working_at(sys.argv[1]):
    print(words(opened("territoire")).replace("&#x27;", "'"))
"""
COLOURED = """
from ui import colours, map_picture, plain_page, showing

print("widgets", dict(colours.theme())["theme.light.linkColor"])
print("login", "#123456" in plain_page._look())
print("documents", "#123456" in showing.refusal("Non"))
print("maps", "#123456" in map_picture._STROKES.values())
print("drawings", colours.colours()["accent"])
"""
ANSWERED = """
import sys

from crm.measures.growth import monthly
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import exchanges, organisations
from crm.store import open_store
from graph_schema.exchanges import Direction

network = Network(open_store(sys.argv[1]), Actor("C. Exemple", Role.ADMIN))
today = network.today()
for name, direction in (("Garage", Direction.FROM_US), ("Mairie", Direction.MUTUAL)):
    id = organisations.create(network, {"name": name}).value
    exchanges.log(network, [id], on=today, direction=direction)
found = measures(network, today)
for each in found.freshness.values():
    print(each.name, each.state.name)
print("growth", monthly(network, found)[-1].fresh)
"""


@pytest.mark.parametrize("heading", promises())
def test_every_task_of_the_page_is_done_by_a_test(heading: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "architecture").glob("test_*.py")]
    assert any(f'task("{heading}")' in text for text in texts)


def test_a_new_measure_is_two_files(copied: Copy, tmp_path: Path) -> None:
    with copied.task("A measure"):
        copied.write("crm/analytics/tiers.py", COUNTING)
        copied.write("crm/measures/tiers.py", KEEPING)
        assert copied.said(MEASURED, tmp_path / "reseau28.db") == {
            "Garage": "A:1",
            "Mairie": "A:2",
            "Ferme": "A:2 B:1",
            "kept": "True",
        }


def test_a_new_index_of_neo4j_is_one_file(copied: Copy, empty_neo4j: Neo4jAddress) -> None:
    with copied.task("An index of Neo4j"):
        line = '    yield "commit_run", "FOR (n:Commit) ON (n.run)"\n'
        copied.replace("crm/store/neo4j/ddl.py", line, f'{line}    yield "commit_at", "FOR (n:Commit) ON (n.at)"\n')
        assert copied.said(INDEXED, empty_neo4j.written, *empty_neo4j) == {"index": "True"}


def test_a_colour_is_changed_in_one_file(copied: Copy) -> None:
    with copied.task("A colour") as promise:
        (sheet,) = promise.places
        copied.replace(sheet, "--accent: light-dark(#0f6674,", "--accent: light-dark(#123456,")
        assert copied.said(COLOURED) == {
            "widgets": "#123456",
            "login": "True",
            "documents": "True",
            "maps": "True",
            "drawings": "#123456",
        }


def test_no_colour_stands_anywhere_else() -> None:
    (sheet,) = promises()["A colour"].places
    endings = {".py", ".css", ".js", ".html", ".toml"}
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "ui").rglob("*") if path.suffix in endings}
    written = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|light-dark\(")
    assert {path for path, text in texts.items() if written.search(text)} - {ROOT / "ui" / "colours.py"} == {
        ROOT / sheet
    }


def test_freshness_is_computed_in_the_one_module_that_the_page_links(copied: Copy, tmp_path: Path) -> None:
    with copied.task("Where is freshness computed?") as promise:
        (module,) = promise.places
        copied.replace(module, "State.FRESH if days <= ideal", "State.FRESH if days > ideal")
        assert copied.said(ANSWERED, tmp_path / "a.db") == {"Garage": "NEVER", "Mairie": "WATCH", "growth": "1"}


def test_what_counts_as_contact_is_said_in_the_one_module_that_the_page_links(copied: Copy, tmp_path: Path) -> None:
    with copied.task("What counts as contact?") as promise:
        (module,) = promise.places
        copied.replace(module, "self in (Direction.FROM_THEM, Direction.MUTUAL)", "self is Direction.FROM_US")
        assert copied.said(ANSWERED, tmp_path / "a.db") == {"Garage": "FRESH", "Mairie": "NEVER", "growth": "1"}


@pytest.mark.parametrize("screen", screens(), ids=lambda screen: screen.title)
def test_an_address_leads_to_the_package_that_says_what_is_on_screen(screen: Screen, tmp_path: Path) -> None:
    rows = re.findall(r"`/(\w*)` \| « (.+?) » \| \[.+\]\(\.\./(.+)\) \|", PAGE.read_text(encoding="utf-8"))
    (folder,) = [folder for path, title, folder in rows if (path, title) == (screen.path, screen.title)]
    store = open_store(str(tmp_path / "reseau28.db"))
    organisations.create(Network(store, Actor("C. Exemple", Role.ADMIN)), {"name": "Garage Fictif"})
    with working_at(tmp_path / "reseau28.db"):
        seen = as_typed(unescape(words(opened(screen.path))))
    session.close()
    store.close()
    said = {text for module in (ROOT / folder).rglob("*.py") for text in _sentences(module)}
    assert [sentence for sentence in said if sentence in seen]


def test_a_sentence_seen_is_changed_in_its_package_alone(copied: Copy, tmp_path: Path) -> None:
    with copied.task("A sentence that I see on a screen"):
        old, new = "aucun territoire n'a encore de partenaire", "il est encore à tisser"
        copied.replace("ui/screens/territory/__init__.py", old, new)
        shown = copied.run(SHOWN, tmp_path / "reseau28.db")
        assert new in shown
        assert old not in shown


def _sentences(module: Path) -> Iterator[str]:
    """The texts of a module of some length, without its docstrings."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    values = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told)
    yield from (as_typed(value) for value in values if isinstance(value, str) and len(value) > 12 and " " in value)


def test_a_new_command_is_one_file(copied: Copy) -> None:
    with copied.task("A command"):
        copied.write("ui/cli/commands/greet.py", GREETING)
        assert copied.run(COMMAND, "greet", "Claire") == "Bonjour Claire.\n"
        assert '"greeted": "Claire"' in copied.run(COMMAND, "greet", "Claire", "--json")
        listed = re.findall(r"^  (\w+)", copied.run(COMMAND, "--help").split("Commandes")[1], re.MULTILINE)
        assert listed[listed.index("greet") - 1 :][:3] == ["import", "greet", "imports"]
        assert "## reseau28 greet" in copied.run("from ui.cli import reference; print(reference.markdown())")
