"""What an old build wrote opens, is brought forward, verifies, goes from store to store, and is read as meant."""

import lzma
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase

from crm.ledger.verify import verify
from crm.network import Network, provider
from crm.network.rights import Actor, Role
from crm.store import open_store
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.providers import ProviderCategory
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.territory import above, departements, parse_territory_id, territory_id
from tests.kept import dump
from tests.kept.acts import ACROSS_DEPARTEMENTS, ACROSS_REGIONS
from tests.neo4j_server.database import make_empty
from tests.neo4j_server.fixtures import Neo4jAddress
from tests.ui.cli.conftest import home as home
from tests.ui.cli.conftest import reseau28 as reseau28
from tests.ui.cli.invocation import Reseau28

HERE = Path(__file__).parent
DAY = "2026-11-20"
KEPT_VERSION, KEPT_COMMITS = 2, 640
ADMIN = Actor("C. Exemple", Role.ADMIN)


@pytest.fixture
def kept_file(tmp_path: Path) -> str:
    """The file as the old build left it."""
    file = tmp_path / "conservé.db"
    file.write_bytes(lzma.decompress((HERE / "sqlite.db.xz").read_bytes()))
    return str(file)


@pytest.fixture
def kept_server(empty_neo4j: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database as the old build left it."""
    with GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j[1:]) as driver:
        dump.replay(HERE / "neo4j.jsonl.xz", driver)
    monkeypatch.setenv("RESEAU28_NEO4J_PASSWORD", empty_neo4j.password)
    return empty_neo4j.written


@pytest.fixture(params=["kept_file", pytest.param("kept_server", marks=pytest.mark.neo4j)])
def kept(request: pytest.FixtureRequest, home: Path) -> str:
    """Where the kept network is, on each store."""
    address: str = request.getfixturevalue(request.param)
    return address


def version_of(address: str) -> int:
    """The schema of what is kept there."""
    password = os.environ.get("RESEAU28_NEO4J_PASSWORD")
    with closing(open_store(address, create=False, password=password, any_version=True)) as store:
        return store.read(lambda tx: tx.info().schema_version)


def put_back(address: str, request: pytest.FixtureRequest) -> None:
    """Have the kept network as the old build left it, again."""
    if "://" in address:
        server: Neo4jAddress = request.getfixturevalue("empty_neo4j")
        with GraphDatabase.driver(server.uri, auth=server[1:]) as driver:
            make_empty(driver)
            dump.replay(HERE / "neo4j.jsonl.xz", driver)
        return
    for end in ("-wal", "-shm"):
        Path(f"{address}{end}").unlink(missing_ok=True)
    Path(address).write_bytes(lzma.decompress((HERE / "sqlite.db.xz").read_bytes()))


def contents(address: str) -> tuple[list[NodeRecord], list[LinkRecord]]:
    """All records, by id, verified."""
    password = os.environ.get("RESEAU28_NEO4J_PASSWORD")
    with closing(open_store(address, create=False, password=password, any_version=True)) as store:
        network = Network(store, ADMIN)
        assert verify(network) == []
        records = sorted(network.read(lambda tx: list(tx.records())), key=lambda record: record.id)
    nodes = [record for record in records if isinstance(record, NodeRecord)]
    return nodes, [record for record in records if isinstance(record, LinkRecord)]


def figures(reseau28: Reseau28, address: str) -> dict[str, Any]:
    """What the commands that measure say on the day."""
    commands = {
        name: [name, "--on", DAY] for name in ("partners", "freshness", "coverage", "resilience", "strength", "calls")
    }
    commands["compare"] = ["compare", "2026-01-01", DAY]
    commands["epci"] = ["coverage", "--level", "epci", "--on", DAY]
    found = {}
    for name, command in commands.items():
        result = reseau28("--store", address, *command, "--json")
        assert result.status == 0, result.err
        found[name] = result.json
    return found


def test_it_is_refused_by_name_until_it_is_migrated(reseau28: Reseau28, kept: str) -> None:
    error = reseau28("--store", kept, "partners", "--json").json["error"]
    assert error["code"] == "version"
    assert f'reseau28 --store "{kept.removesuffix("/neo4j")}' in error["message"]
    assert '" migrate »' in error["message"]
    done = reseau28("--store", kept, "migrate", "--json").json
    assert (done["from"], done["to"], done["steps"]) == (KEPT_VERSION, SCHEMA_VERSION, SCHEMA_VERSION - KEPT_VERSION)
    assert reseau28("--store", kept, "partners", "--json").status == 0
    verified = reseau28("--store", kept, "verify", "--json").json
    assert (verified["ok"], verified["faults"], verified["remarks"]) == (True, [], [])
    assert reseau28("--store", kept, "migrate", "--json").json["steps"] == 0


def test_migrating_keeps_every_record_and_a_backup_of_what_was(reseau28: Reseau28, kept: str) -> None:
    before = contents(kept)
    backup = reseau28("--store", kept, "migrate", "--json").json["backup"]
    nodes, links = contents(kept)
    assert nodes == before[0]
    assert [link for link in links if link.type != "Within"] == [link for link in before[1] if link.type != "Within"]
    assert contents(backup) == before
    assert reseau28("--store", backup, "partners", "--json").json["error"]["code"] == "version"


def test_every_territory_lies_where_its_communes_do(reseau28: Reseau28, kept: str) -> None:
    reseau28("--store", kept, "migrate")
    nodes, links = contents(kept)
    known = {node.id for node in nodes if node.type == "Territory"}
    within = {id: {link.target for link in links if link.type == "Within" and link.source == id} for id in known}
    wanted = {id: {territory_id(*each) for each in above(*parse_territory_id(id))} for id in known}
    assert within == wanted
    assert within[f"epci:{ACROSS_DEPARTEMENTS}"] == {"departement:62", "departement:80"}
    assert within[f"epci:{ACROSS_REGIONS}"] == {"departement:01", "departement:71"}
    assert within["departement:62"] == {"region:32"}
    assert within["departement:71"] == {"region:27"}
    assert within["commune:80810"] == {f"epci:{ACROSS_DEPARTEMENTS}", "departement:80"}
    assert "est dans Somme" not in reseau28("--store", kept, "show", "departement:62").out


def test_it_is_verified_before_it_is_migrated_and_a_receipt_of_then_holds_after(
    reseau28: Reseau28, kept: str, tmp_path: Path
) -> None:
    receipt = tmp_path / "reçu.json"
    assert reseau28("--store", kept, "receipt", "--out", receipt, "--json").json["number"] == KEPT_COMMITS
    before = reseau28("--store", kept, "verify", "--receipt", receipt, "--json")
    assert (before.status, before.json["ok"]) == (0, True)
    assert [remark["code"] for remark in before.json["remarks"]] == ["older_schema"]
    assert reseau28("--store", kept, "store", "info", "--json").json["schema_version"] == KEPT_VERSION
    reseau28("--store", kept, "migrate")
    after = reseau28("--store", kept, "verify", "--receipt", receipt, "--json").json
    assert (after["verdicts"]["complete"], after["remarks"]) == (True, [])


def test_it_is_copied_as_it_is_to_each_store(reseau28: Reseau28, kept: str, tmp_path: Path) -> None:
    refused = reseau28("store", "copy", kept, tmp_path / "trop-tôt.db", "--json")
    assert refused.json["error"]["code"] == "version"
    reseau28("--store", kept, "migrate")
    copied = reseau28("store", "copy", kept, tmp_path / "copie.db", "--json").json["copied"]
    assert copied > KEPT_COMMITS
    assert reseau28("--store", tmp_path / "copie.db", "verify").status == 0
    here, there = (reseau28("--store", each, "store", "info", "--json").json for each in (kept, tmp_path / "copie.db"))
    assert here | {"kind": "", "address": ""} == there | {"kind": "", "address": ""}
    assert figures(reseau28, kept) == figures(reseau28, str(tmp_path / "copie.db"))


@pytest.mark.neo4j
def test_the_file_goes_to_a_server_and_back(
    reseau28: Reseau28, kept_file: str, empty_neo4j: Neo4jAddress, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RESEAU28_NEO4J_PASSWORD", empty_neo4j.password)
    reseau28("--store", kept_file, "migrate")
    assert reseau28("store", "copy", kept_file, empty_neo4j.written).status == 0
    assert reseau28("store", "copy", empty_neo4j.written, tmp_path / "retour.db").status == 0
    assert contents(str(tmp_path / "retour.db")) == contents(kept_file)
    assert contents(empty_neo4j.written) == contents(kept_file)
    assert figures(reseau28, empty_neo4j.written) == figures(reseau28, kept_file)


def test_the_figures_are_those_of_the_network(reseau28: Reseau28, kept_file: str) -> None:
    reseau28("--store", kept_file, "migrate")
    nodes, _ = contents(kept_file)
    found = figures(reseau28, kept_file)
    organisations = {node.id: node.values["name"] for node in nodes if node.type == "Organisation"}
    assert {each["id"]: each["name"] for each in found["partners"]["items"]} == organisations
    assert {each["id"] for each in found["freshness"]["items"]} <= organisations.keys()
    assert all(each["days"] is None or each["days"] >= 0 for each in found["freshness"]["items"])
    cells = Counter(cell["territory"] for cell in found["epci"]["cells"])
    assert len(set(cells.values())) == 1  # as many functions everywhere
    assert {cell["state"] for cell in found["epci"]["cells"]} == {"covered", "thin", "reachable", "white"}
    names = {f"departement:{code}" for code in departements()}
    assert {cell["territory"] for cell in found["coverage"]["cells"]} <= names
    (mill,) = (id for id, name in organisations.items() if name == "Minoterie Exemple")
    (fresh,) = (each for each in found["freshness"]["items"] if each["id"] == mill)
    assert (fresh["last_exchange"], fresh["days"]) == ("2026-10-02", 49)
    runs = reseau28("--store", kept_file, "imports", "--json").json["items"]
    assert [run["undone"] for run in runs] == [True, False]
    assert "Atelier Repris Exemple" not in organisations.values()
    assert "Scierie Exemple d'Albert" in organisations.values()


KILLED = """
import os, signal, sys, threading
from crm.upkeep.migrate import migrate
from crm.network import Network, provider
from crm.network.rights import Actor, Role
from crm.store import open_store
threading.Timer(float(sys.argv[2]), os.kill, (os.getpid(), signal.SIGKILL)).start()
store = open_store(sys.argv[1], password=os.environ.get("RESEAU28_NEO4J_PASSWORD"), create=False, any_version=True)
migrate(Network(store, Actor("C. Exemple", Role.ADMIN)))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.timeout(7200)
def test_a_migration_killed_at_any_moment_loses_nothing(
    reseau28: Reseau28, kept: str, request: pytest.FixtureRequest
) -> None:
    before = contents(kept)
    chance = random.Random(int(os.environ.get("RESEAU28_SEED", "28")))
    for _ in range(int(os.environ.get("RESEAU28_KILLS", "4"))):
        if version_of(kept) == SCHEMA_VERSION:  # the one before came to its end
            put_back(kept, request)
        command = [sys.executable, "-c", KILLED, kept, str(chance.uniform(0.05, 1.5))]
        assert subprocess.run(command, cwd=Path.cwd(), check=False).returncode == -signal.SIGKILL
        assert contents(kept)[0] == before[0]
    assert reseau28("--store", kept, "migrate").status == 0
    nodes, links = contents(kept)
    assert nodes == before[0]
    assert [link for link in links if link.type != "Within"] == [link for link in before[1] if link.type != "Within"]
    assert reseau28("--store", kept, "verify", "--json").json["ok"]


def test_what_we_say_of_ourselves_since_is_said_of_an_old_network_too(reseau28: Reseau28, kept: str) -> None:
    """Our sheet as the old build kept it takes the fields that came after it, and is verified with them."""
    reseau28("--store", kept, "migrate")
    told = {"certifier": "Certificateur Exemple", "public_address": "https://reseau.exemple.fr", "category": "vae"}
    with closing(open_store(kept, create=False, password=os.environ.get("RESEAU28_NEO4J_PASSWORD"))) as store:
        network = Network(store, ADMIN)
        before = network.read(provider.load)
        provider.save(network, told)
        after = network.read(provider.load)
        assert verify(network) == []
    assert after == before.model_copy(update={**told, "category": ProviderCategory.VALIDATION})
    assert before.certifier is None
