"""The same data give one text: whatever the seed of Python's hashes, and whichever store they are in."""

import json
import os
import subprocess
import sys
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from crm.demo import fill
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.neo4j_server.fixtures import Neo4jAddress
from tests.ui.cli.documents import ON, invocations
from tests.ui.cli.invocation import Reseau28

ROOT = Path(__file__).parents[3]
SEEDS = ("0", "1", "2", "28", "1000", "4294967295")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, size S."""
    file = tmp_path_factory.mktemp("demonstration") / "demo.db"
    store = open_store(str(file))
    fill(Network(store, Actor("Essai", Role.ADMIN)), on=date.fromisoformat(ON))
    store.close()
    return file


def written(seed: str, store: str) -> dict[str, str]:
    """What every command writes about a store, in a process whose hashes have that seed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.cli.documents", store], capture_output=True, encoding="utf-8",
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """What is not one text."""
    return [words for words in {**one, **other} if one.get(words) != other.get(words)]


def parted(one: dict[str, str], other: dict[str, str], words: str) -> list[str]:
    """Where two texts part first."""
    first, second = (each.get(words, "").splitlines() for each in (one, other))
    return list(unified_diff(first, second, n=0))[:20]


def test_every_command_that_reads_is_tried() -> None:
    tried = {name for name, _ in invocations()}
    assert {"strength", "resilience", "coverage", "compare", "export", "history", "verify", "store info"} <= tried


@pytest.mark.timeout(600)
def test_every_document_is_one_text_whatever_the_seed_of_hashes(demonstration: Path) -> None:
    first = written(SEEDS[0], str(demonstration))
    assert len(first) > 60
    for seed in SEEDS[1:]:
        assert (seed, differing(first, written(seed, str(demonstration)))) == (seed, [])


@pytest.mark.neo4j
@pytest.mark.timeout(600)
def test_every_document_is_one_text_on_both_stores(
    reseau28: Reseau28, demonstration: Path, empty_neo4j: Neo4jAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESEAU28_NEO4J_PASSWORD", empty_neo4j.password)
    assert reseau28("store", "copy", demonstration, empty_neo4j.written).status == 0
    here = written(SEEDS[0], str(demonstration))
    for seed in SEEDS[1::2]:
        there = written(seed, empty_neo4j.written)
        shared = [words for words in differing(here, there) if not words.startswith("store: ")]
        assert shared == [], parted(here, there, shared[0])
