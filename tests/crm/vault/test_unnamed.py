"""Files that no proof names: what killed deposits left goes when asked, what was deposited does not by mistake."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from crm.errors import ConflictError
from crm.ledger import verdicts
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.heads import Heads
from crm.store import open_store
from crm.upkeep.doctor import examine
from crm.vault import checking, continuity, deposits, readings
from crm.vault.place import vault_of
from tests.crm.conftest import ADMIN
from tests.crm.vault.conftest import PDF, put, relog


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No deposit goes on."""
    monkeypatch.setattr(checking, "UNDERWAY", -1.0)


@contextmanager
def opened(file: Path, machine: str) -> Iterator[Network]:
    """The network in ``file``, on a machine that remembers what it saw."""
    with closing(open_store(str(file))) as store:
        yield Network(store, ADMIN, heads=Heads(file.parent / machine / "heads", str(file)))


@pytest.fixture
def behind(tmp_path: Path) -> tuple[Path, str]:
    """A network whose file of before the deposit was put back, and the digest of what had been deposited."""
    file = tmp_path / "essai.db"
    with opened(file, "ici") as network:
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    shutil.copy(file, tmp_path / "avant.db")
    with opened(file, "ici") as network:
        put(network)
        [digest] = vault_of(network).entries()
    for end in ("-wal", "-shm"):
        file.with_name(f"{file.name}{end}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "avant.db", file)
    return file, digest


def told(network: Network) -> list[tuple[str, str]]:
    return [(fault.code, fault.message) for fault in verify(network)]


def test_files_of_a_network_put_back_from_earlier_are_not_destroyed(behind: tuple[Path, str]) -> None:
    file, digest = behind
    with opened(file, "ici") as network:
        [(code, message)] = told(network)
        assert code == "file_unknown"
        assert "--orphans" not in message
        assert "interrompu" not in message
        assert "« reseau28 restore »" in message
        assert "« reseau28 verify --accept »" in message
        for why in ("", "place perdue"):
            with pytest.raises(ConflictError, match=r"restore.*verify --accept"):
                deposits.destroy_orphans(network, why)
        assert [*vault_of(network).entries()] == [digest]


@pytest.mark.parametrize("machine", ["ici", "ailleurs"])
def test_what_was_deposited_goes_only_if_someone_says_why(behind: tuple[Path, str], machine: str) -> None:
    """Once the network is taken as it is, or on a machine that never saw it further."""
    file, digest = behind
    with opened(file, machine) as network:
        verdicts.accept(network)
        [(code, message)] = told(network)
        assert code == "file_unknown"
        assert f"déposé le {readings.journal(network).value[-1].at[8:10]}/" in message
        assert "ne connaît plus" in message
        assert "--why" in message
        assert deposits.destroy_orphans(network).value == ([], [digest])
        assert [*vault_of(network).entries()] == [digest]
        done = deposits.destroy_orphans(network, "sauvegarde voulue")
        assert done.value == ([digest], [])
        assert "sauvegarde voulue" in done.attestation.detail
        assert told(network) == []


def test_what_was_deposited_is_known_by_a_log_that_was_set_aside(behind: tuple[Path, str]) -> None:
    file, digest = behind
    with opened(file, "ailleurs") as network:
        readings.count(network)
        relog(network, lambda lines: [*lines[:-1], b"pas une ligne\n"])
        with pytest.raises(ConflictError, match="altéré"):
            deposits.destroy_orphans(network)
        continuity.restart(network, "Disque abîmé")
        assert deposits.destroy_orphans(network).value == ([], [digest])


def test_the_doctor_says_the_same(behind: tuple[Path, str], tmp_path: Path) -> None:
    file, _ = behind
    checks = examine(str(file), None, tmp_path, Heads(tmp_path / "ici" / "heads", str(file)))
    words = " ".join(each.fault.message for each in checks if each.fault)
    assert "--accept" in words
    assert "--orphans" not in words
    assert "interrompu" not in words


def test_what_no_line_names_is_taken_away(in_folder: Network) -> None:
    put(in_folder)
    folder = vault_of(in_folder).medium.root / "files" / "ab"  # type: ignore[attr-defined]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ("ab" * 32)).write_bytes(PDF)
    assert [code for code, _ in told(in_folder)] == ["file_orphan"]
    assert deposits.destroy_orphans(in_folder).value == (["ab" * 32], [])
    assert told(in_folder) == []
