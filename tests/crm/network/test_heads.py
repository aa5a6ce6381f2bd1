"""What a machine has seen of a network: said when the network is no longer that, forgotten when someone put it back."""

import multiprocessing
import os
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crm.errors import Forbidden, StoreError
from crm.files import memory as keeping
from crm.ledger import verdicts
from crm.ledger.verdicts import fault_of, judge
from crm.network import Network
from crm.network.heads import Heads
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.upkeep import backup as backups
from crm.upkeep import copying
from crm.upkeep.doctor import examine
from tests.crm.conftest import ADMIN
from tests.crm.ledger.test_receipts import NAMES, cut_tail, lived, older_backup, replaced_suffix
from tests.crm.ledger.test_receipts import place as place
from tests.crm.places import Place

SPAWN = multiprocessing.get_context("spawn")


def codes(place: Place) -> list[str]:
    """What `verify` finds on this machine, and what the start of the application says: they are the same."""
    with place.network() as network:
        assert network.heads
        found = judge(network)
        gap = network.heads.look(network.store)
        assert ([fault_of(gap)] if gap else []) == [*found.lost, *found.remarks]
    return [fault.code for fault in (*found.lost, *found.remarks)]


@pytest.mark.parametrize(
    ("alter", "code"),
    [(cut_tail, "seen_cut"), (older_backup, "seen_cut"), (replaced_suffix, "seen_rewritten")],
)
def test_what_was_put_there_without_a_word_is_said_for_as_long_as_it_is_so(
    place: Place, tmp_path: Path, alter: Callable[[Place, Path], None], code: str
) -> None:
    lived(place, tmp_path)
    assert codes(place) == []
    alter(place, tmp_path)
    assert codes(place) == [code]
    place.work("Partenaire imaginaire", "Partenaire inventé", "Partenaire supposé", "Partenaire rêvé")
    assert codes(place) == ["seen_rewritten"], "who goes on working in it does not make it forgotten"


def test_a_restore_in_the_place_of_what_was_there_is_no_alarm(file_place: Place, tmp_path: Path) -> None:
    lived(file_place, tmp_path)
    heads = Heads(file_place.home / "heads", file_place.address)
    backups.replace(tmp_path / "ancienne.db", Path(file_place.address), ADMIN, heads=heads)
    assert codes(file_place) == []
    file_place.work("Partenaire imaginaire")
    assert codes(file_place) == []
    cut_tail(file_place, tmp_path)
    assert codes(file_place) == ["seen_cut"]


def test_what_is_restored_where_all_was_emptied_is_no_alarm(place: Place, tmp_path: Path) -> None:
    lived(place, tmp_path)
    place.empty()
    with place.network() as network:
        assert backups.restore(tmp_path / "ancienne.db", network) == 3
    assert codes(place) == []


def another_network(place: Place, tmp_path: Path) -> None:
    """As many commits, whole and saying of themselves that they are of another network: what no receipt is held to."""
    with closing(open_store(str(tmp_path / "autre.db"))) as store:
        network = Network(store, ADMIN)
        for name in NAMES:
            network.commit("Saisie", lambda unit, name=name: unit.create("Organisation", {"name": name}))  # type: ignore[misc]
    place.put(tmp_path / "autre.db")


def test_another_network_in_the_place_of_the_one_seen_here_is_said_until_it_is_meant(
    place: Place, tmp_path: Path
) -> None:
    lived(place, tmp_path)
    with place.network() as network:
        was = network.read(lambda tx: tx.dataset())
    another_network(place, tmp_path)
    assert codes(place) == ["seen_other"]
    place.work("Partenaire imaginaire")
    assert codes(place) == ["seen_other"], "who goes on working in it does not make it forgotten"
    with place.network() as network:
        assert network.heads
        (fault,) = judge(network).lost
        assert f"un autre réseau ({was[:8]}…, acte {len(NAMES)}, le " in fault.message
        verdicts.accept(network)
    assert codes(place) == []
    place.put(tmp_path / "ancienne.db")
    assert codes(place) == ["seen_cut"], "what was seen of the first one is not forgotten either"


def test_a_network_that_begins_where_another_was_is_no_alarm(place: Place, tmp_path: Path) -> None:
    lived(place, tmp_path)
    place.empty()
    assert codes(place) == [], "where nothing is there is nothing to be taken for the other one"
    place.work("Partenaire imaginaire", "Partenaire inventé")
    assert codes(place) == []
    place.cut_last()
    assert codes(place) == ["seen_cut"]


def test_who_may_administer_accepts_what_is_there(place: Place, tmp_path: Path) -> None:
    lived(place, tmp_path)
    older_backup(place, tmp_path)
    with place.network() as network:
        with pytest.raises(Forbidden):
            verdicts.accept(Network(network.store, Actor("M. Fictif", Role.AUDITOR), heads=network.heads))
        verdicts.accept(network)
    assert codes(place) == []


def test_a_backup_looked_at_elsewhere_is_a_remark_and_no_fault(place: Place, tmp_path: Path) -> None:
    lived(place, tmp_path)
    copy = Place(str(tmp_path / "ancienne.db"), place.home)
    with copy.network() as network:
        found = judge(network)
    assert found.faults == []
    (remark,) = found.remarks
    assert remark.code == "seen_elsewhere"
    assert f"« {place.address} » ; celui-ci s'arrête au n° 3" in remark.message
    copy.work("Autre fictif 1", "Autre fictif 2", "Autre fictif 3")
    assert codes(copy) == [], "from now on this place has a life of its own"
    assert codes(place) == []


