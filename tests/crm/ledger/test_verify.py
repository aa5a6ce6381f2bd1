"""Whatever is altered outside of the journal is found, and named."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path

import orjson
import pytest

from crm.faults import Fault
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.work import UnitOfWork
from crm.store.journal import header
from crm.store.sqlite.inspection import FileInspection


@pytest.fixture
def lived(network: Network) -> Network:
    """A network with a little past: a garage that changed its name, and a partner deleted."""
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Atelier Modèle"}, id="org-2"))
    network.commit("Lien", lambda unit: unit.connect("WorksWith", "org-1", "org-2", id="link-1"))
    network.commit("Retouche", lambda unit: unit.update("org-1", {"name": "Garage Imaginaire"}))
    network.commit("Suppression", lambda unit: unit.delete(["org-2"]))
    return network


def test_an_untouched_network_has_no_fault(lived: Network) -> None:
    assert verify(lived) == []


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE node SET body = replace(body, 'Imaginaire', 'Falsifié')", "record_altered"),
        ("UPDATE node SET revision = 7", "record_altered"),
        ("DELETE FROM node", "record_missing"),
        ("INSERT INTO node (id, type, revision, caption, body) VALUES ('x', 'Person', 1, '', '{}')", "unjournalled"),
        ("UPDATE change SET after = replace(after, 'Garage Fictif', 'Autre') WHERE number = 1", "change_altered"),
        ("DELETE FROM change WHERE number = 2", "changes_missing"),
        ("UPDATE commits SET author = 'M. Fictif' WHERE number = 3", "commit_altered"),
        ("UPDATE commits SET at = '2020-01-01T00:00:00+00:00' WHERE number = 1", "commit_altered"),
        ("DELETE FROM change WHERE number = 3; DELETE FROM commits WHERE number = 3", "commit_missing"),
        ("DELETE FROM change WHERE number = 5; DELETE FROM commits WHERE number = 5", "record_missing"),
    ],
)
def test_what_was_altered_is_named(lived: Network, tmp_path: Path, sql: str, code: str) -> None:
    with sqlite3.connect(tmp_path / "reseau28.db") as database:
        database.executescript(f"PRAGMA foreign_keys = OFF; {sql}")
    database.close()
    assert code in {fault.code for fault in verify(lived)}


def test_a_commit_that_was_made_anew_without_an_instant_is_named(lived: Network, tmp_path: Path) -> None:
    *_, newest = lived.store.read(lambda tx: list(tx.commit_texts()))
    changes = lived.store.read(lambda tx: [str(each.digest) for each in tx.change_texts() if each.number == newest[0]])
    content = orjson.dumps(header(newest._replace(at="hier"))) + "".join(changes).encode()
    with closing(sqlite3.connect(tmp_path / "reseau28.db", isolation_level=None)) as database:
        database.execute(
            "UPDATE commits SET at = 'hier', digest = ? WHERE number = ?", (sha256(content).hexdigest(), newest[0])
        )
    (fault,) = verify(lived)
    assert (fault.code, fault.where) == ("commit_altered", str(newest.number))
    assert "il ne dit pas à quel instant il fut écrit" in fault.message


@pytest.mark.parametrize("value", ["7", "7.5", "'texte'"])
@pytest.mark.parametrize("cell", ["data SET block", "idx SET segid", "idx SET term", "idx SET pgno", "content SET c0"])
def test_a_search_index_of_other_values_is_a_fault_of_the_search(
    lived: Network, tmp_path: Path, cell: str, value: str
) -> None:
    key = "segid" if cell.startswith("idx") else "id"
    newest = f"{key} = (SELECT max({key}) FROM search_{cell.split()[0]})"
    with closing(sqlite3.connect(tmp_path / "reseau28.db", isolation_level=None)) as database:
        database.execute(f"UPDATE search_{cell} = {value} WHERE {newest}")
    assert {fault.code for fault in verify(lived)} == {"search"}


@pytest.mark.parametrize("value", ["NULL", "block + 1", "x''", "x'07'", "CAST(block AS TEXT)"])
def test_a_page_of_the_search_index_that_is_none_is_a_fault_of_the_search(
    lived: Network, tmp_path: Path, value: str
) -> None:
    with closing(sqlite3.connect(tmp_path / "reseau28.db", isolation_level=None)) as database:
        database.execute(f"UPDATE search_data SET block = {value} WHERE id = (SELECT max(id) FROM search_data)")
    assert {fault.code for fault in verify(lived)} == {"search"}


def test_what_stops_a_verification_halfway_is_a_fault(lived: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the others: whatever was found until then is told too."""

    def surprised(tx: FileInspection) -> Iterator[Fault]:
        yield Fault("schema", "x", "La table x manque.")
        raise TypeError("cannot convert 'int' object to bytes")

    monkeypatch.setattr(FileInspection, "inspect", surprised)
    assert [fault.code for fault in verify(lived)] == ["schema", "unreadable"]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("CREATE TABLE zz (x)", "La table zz a été ajoutée au fichier."),
        ("CREATE VIEW zz AS SELECT 1", "La vue zz a été ajoutée au fichier."),
        ("CREATE INDEX zz ON node (revision)", "L'index zz a été ajouté au fichier."),
        ("DROP VIEW IF EXISTS zz; ALTER TABLE meta ADD COLUMN zz", "La table meta n'est pas celle de Réseau 28."),
    ],
)
def test_what_is_said_of_an_object_agrees_with_it(lived: Network, tmp_path: Path, made: str, told: str) -> None:
    with closing(sqlite3.connect(tmp_path / "reseau28.db", isolation_level=None)) as database:
        database.executescript(made)
    assert [fault.message for fault in verify(lived)] == [told]


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("trigger", "CREATE TRIGGER other AFTER INSERT ON node BEGIN DELETE FROM link; END"),
        ("view", "CREATE VIEW other AS SELECT 1"),
        ("index", "CREATE INDEX other ON node (revision)"),
        ("table", "CREATE TABLE other(tbl,idx,stat,more)"),
    ],
)
def test_what_bears_the_name_of_statistics_is_none(lived: Network, tmp_path: Path, kind: str, made: str) -> None:
    with closing(sqlite3.connect(tmp_path / "reseau28.db", isolation_level=None)) as database:
        database.execute(made)
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "UPDATE sqlite_schema SET name = 'sqlite_stat1', sql = replace(sql, ' other', ' sqlite_stat1'), "
            "tbl_name = CASE WHEN tbl_name = 'other' THEN 'sqlite_stat1' ELSE tbl_name END WHERE name = 'other'"
        )
    assert [(fault.code, fault.where) for fault in verify(lived)] == [("schema", "sqlite_stat1")], kind


