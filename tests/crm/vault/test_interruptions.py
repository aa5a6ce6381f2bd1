"""A deposit killed at any moment, or on a full disk, loses nothing and leaves nothing that is not found.

``RESEAU28_KILLS`` sets how many are killed (``make kills``: 50, and five on a bucket), ``RESEAU28_SEED`` when.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from crm.files import private
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.vault import checking, deposits, readings
from crm.vault.deposits import Description
from crm.vault.place import beside, vault_of
from graph_schema.evidence import EvidenceKind
from tests.crm.upkeep.test_backup import OnServer

KILLS, SEED = int(os.environ.get("RESEAU28_KILLS", "4")), int(os.environ.get("RESEAU28_SEED", "28"))
ADMIN = Actor("C. Exemple", Role.ADMIN)
BEGINNING = """
import sys
from datetime import date
from io import BytesIO
from itertools import count
from crm.errors import StoreError
from crm.vault import deposits, readings
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
from tests.crm.vault.test_interruptions import opened
from pathlib import Path
said = Description(("org-1",), EvidenceKind.OTHER, date(2026, 1, 5))
with opened(Path(sys.argv[1]), sys.argv[2]) as network:
"""
ONE_AFTER_THE_OTHER = """
    for number in count():
        content = b"%PDF-" + str((sys.argv[3], number)).encode() + bytes(2_000_000)
        print(deposits.deposit(network, BytesIO(content), f"{number}.pdf", said).value.id, flush=True)
"""
TOGETHER = """
    for number in range(8):
        id = deposits.deposit(network, BytesIO(b"%PDF- le meme " + bytes([number % 2])), "note.pdf", said).value.id
        if number % 2:
            deposits.destroy(network, id, "essai")
"""
FULL = """
    import resource
    readings.count(network)
    most, size = int(sys.argv[3]), int(sys.argv[4])
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        deposits.deposit(network, BytesIO(b"%PDF-" + bytes(size)), "grand.pdf", said)
    except StoreError as error:
        print(error)
"""


@contextmanager
def opened(path: Path, vault: str = "") -> Iterator[Network]:
    """The network in ``path``, as if on a server when its vault has an address."""
    with closing(open_store(str(path))) as store:
        network = Network(store, ADMIN)
        yield Network(OnServer(network), ADMIN, vault=vault) if vault else network


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A network with one partner."""
    path = tmp_path / "réseau.db"
    with opened(path) as network:
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    return path


def command(script: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", f"{BEGINNING}{script}", *map(str, arguments)]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("medium", ["folder", "bucket"])
def test_killed_deposits_lose_nothing_and_what_they_leave_is_found(
    file: Path, medium: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, kills = "", KILLS
    if medium == "bucket":
        make: Callable[[], str] = request.getfixturevalue("new_bucket")
        vault, kills = f"s3://{make()}/coffre", max(2, KILLS // 10)
    chance, told = random.Random(SEED), set[str]()
    monkeypatch.setenv("TMPDIR", str(file.parent))
    for turn in range(kills):
        running = command(ONE_AFTER_THE_OTHER, file, vault, turn)
        with subprocess.Popen(running, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as child:
            assert child.stdout is not None
            told.add(child.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.2))
            child.kill()
            told.update(line.strip() for line in child.stdout if line.endswith("\n"))
    with opened(file, vault) as network:
        monkeypatch.setattr(checking, "UNDERWAY", float("inf"))  # however long this took
        assert verify(network) == []
        proofs = {each.id for each in readings.listing(network).value}
        assert told <= proofs
        monkeypatch.setattr(checking, "UNDERWAY", -1.0)
        left = {fault.where for fault in verify(network) if fault.code in ("file_orphan", "file_unknown")}
        assert len(left) == len(vault_of(network).entries()) - len(proofs)
        assert {*deposits.destroy_orphans(network, "essai").value.removed} == left
        assert verify(network) == []
        private.sweep(file.parent)
        assert [*file.parent.rglob(".reseau28-*")] == []


def test_deposits_and_destructions_of_one_content_at_once_never_cross(file: Path) -> None:
    children = [subprocess.Popen(command(TOGETHER, file, ""), cwd=Path.cwd()) for _ in range(3)]
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
        assert deposits.destroy_orphans(network).value == (["ab" * 32], [])
        assert verify(network) == []


@pytest.mark.skipif(os.name != "posix", reason="needs the limits of Unix processes")
@pytest.mark.parametrize("place", ["content", "access log", "store", "copy for a bucket"])
def test_a_disk_that_fills_up_in_the_middle_is_told_and_leaves_nothing(
    file: Path, place: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file of the process may grow beyond a size, as on a disk that is full from there on."""
    vault, most, size = "", 3 << 20, 5 << 20
    if place == "copy for a bucket":
        make: Callable[[], str] = request.getfixturevalue("new_bucket")
        vault = f"s3://{make()}"
    elif place != "content":
        most, size = 4096, 100
    if place == "access log":
        with opened(file) as network:
            while readings.count(network).attestation.number < 20:
                pass
    monkeypatch.setenv("TMPDIR", str(file.parent))
    running = command(FULL, file, vault, most, size)
    done = subprocess.run(running, capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert done.returncode == 0, done.stderr
    assert any(word in done.stdout for word in ("fichier trop grand", "disque", "plein")), done.stdout
    with opened(file, vault) as network:
        assert network.read(lambda tx: tx.count("Evidence")) == 0
        assert verify(network) == []
        assert vault_of(network).entries() == {}
    assert [*file.parent.rglob(".reseau28-*")] == []


KILLED_ONCE_ATTESTED = """
    import os, signal
    def attest(*given, **more):
        before(*given, **more)
        os.kill(os.getpid(), signal.SIGKILL)
    before, deposits.attest = deposits.attest, attest
    if sys.argv[3]:
        deposits.revise(network, sys.argv[3], BytesIO(b"%PDF-2"), "note.pdf")
    else:
        deposits.deposit(network, BytesIO(b"%PDF-2"), "note.pdf", said)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs the signals of Unix processes")
@pytest.mark.parametrize("revised", [False, True])
def test_a_deposit_killed_after_its_line_is_said_to_have_no_proof(
    file: Path, revised: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Description(("org-1",), EvidenceKind.OTHER, date(2026, 1, 5))
    with opened(file) as network:
        whole = deposits.deposit(network, BytesIO(b"%PDF-1"), "note.pdf", said).value.id
        declared = deposits.declare(network, "https://exemple.invalid/affiche", said).value.id
        gone = deposits.deposit(network, BytesIO(b"%PDF-0"), "note.pdf", said).value.id
        deposits.revise(network, gone, BytesIO(b"%PDF-00"), "note.pdf")
        network.commit("Essai", lambda unit: unit.delete([gone]))
    done = subprocess.run(
        command(KILLED_ONCE_ATTESTED, file, "", whole if revised else ""), cwd=Path.cwd(), check=False
    )
    assert done.returncode == -signal.SIGKILL
    with opened(file) as network:
        lines = readings.journal(network).value
        assert readings.without_proof(network, lines) == set()  # it may be under way
        monkeypatch.setattr(checking, "UNDERWAY", -1.0)
        (killed,) = (each for each in lines if each.number in readings.without_proof(network, lines))
        assert (killed.act, killed.about == whole) == ("deposit", revised)
        assert {each.about for each in lines if each.act == "deposit"} >= {whole, declared, gone}
        (fault,) = verify(network)
        assert (fault.code, fault.where, "interrompu" in fault.message) == ("file_unknown", killed.sha256, True)
        deposits.destroy_orphans(network, "Dépôt interrompu")
        assert verify(network) == []
