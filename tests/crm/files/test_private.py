"""What we write is for its owner alone, and a killed process leaves nothing of it lying about."""

import multiprocessing
import os
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from crm.files import private
from crm.network import Network
from crm.network.rights import Role
from crm.records import organisations
from crm.store import open_store
from crm.store.protocol import Store
from crm.upkeep import backup as backups
from tests.contract.conftest import store as store
from tests.crm.conftest import ADMIN
from ui import accounts
from ui.settings import Settings

SPAWN = multiprocessing.get_context("spawn")
PASSWORD = "un mot de passe d'essai"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs the rights of Unix files")


def back_up_for_ever(path: str, target: str, begun: "multiprocessing.synchronize.Event") -> None:
    """Stop in the middle of a backup."""

    def wait(done: int, total: int) -> None:
        begun.set()
        threading.Event().wait()

    with closing(open_store(path)) as store:
        backups.backup(Network(store, ADMIN), Path(target), wait)


def test_what_a_killed_backup_left_goes_at_the_next_command_and_not_before(tmp_path: Path) -> None:
    path, begun = tmp_path / "réseau.db", SPAWN.Event()
    with closing(open_store(str(path))) as opened:
        organisations.create(Network(opened, ADMIN), {"name": "Garage Exemple"})
    process = SPAWN.Process(target=back_up_for_ever, args=(str(path), str(tmp_path / "copie.db"), begun))
    process.start()
    assert begun.wait(60)
    Settings(str(path)).open().close()
    assert list(tmp_path.glob(".*.part")), "the backup of another process that still runs is left alone"
    process.kill()
    process.join(60)
    (part,) = tmp_path.glob(".*.part")
    assert stat.S_IMODE(part.stat().st_mode) == 0o600
    Settings(str(path)).open().close()
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_part_goes_with_all_that_stands_beside_it(tmp_path: Path) -> None:
    with private.part(tmp_path) as part:
        for end in ("-wal", "-shm", "-journal"):
            part.with_name(part.name + end).touch()
        part.with_name(f"{part.name}.vault").mkdir()
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_is_being_made_is_not_swept_away_as_one_that_was_left(tmp_path: Path) -> None:
    over = threading.Event()

    def sweep_for_ever() -> None:
        while not over.is_set():
            private.sweep(tmp_path)

    sweepers = [threading.Thread(target=sweep_for_ever) for _ in range(2)]
    for sweeper in sweepers:
        sweeper.start()
    try:
        for number in range(400):
            with private.part(tmp_path) as part:
                part.replace(tmp_path / f"{number}.txt")
    finally:
        over.set()
        for sweeper in sweepers:
            sweeper.join()
    assert len(list(tmp_path.iterdir())) == 400


def test_a_backup_is_for_its_owner_alone_wherever_the_network_is(store: Store, tmp_path: Path) -> None:
    network = Network(store, ADMIN)
    organisations.create(network, {"name": "Garage Exemple"})
    before = os.umask(0)
    try:
        backups.backup(network, tmp_path / "copie.db")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "copie.db").stat().st_mode) == 0o600


def test_all_that_the_command_line_writes_is_for_its_owner_alone(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "dehors"
    out.mkdir()
    (out / "liste.csv").write_text("Structure;Ville\nGarage Exemple;Lens\n;Lens\n", encoding="utf-8")
    given = out.stat().st_mode, (out / "liste.csv").stat().st_mode
    commands = (
        ["demo"],
        ["import", str(out / "liste.csv"), "--yes", "--report", str(out / "fautes.csv")],
        ["backup", str(out / "copie.db")],
        ["calls", "--out", str(out / "appels.xlsx")],
        ["--store", str(out / "autre.db"), "restore", str(out / "copie.db"), "--replace"],
        ["account", "add", "C. Exemple", "--role", "lecteur"],
    )
    environment = {**os.environ, "RESEAU28_HOME": str(home)}
    for command in commands:
        subprocess.run(
            [sys.executable, "-c", "import os; os.umask(0); from ui.start import main; main()", *command],
            env=environment, input=f"{PASSWORD}\n", text=True, capture_output=True, check=False,
        )  # fmt: skip
    files = [each for each in (*home.rglob("*"), *out.iterdir()) if each.is_file()]
    written = {each.name: stat.S_IMODE(each.stat().st_mode) for each in files}
    del written["liste.csv"]
    copies = {"copie.db", "copie.db.recu.json", "autre.db"}
    assert {"reseau28.db", "accounts.json", "fautes.csv", "appels.xlsx", *copies} <= written.keys()
    assert set(written.values()) == {0o600}
    assert {stat.S_IMODE(each.stat().st_mode) for each in (home, home / "heads")} == {0o700}
    assert (out.stat().st_mode, (out / "liste.csv").stat().st_mode) == given


def test_the_log_and_index_of_an_open_store_are_too(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(open_store(str(tmp_path / "réseau.db"))) as opened:
            organisations.create(Network(opened, ADMIN), {"name": "Garage Exemple"})
            modes = {each.name.rpartition("-")[2]: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"réseau.db": 0o600, "wal": 0o600, "shm": 0o600, "turn": 0o600}


def add_account(home: str, name: str) -> None:
    """What each of several administrators does."""
    os.environ["RESEAU28_HOME"] = home
    accounts.add(name, Role.READER, PASSWORD)


def test_accounts_added_at_once_are_all_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"Personne Fictive {number}" for number in range(6)]
    adding = [SPAWN.Process(target=add_account, args=(str(tmp_path / "home"), name)) for name in names]
    for process in adding:
        process.start()
    for process in adding:
        process.join(120)
    monkeypatch.setenv("RESEAU28_HOME", str(tmp_path / "home"))
    assert sorted(accounts.accounts()) == names