def test_several_machines_each_know_what_they_saw(place: Place, tmp_path: Path) -> None:
    here, there = (Place(place.address, tmp_path / name, place.server) for name in ("ici", "là"))
    here.work("Fictif 1")
    there.work("Fictif 2", "Fictif 3")
    here.work("Fictif 4")
    here.cut_last()
    assert (codes(here), codes(there)) == (["seen_cut"], [])
    here.cut_last()
    assert (codes(here), codes(there)) == (["seen_cut"], ["seen_cut"])


def test_a_copy_leaves_its_mark(place: Place, tmp_path: Path) -> None:
    place.work(*NAMES)
    target = Place(str(tmp_path / "copie.db"), place.home)
    with place.network() as source, target.network() as network:
        copying.copy(source, network)
    assert codes(target) == []
    target.cut_last()
    assert codes(target) == ["seen_cut"]


@pytest.fixture
def file_place(tmp_path: Path) -> Place:
    """A file's place."""
    return Place(str(tmp_path / "réseau.db"), tmp_path / "home")


def heads_file(place: Place) -> Path:
    (file,) = (place.home / "heads").iterdir()
    return file


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of Unix files")
def test_what_was_seen_is_for_its_owner_alone(file_place: Place) -> None:
    before = os.umask(0)
    try:
        file_place.work("Garage Fictif")
    finally:
        os.umask(before)
    assert stat.S_IMODE(heads_file(file_place).stat().st_mode) == 0o600
    assert stat.S_IMODE((file_place.home / "heads").stat().st_mode) == 0o700


def test_it_stays_small_and_forgets_no_place(
    file_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LARGEST", 4000)
    monkeypatch.setattr(keeping, "_KEPT", 5)
    file_place.work("Garage Fictif")
    other = Place(str(tmp_path / "autre.db"), file_place.home)
    with file_place.network() as source, other.network() as target:
        copying.copy(source, target)
    file_place.work(*(f"Fictif {number}" for number in range(60)))
    assert heads_file(file_place).stat().st_size < 5000
    assert codes(file_place) == codes(other) == []
    file_place.cut_last()
    assert codes(file_place) == ["seen_cut"]


def test_a_line_torn_by_a_killed_process_is_passed_over(file_place: Place) -> None:
    file_place.work(*NAMES)
    file = heads_file(file_place)
    file.write_bytes(file.read_bytes()[:-20])
    assert codes(file_place) == []
    file_place.work("Garage Fictif")
    file_place.cut_last()
    assert codes(file_place) == ["seen_cut"]


def test_no_work_is_refused_where_nothing_can_be_noted(file_place: Place) -> None:
    file_place.home.write_text("un fichier à la place du dossier", "utf-8")
    file_place.work("Garage Fictif")
    with file_place.network() as network:
        (remark,) = judge(network).remarks
        assert (remark.code, str(file_place.home) in remark.message) == ("no_memory", True)
        checks = examine(file_place.address, None, file_place.home, network.heads)
        with pytest.raises(StoreError, match="ne peut pas noter"):
            verdicts.accept(network)
    assert "no_memory" in [check.fault.code for check in checks if check.fault]


def test_a_network_never_names_a_file_outside_of_the_folder(tmp_path: Path) -> None:
    heads = Heads(tmp_path / "heads", "x")
    assert heads.file("../accounts.json") is None
    assert heads.file("") is None
    with closing(open_store(str(tmp_path / "réseau.db"))) as store:
        store.write(lambda tx: tx.set_dataset("../dehors"))
        Network(store, ADMIN, heads=heads).commit(
            "Saisie", lambda unit: unit.create("Organisation", {"name": "Fictif"})
        )
    assert not (tmp_path / "dehors").exists()


def write_some(address: str, home: str) -> None:
    """What each of several processes does."""
    Place(address, Path(home)).work(*NAMES)


def test_processes_that_write_at_once_raise_no_alarm(file_place: Place) -> None:
    file_place.work("Garage Fictif")
    writing = [SPAWN.Process(target=write_some, args=(file_place.address, str(file_place.home))) for _ in range(3)]
    for process in writing:
        process.start()
    for process in writing:
        process.join(120)
        assert process.exitcode == 0
    assert codes(file_place) == []
    with file_place.network() as network:
        assert network.heads
        last = network.store.read(network.heads.last)
        assert last
        assert last.head == network.store.read(lambda tx: tx.head())
    file_place.cut_last()
    assert codes(file_place) == ["seen_cut"]


@pytest.mark.parametrize("garbage", [b"\x00\xff\x17", b"n'importe quoi\n", b'{"at": 1}\n', b'{"number":3}\n'])
def test_a_memory_that_was_damaged_is_told_until_it_is_accepted(
    file_place: Place, tmp_path: Path, garbage: bytes
) -> None:
    lived(file_place, tmp_path)
    heads_file(file_place).write_bytes(garbage)
    file_place.work("Partenaire imaginaire")
    with file_place.network() as network:
        assert network.heads
        for _ in range(2):
            (remark,) = judge(network).remarks
            assert remark.code == "memory_damaged"
            assert f"« {heads_file(file_place)} »" in remark.message
            assert "elle ne peut plus dire si la fin du journal a été coupée" in remark.message
            checks = examine(file_place.address, None, file_place.home, network.heads)
            assert [each.fault.code for each in checks if each.fault] == ["memory_damaged"]
        verdicts.accept(network)
        assert judge(network).remarks == []
    cut_tail(file_place, tmp_path)
    assert codes(file_place) == ["seen_cut"], "it remembers again"


def test_a_line_that_was_torn_is_no_damage(file_place: Place, tmp_path: Path) -> None:
    lived(file_place, tmp_path)
    for torn in (b"{", b'{"at":"20'):
        with heads_file(file_place).open("ab") as file:
            file.write(torn)
        assert codes(file_place) == []
        file_place.work(f"Partenaire {len(torn)}")
        assert codes(file_place) == []
