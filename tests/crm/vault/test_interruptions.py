"""A deposit killed at any moment, or on a full disk, loses nothing and leaves nothing that is not found.

``RESEAU28_TEST_KILLS`` sets how many deposits are killed.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from crm.network import Network
from crm.rights import Actor, Role
from crm.store import open_store
from crm.vault import checking, deposits, readings
from crm.vault.place import beside
from crm.verify import verify

KILLS = int(os.environ.get("RESEAU28_TEST_KILLS", "5"))
ADMIN = Actor("C. Exemple", Role.ADMIN)
SCRIPT = """
import sys
from datetime import date
from io import BytesIO
from itertools import count
from crm.network import Network
from crm.rights import Actor, Role
from crm.store import open_store
from crm.vault import deposits
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
network = Network(open_store(sys.argv[1]), Actor("C. Exemple", Role.ADMIN))
said = Description(("org-1",), EvidenceKind.OTHER, date(2026, 1, 5))
for number in count():
    content = b"%PDF-" + str((sys.argv[2], number)).encode() + bytes(2_000_000)
    print(deposits.deposit(network, BytesIO(content), f"{number}.pdf", said).value.id, flush=True)
"""
TOGETHER = """
import sys
from datetime import date
from io import BytesIO
from crm.network import Network
from crm.rights import Actor, Role
from crm.store import open_store
from crm.vault import deposits
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
network = Network(open_store(sys.argv[1]), Actor("C. Exemple", Role.ADMIN))
said = Description(("org-1",), EvidenceKind.OTHER, date(2026, 1, 5))
for number in range(8):
    id = deposits.deposit(network, BytesIO(b"%PDF- le meme " + bytes([number % 2])), "note.pdf", said).value.id
    if number % 2:
        deposits.destroy(network, id, "essai")
"""
FULL = """
import resource, sys
from datetime import date
from io import BytesIO
from crm.errors import StoreError
from crm.network import Network
from crm.rights import Actor, Role
from crm.store import open_store
from crm.vault import deposits
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
network = Network(open_store(sys.argv[1]), Actor("C. Exemple", Role.ADMIN))
resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))
try:
    said = Description(("org-1",), EvidenceKind.OTHER, date(2026, 1, 5))
    deposits.deposit(network, BytesIO(b"%PDF-" + bytes(5 << 20)), "grand.pdf", said)
except StoreError as error:
    print(error)
"""


@contextmanager
def opened(path: Path) -> Iterator[Network]:
    with closing(open_store(str(path))) as store:
        yield Network(store, ADMIN)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A network with one partner."""
    path = tmp_path / "réseau.db"
    with opened(path) as network:
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    return path


def test_killed_deposits_lose_nothing_and_what_they_leave_is_found(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, told = random.Random(28), set[str]()
    for turn in range(KILLS):
        command = [sys.executable, "-c", SCRIPT, str(file), str(turn)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as child:
            assert child.stdout is not None
            told.add(child.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.2))
            child.kill()
            told.update(line.strip() for line in child.stdout if line.endswith("\n"))
    with opened(file) as network:
        assert verify(network) == []
        proofs = {each.id for each in readings.listing(network).value}
        assert told <= proofs
        monkeypatch.setattr(checking, "UNDERWAY", -1.0)
        left = {fault.where for fault in verify(network) if fault.code == "file_orphan"}
        assert len(left) == len({*beside(file).glob("files/*/*")}) - len(proofs)
        assert {*deposits.destroy_orphans(network).value} == left
        assert verify(network) == []
        assert list(beside(file).glob(".reseau28-*")) == []


def test_deposits_and_destructions_of_one_content_at_once_never_cross(file: Path) -> None:
    children = [subprocess.Popen([sys.executable, "-c", TOGETHER, str(file)], cwd=Path.cwd()) for _ in range(3)]
    assert [child.wait(120) for child in children] == [0, 0, 0]
    with opened(file) as network:
        assert verify(network) == []
        assert readings.count(network).value[:5] == (24, 12, 0, 12, 1)
        acts = Counter(line.act for line in readings.journal(network).value)
        assert (acts["deposit"], acts["destroy"]) == (24, 12)


def test_an_orphan_is_found_and_taken_away(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(file) as network:
        readings.count(network)
        folder = beside(file) / "files" / "ab"
        folder.mkdir(parents=True)
        (folder / ("ab" * 32)).write_bytes(b"x")
        assert verify(network) == []  # perhaps a deposit that goes on
        monkeypatch.setattr(checking, "UNDERWAY", -1.0)
        assert [(fault.code, fault.where) for fault in verify(network)] == [("file_orphan", "ab" * 32)]
        assert deposits.destroy_orphans(network).value == ["ab" * 32]
        assert verify(network) == []


@pytest.mark.skipif(os.name != "posix", reason="needs the limits of Unix processes")
def test_a_disk_that_fills_up_in_the_middle_is_told_and_leaves_nothing(file: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "fichier trop grand" in done.stdout
    with opened(file) as network:
        assert network.read(lambda tx: tx.count("Evidence")) == 0
        assert verify(network) == []
    assert [path.name for path in beside(file).rglob("*") if path.is_file()] == ["vault.json", "vault.lock"]
