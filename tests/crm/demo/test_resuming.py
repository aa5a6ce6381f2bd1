"""A demonstration that was killed half-way goes on as what it was, and gives the same records."""

import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from crm.demo import Size, fill
from crm.errors import InputError
from crm.ledger.verify import verify
from crm.network import Network
from crm.records import organisations
from crm.store import open_store
from graph_schema.records import DATASET
from tests.crm.conftest import ADMIN

ON = date(2026, 11, 18)
SCRIPT = """
import sys
from datetime import date
from crm.demo import Size, fill
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
fill(Network(open_store(sys.argv[1]), Actor("C. Exemple", Role.ADMIN)), Size.S, 7, date(2026, 11, 18))
"""


def killed(path: Path) -> None:
    """Begin to fill a store in another process and kill it on the way."""
    child = subprocess.Popen([sys.executable, "-c", SCRIPT, str(path)])
    with closing(open_store(str(path))) as store:
        deadline = time.monotonic() + 120
        while store.read(lambda tx: tx.head().number) < 20 and time.monotonic() < deadline:
            time.sleep(0.005)
    child.kill()
    child.wait()


def told(network: Network) -> list[object]:
    """All that a network says, but for what chance gives: salts, tokens and its own identity."""
    commits = network.read(lambda tx: tx.commits(limit=10_000))
    records = network.read(lambda tx: sorted(tx.records(), key=lambda record: record.id))
    said = [{**c.detail, DATASET: DATASET in c.detail} for c in commits]
    return [[(c.at, c.by, c.reason, c.changes, d) for c, d in zip(commits, said, strict=True)], records]


def test_it_goes_on_with_the_size_seed_and_day_of_the_beginning(tmp_path: Path) -> None:
    path = tmp_path / "réseau.db"
    killed(path)
    with closing(open_store(str(path))) as store, closing(open_store(str(tmp_path / "entier.db"))) as other:
        cut, whole = Network(store, ADMIN), Network(other, ADMIN)
        begun = cut.read(lambda tx: tx.head().number)
        assert begun >= 20
        with pytest.raises(InputError, match="graine 7"):
            fill(cut, seed=8)
        steps: list[int] = []
        assert fill(cut, progress=lambda done, _: steps.append(done))[:3] == (Size.S, 7, ON)
        fill(whole, Size.S, 7, ON)
        assert told(cut) == told(whole)
        assert verify(cut) == []
        assert steps == sorted(steps)
        with pytest.raises(InputError, match="contient déjà"):
            fill(cut)


def test_what_someone_has_begun_to_work_on_is_not_filled_any_more(tmp_path: Path) -> None:
    path = tmp_path / "réseau.db"
    killed(path)
    with closing(open_store(str(path))) as store:
        network = Network(store, ADMIN)
        organisations.create(network, {"name": "Garage Exemple"})
        with pytest.raises(InputError, match="contient déjà"):
            fill(network)
