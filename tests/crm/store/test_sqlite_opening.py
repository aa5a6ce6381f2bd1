"""What may be opened, what becomes a store, and what is refused with which words."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crm.errors import InputError, StoreBusy, StoreError, StoreUnavailable, StoreVersion
from crm.store import open_store
from crm.store.sqlite import open_sqlite
from graph_schema.migrations import SCHEMA_VERSION
from tests.contract.samples import organisation, save


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store that holds one organisation, closed."""
    path = tmp_path / "réseau n°1 #?%20.db"
    with closing(open_store(str(path))) as store:
        save(store, organisation("o1", "Lens"))
    return path


def test_a_closed_store_is_one_file_that_opens_again(file: Path) -> None:
    assert [p.name for p in file.parent.iterdir()] == [file.name]
    with closing(open_store(str(file), create=False)) as store:
        assert store.read(lambda tx: tx.info())[:4] == (
            "sqlite",
            str(file),
            store.read(lambda tx: tx.dataset()),
            SCHEMA_VERSION,
        )
        assert store.read(lambda tx: tx.count("Organisation")) == 1


def test_each_store_has_an_identity_of_its_own(tmp_path: Path) -> None:
    identities = set()
    for name in ("a.db", "b.db"):
        with closing(open_store(str(tmp_path / name))) as store:
            identities.add(store.read(lambda tx: tx.dataset()))
    assert len(identities) == 2


def test_an_empty_file_becomes_a_store_only_when_one_may_be_made(tmp_path: Path) -> None:
    path = tmp_path / "vide.db"
    path.touch()
    with pytest.raises(StoreError, match="est vide"):
        open_store(str(path), create=False)
    with closing(open_store(str(path))) as store:
        assert store.read(lambda tx: tx.info().nodes) == 0


def test_a_missing_file_is_not_made_unasked(tmp_path: Path) -> None:
    for create, read_only in ((False, False), (True, True)):
        with pytest.raises(StoreError, match="n'existe pas"):
            open_store(str(tmp_path / "absent.db"), create=create, read_only=read_only)
    assert list(tmp_path.iterdir()) == []


def truncate(file: Path) -> None:
    """Keep the first half of the file only."""
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def scramble(file: Path) -> None:
    """Overwrite all but the first page."""
    data = file.read_bytes()
    file.write_bytes(data[:8192] + b"\xa5" * (len(data) - 8192))


def rewrite(content: bytes) -> Callable[[Path], None]:
    """Put something else in the file's place."""
    return lambda file: (file.write_bytes(content), None)[1]


def foreign(file: Path) -> None:
    """Another program's SQLite file."""
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE node (id)")
        db.commit()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (truncate, "incomplet ou abîmé"),
        (lambda file: rewrite(file.read_bytes()[:50])(file), "incomplet ou abîmé"),
        (rewrite(b"nom;ville\nAtelier;Lens\n" * 500), "n'est pas un fichier de données"),
        (rewrite(bytes(range(256)) * 64), "n'est pas un fichier de données"),
        (foreign, "n'est pas un fichier de données"),
    ],
    ids=["half", "fragment", "csv", "binary", "other program"],
)
def test_a_file_that_is_no_whole_store_is_refused_and_left_alone(
    file: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(file)
    content = file.read_bytes()
    with pytest.raises(StoreError, match=words):
        open_store(str(file))
    assert file.read_bytes() == content


def test_damage_further_on_is_told_when_it_is_met(file: Path) -> None:
    scramble(file)
    with pytest.raises(StoreError, match="incomplet ou abîmé"), closing(open_store(str(file))) as store:
        store.read(lambda tx: list(tx.records()))


def test_a_folder_is_not_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="est un dossier"):
        open_store(str(tmp_path))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"Le dossier « .*absent » n'existe pas"):
        open_store(str(tmp_path / "absent" / "a.db"))


@pytest.mark.parametrize("address", ["", "  ", "http://exemple.fr/a.db", "sqlite:///a.db", "mysql://x"])
def test_an_address_that_no_store_understands_is_an_input_error(address: str) -> None:
    with pytest.raises(InputError):
        open_store(address)


def set_version(file: Path, version: int) -> None:
    """Pretend that another version of the software wrote the file."""
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA user_version = {version}")


def test_newer_data_are_refused_even_for_migration(file: Path) -> None:
    set_version(file, SCHEMA_VERSION + 1)
    for any_version in (False, True):
        with pytest.raises(StoreVersion, match="mettez le logiciel à jour"):
            open_store(str(file), any_version=any_version)


def test_older_data_open_for_migration_only(file: Path) -> None:
    set_version(file, SCHEMA_VERSION - 1)
    with pytest.raises(StoreVersion, match=r"reseau28 --store .* migrate"):
        open_store(str(file))
    with closing(open_store(str(file), any_version=True)) as store:
        assert store.read(lambda tx: tx.info().schema_version) == SCHEMA_VERSION - 1
        store.write(lambda tx: tx.set_schema_version(SCHEMA_VERSION))
    with closing(open_store(str(file))) as store:
        assert store.read(lambda tx: tx.count("Organisation")) == 1


def test_a_store_opened_to_be_read_refuses_to_write(file: Path) -> None:
    with closing(open_store(str(file), read_only=True)) as store:
        assert store.read(lambda tx: tx.count("Organisation")) == 1
        with pytest.raises(StoreError, match="lecture seule"):
            save(store, organisation("o2"))


def test_a_writer_kept_waiting_too_long_says_so(file: Path) -> None:
    with closing(open_sqlite(file, patience=0.05)) as store, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="occupé"):
            save(store, organisation("o2"))
        assert store.read(lambda tx: tx.count("Organisation")) == 1
        other.rollback()
        save(store, organisation("o2"))


def test_a_full_disk_is_told_and_nothing_is_written(file: Path) -> None:
    with closing(open_sqlite(file)) as store:
        with store.connection() as db:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StoreError, match="est plein") as refused:
            save(store, *(organisation(f"n{n}", note="x" * 10_000) for n in range(50)))
        assert refused.value.code == "full"
        assert store.read(lambda tx: tx.count("Organisation")) == 1


def test_a_closed_store_is_used_no_more(file: Path) -> None:
    store = open_store(str(file))
    store.close()
    with pytest.raises(RuntimeError):
        store.read(lambda tx: tx.head())


def test_a_file_taken_away_while_open_is_told_and_goes_on_once_back(file: Path) -> None:
    with closing(open_store(str(file))) as store:
        away = file.rename(file.with_name("ailleurs.db"))
        with pytest.raises(StoreUnavailable, match="déplacé"):
            save(store, organisation("o2", "Arras"))
        file.write_bytes(away.read_bytes())  # another file of that name
        with pytest.raises(StoreUnavailable, match="remplacé"):
            store.read(lambda tx: tx.get(["o1"]))
        away.replace(file)
        save(store, organisation("o2", "Arras"))
        assert store.read(lambda tx: tx.get(["o1", "o2"])).keys() == {"o1", "o2"}
