"""The imports of a network are what the journal says of them."""

from crm.ledger.imports import imports, same_files
from crm.ledger.undo import undo
from crm.network import Network
from crm.network.rights import Right


def _commit(network: Network, run: str, file: str, name: str, **detail: str | int | bool) -> None:
    network.commit(
        "Import", lambda unit: unit.create("Organisation", {"name": name}) if name else None,
        source=f"import:{file}", run=run, detail=detail, right=Right.IMPORT, mark=True,
    )  # fmt: skip


def test_a_run_gathers_its_commits_newest_run_first(network: Network) -> None:
    _commit(network, "r1", "a.csv", "Exemple A", digest="d1", created=1, updated=0)
    network.commit("Ajout", lambda unit: unit.create("Organisation", {"name": "À la main"}))
    _commit(network, "r2", "c.csv", "Exemple C", digest="d2", created=1)
    _commit(network, "r1", "b.csv", "Exemple B", digest="d1", created=1, updated=2)
    _commit(network, "r1", "b.csv", "", digest="d1", finished=True)
    second, first = imports(network)
    assert (first.id, first.files, first.commits, first.changes) == ("r1", ("a.csv", "b.csv"), 3, 2)
    assert (first.created, first.updated, first.finished, first.undone) == (2, 2, True, False)
    assert (second.id, second.finished, second.author) == ("r2", False, network.actor.name)
    assert first.started < first.ended


def test_an_import_that_was_taken_back_is_no_longer_the_one_to_go_on_with(network: Network) -> None:
    _commit(network, "r1", "a.csv", "Exemple A", digest="d1")
    assert network.read(lambda tx: same_files(tx, "other")) is None
    known = network.read(lambda tx: same_files(tx, "d1"))
    assert known is not None
    assert known.id == "r1"
    undo(network, "r1")
    assert imports(network)[0].undone
    assert network.read(lambda tx: same_files(tx, "d1")) is None