def test_the_statistics_of_sqlite_are_no_fault(lived: Network, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "reseau28.db", isolation_level=None)) as database:
        database.execute("ANALYZE")
    assert verify(lived) == []


def test_an_index_that_is_being_merged_is_no_fault(lived: Network, tmp_path: Path) -> None:
    """What SQLite has merged of a segment so far is gone from it, and still looked up."""

    def work(first: int, unit: UnitOfWork) -> None:
        for n in range(first, first + 900):
            unit.create("Organisation", {"name": f"Garage {n:x} Fictif {n * 7919:x}"})

    for first in (0, 900):
        lived.commit("Import", partial(work, first))
    with closing(sqlite3.connect(tmp_path / "reseau28.db", isolation_level=None)) as database:
        database.execute("INSERT INTO search (search, rank) VALUES ('merge', -4)")
        pages = {(id >> 37, id & 0x7FFFFFFF) for (id,) in database.execute("SELECT id FROM search_data")}
        known = {(segment, page >> 1) for segment, page in database.execute("SELECT segid, pgno FROM search_idx")}
    assert known - pages
    assert verify(lived) == []


def test_progress_goes_from_commit_to_commit_to_the_end(lived: Network) -> None:
    told: list[tuple[int, int]] = []
    verify(lived, lambda done, total: told.append((done, total)))
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert len(set(shares)) > 5
    assert told[-1][0] == told[-1][1]
