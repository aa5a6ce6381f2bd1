"""An import killed at any moment leaves whole commits only, and the next one completes it.

``RESEAU28_TEST_KILLS`` sets how many times it is killed.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from crm.ledger.imports import imports
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from importers import run
from importers.batches import COMMIT_CHANGES
from tests.importers.files import annuaire_row, write_annuaire

ROWS = 20_000
KILLS = int(os.environ.get("RESEAU28_TEST_KILLS", "5"))
SCRIPT = """
import sys
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from importers import run
print("ready", flush=True)
run(Network(open_store(sys.argv[1]), Actor("C. Exemple", Role.ADMIN)), [sys.argv[2]])
"""


def kill_during_import(store: Path, file: Path, after: float) -> bool:
    """Import in another process, SIGKILL it ``after`` seconds; whether it was still at work."""
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(store), str(file)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(after)
        child.kill()
    return child.returncode != 0


def test_a_killed_import_holds_whole_commits_and_is_completed(tmp_path: Path) -> None:
    file = write_annuaire(tmp_path / "annuaire.csv", [annuaire_row(n) for n in range(ROWS)])
    chance, cut, stores = random.Random(28), 0, 1
    for _ in range(KILLS):
        store = tmp_path / f"{stores}.db"
        killed = kill_during_import(store, file, chance.uniform(0.1, 2.5))
        with opened(store) as network:
            count = network.read(lambda tx: tx.count("Organisation"))
            assert count % COMMIT_CHANGES == 0
            assert verify(network) == []
        cut += killed
        stores += not killed  # it was faster than we: the next one starts from nothing
    assert cut
    with opened(tmp_path / f"{stores}.db") as network:
        run(network, [file])
        assert network.read(lambda tx: tx.count("Organisation")) == ROWS
        assert verify(network) == []
        assert [(found.finished, found.created) for found in imports(network)] == [(True, ROWS)]
        assert run(network, [file]).run is None


@contextmanager
def opened(path: Path) -> Iterator[Network]:
    """The network in a file, as an administrator works on it."""
    with closing(open_store(str(path))) as store:
        yield Network(store, Actor("C. Exemple", Role.ADMIN))
