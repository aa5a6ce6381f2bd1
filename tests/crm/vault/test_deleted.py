"""A deleted proof may come back: its file is kept, checked and destroyed like any other."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crm.errors import InputError, NotFound
from crm.ledger.undo import undo_commit
from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from crm.vault import checking, deposits, readings
from crm.vault.checking import faults
from crm.vault.place import beside
from graph_schema.evidence import Standing
from graph_schema.records import Commit
from tests.crm.conftest import ADMIN
from tests.crm.vault.conftest import PDF, name_of, put, raw

KILLED = """
import os, signal, sys
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.vault import deposits, files
left = int(sys.argv[3])
def then_killed(call):
    def step(*given, **more):
        global left
        done = call(*given, **more)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return step
deposits.attest = then_killed(deposits.attest)
Network.commit = then_killed(Network.commit)
files.Vault.remove = then_killed(files.Vault.remove)
deposits.destroy(Network(open_store(sys.argv[1]), Actor("C. Exemple", Role.ADMIN)), sys.argv[2], "Durée dépassée")
"""


def delete(network: Network, id: str) -> Commit:
    done = network.commit("Essai", lambda unit: unit.delete([id])).commit
    assert done is not None
    return done


def codes(network: Network, contents: bool = True) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in faults(network, contents=contents)]


def test_the_file_of_a_deleted_proof_is_still_checked(kept: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "UNDERWAY", -1.0)
    id = put(kept)
    name = name_of(kept, id)
    delete(kept, id)
    assert faults(kept) == []
    assert deposits.destroy_orphans(kept).value == ([], [])
    raw(kept)[name] = PDF.replace(b"7", b"8")
    assert codes(kept) == [("file_altered", id)]
    assert "(supprimée, et qui peut revenir)" in faults(kept)[0].message
    del raw(kept)[name]
    assert codes(kept) == codes(kept, contents=False) == [("file_missing", id)]


def test_what_a_deleted_proof_keeps_is_not_taken_with_another(kept: Network) -> None:
    id, other = put(kept), put(kept, PDF, "Copie.pdf", "org-2")
    name, gone = name_of(kept, id), delete(kept, id)
    assert deposits.destroy(kept, other, "Durée dépassée").value.removed == []
    assert name in raw(kept)
    undo_commit(kept, gone)
    with readings.read(kept, id) as (_, stream, _):
        assert stream.read() == PDF


def test_a_deleted_proof_is_destroyed_and_comes_back_without_its_file(kept: Network) -> None:
    id = put(kept)
    name, gone = name_of(kept, id), delete(kept, id)
    assert len(deposits.destroy(kept, id, "Demande de la personne").value.removed) == 1
    assert name not in raw(kept)
    assert kept.read(lambda tx: tx.get([id])) == {}
    assert verify(kept) == []
    before = kept.read(lambda tx: tx.head())
    with pytest.raises(InputError, match="déjà détruit"):
        deposits.destroy(kept, id, "Encore")
    assert kept.read(lambda tx: tx.head()) == before
    undo_commit(kept, gone)
    found = readings.metadata(kept, id).value
    assert (found.standing, [each.id for each in found.about]) == (Standing.DESTROYED, ["org-1"])
    assert verify(kept) == []


def test_what_was_destroyed_says_when_by_whom_and_why(kept: Network) -> None:
    id = put(kept)
    deposits.destroy(kept, id, "Durée dépassée")
    assert readings.metadata(kept, id).value.destruction == ("20/11/2026 à 10:00", "C. Exemple", "Durée dépassée")
    words = "a été détruit le 20/11/2026 à 10:00 par C. Exemple : Durée dépassée."
    with pytest.raises(NotFound, match=words), readings.read(kept, id):
        pass
    undo_commit(kept, delete(kept, id))
    destruction = readings.metadata(kept, id).value.destruction
    assert destruction is not None
    assert destruction.why == "Durée dépassée"


@pytest.mark.skipif(os.name != "posix", reason="needs the signals of Unix processes")
@pytest.mark.parametrize("deleted", [False, True])
@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_destruction_killed_after_any_step_leaves_no_lie(tmp_path: Path, deleted: bool, step: int) -> None:
    path = tmp_path / "réseau.db"
    with closing(open_store(str(path))) as store:
        network = Network(store, ADMIN)
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
        id = put(network)
        if deleted:
            delete(network, id)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), id, str(step)], cwd=Path.cwd(), check=False)
    assert done.returncode == (-signal.SIGKILL if step < 4 else 0)
    with closing(open_store(str(path))) as store:
        network = Network(store, ADMIN)
        left = [fault.code for fault in verify(network)]
        assert (id in network.read(lambda tx: tx.get([id]))) is not deleted, "it is never seen to be back"
        here = bool(list(beside(path).glob("files/*/*")))
        said = step > 1
        assert left == (["file_undestroyed"] if said and here else [])
        if here:
            deposits.destroy(network, id, "Durée dépassée")
        assert (verify(network), list(beside(path).glob("files/*/*"))) == ([], [])
