"""What an undo leaves can be undone later, an undone undo is none, and a run that is undone stops. On each store."""

import threading
from pathlib import Path

import pytest

from crm.errors import ConflictError, InputError
from crm.ledger.imports import ImportRun, imports
from crm.ledger.undo import undo, undo_commit
from crm.ledger.verify import verify
from crm.network import Network
from crm.store.protocol import Query
from importers import run
from importers.batches import COMMIT_CHANGES
from tests.contract.conftest import store as store
from tests.importers.files import annuaire_row, siret, write_annuaire, write_csv


def sheet(tmp_path: Path, name: str, phone: str, *more: str) -> Path:
    """A list of one partner, with columns that the next list changes."""
    lines = [f"Exemple A;{siret(1)};62300;Lens;{phone}", *more]
    return write_csv(tmp_path / name, "\n".join(["Structure;SIRET;Code postal;Ville;Téléphone", *lines, ""]))


def found(network: Network, run_id: str | None) -> ImportRun:
    """The import of that id."""
    return next(each for each in imports(network) if each.id == run_id)


def partners(network: Network) -> list[str]:
    """The names of the partners."""
    return [str(r.values["name"]) for r in network.read(lambda tx: tx.find(Query("Organisation")).items)]


def test_after_two_stacked_imports_what_stays_can_be_undone(either: Network, tmp_path: Path) -> None:
    first = run(either, [sheet(tmp_path, "un.csv", "")]).run
    second = run(either, [sheet(tmp_path, "deux.csv", "03 21 00 00 00")]).run
    assert first is not None
    assert second is not None
    assert [kept.reason for kept in undo(either, first).kept] == ["modifiée depuis"]
    assert found(either, first).state in ("annulé en partie", "terminé")
    undo(either, second)
    assert found(either, second).state == "annulé"
    assert partners(either) == ["Exemple A"]
    assert undo(either, first).kept == []
    assert partners(either) == []
    assert found(either, first).state == "annulé"
    with pytest.raises(InputError, match="déjà été annulé"):
        undo(either, first)
    assert verify(either) == []


def test_an_undone_undo_leaves_the_import_as_it_was(either: Network, tmp_path: Path) -> None:
    done = run(either, [sheet(tmp_path, "un.csv", "", f"Exemple B;{siret(2)};62400;Béthune;")]).run
    assert done is not None
    undo(either, done)
    assert (found(either, done).state, partners(either)) == ("annulé", [])
    undo(either, f"undo-{done}")
    assert (found(either, done).state, partners(either)) == ("terminé", ["Exemple A", "Exemple B"])
    assert run(either, [tmp_path / "un.csv"]).run is None
    undo(either, done)
    assert (found(either, done).state, partners(either)) == ("annulé", [])
    (newest,) = either.read(lambda tx: tx.commits(limit=1, newest_first=True))
    undo_commit(either, newest)  # as the arrow of the canvas does
    assert found(either, done).state == "terminé"


def test_an_undo_stops_the_run_and_takes_all_of_it_back(either: Network, tmp_path: Path) -> None:
    file = write_annuaire(tmp_path / "annuaire.csv", [annuaire_row(n) for n in range(COMMIT_CHANGES + 50)])
    begun, undone = threading.Event(), threading.Event()
    trouble: list[BaseException] = []

    def wait(_file: str, _rows: int, _done: int, _total: int, *_more: object) -> None:
        begun.set()
        undone.wait(60)

    def work() -> None:
        try:
            run(either, [file], progress=lambda *_: wait("", 0, 0, 0))
        except ConflictError as error:
            trouble.append(error)

    importing = threading.Thread(target=work)
    importing.start()
    assert begun.wait(60)
    (cut,) = imports(either)
    assert cut.state == "inachevé"
    undo(either, cut.id)
    undone.set()
    importing.join(120)
    assert [error.code for error in trouble if isinstance(error, ConflictError)] == ["undone"]
    assert partners(either) == []
    assert found(either, cut.id).state == "annulé"
    assert run(either, [file]).created == COMMIT_CHANGES + 50  # it may be imported anew
