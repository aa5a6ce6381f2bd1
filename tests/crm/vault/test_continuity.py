"""An access log that was cut, put back from earlier or made anew is told by who holds a head of it."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from crm.errors import Forbidden, InputError, StoreError
from crm.ledger import receipts, verdicts
from crm.ledger.verdicts import judge
from crm.network import Network
from crm.network.heads import Heads
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.upkeep import backup as backups
from crm.vault import accepting, continuity, readings
from crm.vault.access import AccessLog, Attestation
from crm.vault.place import vault_of
from graph_schema.records import GENESIS
from tests.crm.vault.conftest import PDF, folder_of, put, raw, relog


def machine(network: Network, tmp_path: Path, name: str = "ici") -> Network:
    """The network as a machine works on it, which remembers what it saw."""
    return replace(network, heads=Heads(tmp_path / name / "heads", "le réseau"))


def lived(network: Network) -> Network:
    """The network after a deposit and four readings."""
    put(network)
    for _ in range(4):
        readings.listing(network)
    return network


def cut(lines: list[bytes]) -> list[bytes]:
    """The end was taken off."""
    return lines[:-2]


def older(lines: list[bytes]) -> list[bytes]:
    """Last month's was put back."""
    return lines[:2]


def anew(lines: list[bytes]) -> list[bytes]:
    """All of it was made again by somebody who knows how, with another author: as a chain it is whole."""
    made, previous = [], GENESIS
    for line in lines:
        number, *rest = json.loads(line)
        each = Attestation(number, *rest)._replace(actor="M. Fictif", previous=previous)
        each = each._replace(digest=each.expected)
        made.append(json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        previous = each.digest
    return made


def removed(lines: list[bytes]) -> list[bytes]:
    """It is gone."""
    return []


def spliced(lines: list[bytes]) -> list[bytes]:
    """The beginning is kept, the rest is of the other chain."""
    return [*lines[:3], *anew(lines)[3:]]


def codes(network: Network) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in judge(network).faults]


@pytest.mark.parametrize(("alter", "code", "where"), [(cut, "cut", "5"), (older, "cut", "3"), (anew, "rewritten", "6")])
def test_this_machine_says_it_for_as_long_as_it_is_so(
    kept: Network, tmp_path: Path, alter: Callable[[list[bytes]], list[bytes]], code: str, where: str
) -> None:
    network, stranger = machine(lived(kept), tmp_path), machine(kept, tmp_path, "ailleurs")
    readings.count(network)
    relog(kept, alter)
    assert codes(network) == [(f"access_seen_{code}", where)]
    assert codes(stranger) == [], "who saw nothing cannot tell"
    for _ in range(5):
        readings.listing(network)
    assert codes(network) == [("access_seen_rewritten", "6")], "who goes on working in it does not make it forgotten"
    verdicts.accept(network)
    assert codes(network) == []
    readings.listing(network)
    assert codes(network) == []


def test_what_does_not_follow_is_told_to_anyone(kept: Network) -> None:
    lived(kept)
    relog(kept, spliced)
    assert codes(kept) == [("access_log_altered", "4")]


@pytest.mark.parametrize(("alter", "code", "where"), [(cut, "cut", "5"), (older, "cut", "3"), (anew, "rewritten", "5")])
def test_a_receipt_says_it_to_who_never_saw_the_log(
    kept: Network, alter: Callable[[list[bytes]], list[bytes]], code: str, where: str
) -> None:
    receipt = receipts.issue(lived(kept))
    assert receipt.access is not None
    assert receipt.access.count == 5
    readings.count(kept)
    told = judge(kept, receipt)
    assert (told.faults, told.complete) == ([], True)
    assert f"complet jusqu'au {receipt.named} (ligne 5)" in " ".join(told.sentences())
    relog(kept, alter)
    told = judge(kept, receipt)
    assert [(fault.code, fault.where) for fault in told.faults] == [(f"access_receipt_{code}", where)]
    assert (told.complete, told.intact) == (True, False), "the journal is another matter"
    assert receipt.named in told.faults[0].message


def test_a_receipt_without_it_is_as_it_was(kept: Network, tmp_path: Path) -> None:
    before = receipts.issue(kept)
    assert (before.access, "access" in receipts.document(before)) == (None, False)
    receipts.write(before, tmp_path / "avant.json")
    after = receipts.issue(lived(kept))
    receipts.write(after, tmp_path / "après.json")
    assert [receipts.read(tmp_path / name) for name in ("avant.json", "après.json")] == [before, after]
    assert judge(kept, before).faults == []
    altered = (tmp_path / "après.json").read_text("utf-8").replace('"count": 5', '"count": 4')
    (tmp_path / "après.json").write_text(altered, "utf-8")
    with pytest.raises(InputError, match="abîmé ou retouché"):
        receipts.read(tmp_path / "après.json")


def test_a_log_that_is_gone_is_told(kept: Network, tmp_path: Path) -> None:
    network = machine(kept, tmp_path)
    receipt = receipts.issue(lived(network))
    relog(kept, removed)
    assert codes(kept) == [("access_log_altered", "1")], "proofs were deposited, and no line says so"
    assert any(words in judge(kept).faults[0].message for words in ("est absent", "a été vidé"))
    assert [fault.code for fault in judge(network, receipt).faults] == ["access_log_altered", "access_receipt_cut"]


def test_several_machines_that_work_in_turn_raise_no_alarm(kept: Network, tmp_path: Path) -> None:
    here, there = machine(lived(kept), tmp_path), machine(kept, tmp_path, "là")
    for network in (here, there, there, here, here, there):
        readings.count(network)
    assert (codes(here), codes(there)) == ([], [])
    relog(kept, cut)
    assert (codes(here), codes(there)) == ([("access_seen_cut", "10")], [("access_seen_cut", "10")])


def test_a_damaged_log_is_set_aside_and_the_next_one_names_it(kept: Network, tmp_path: Path) -> None:
    network, other = machine(lived(kept), tmp_path), machine(kept, tmp_path, "ailleurs")
    readings.count(network)
    readings.count(other)
    receipt = receipts.issue(network)
    with pytest.raises(InputError, match="intact"):
        continuity.restart(network, "Essai")
    last = AccessLog(vault_of(kept).medium).head().digest
    relog(kept, lambda lines: [lines[0].replace(b"C. Exemple", b"M. Fictif "), *lines[1:]])
    with pytest.raises(InputError, match="Dites pourquoi"):
        continuity.restart(network, " ")
    with pytest.raises(Forbidden):
        continuity.restart(replace(network, actor=Actor("M. Fictif", Role.MANAGER)), "Essai")
    done = continuity.restart(network, "Disque abîmé")
    assert done.attestation.detail == f"7 lignes, dernière empreinte {last} ; Disque abîmé"
    assert (done.attestation.number, done.value) == (1, "access-20261120-090000.jsonl")
    assert raw(kept)[done.value].count(b"\n") == 7
    readings.listing(network)
    assert (codes(network), codes(other)) == ([], []), "all that was seen is still here"
    assert judge(network, receipt).faults == []
    assert [each.code for each in judge(network).remarks if each.code.startswith("access")] == ["access_restarted"]
    relog(kept, lambda lines: [lines[0][:-5] + b"\n", *lines[1:]])
    again = continuity.restart(network, "Encore")
    assert again.value == "access-20261120-090000-2.jsonl"
    assert codes(network) == []
    files = raw(kept)
    files[again.value] = files[again.value][:-2] + b"\n"
    assert codes(network) == [("access_aside_altered", again.value)]
    del files[again.value]
    assert codes(network) == [("access_aside_altered", again.value)]


def test_what_holds_no_line_is_set_aside_too(in_folder: Network) -> None:
    path = vault_of(lived(in_folder)).medium
    raw(in_folder)["access.jsonl"] = b"[" * 20_000 + b"\n"
    with pytest.raises(StoreError, match="--restart"):
        readings.listing(in_folder)
    continuity.restart(in_folder, "Fichier abîmé")
    readings.listing(in_folder)
    assert [entry.act for entry in AccessLog(path).entries() if entry] == ["restart", "list"]
    assert codes(in_folder) == []


def test_backups_and_copies_carry_the_logs_and_raise_no_alarm(kept: Network, tmp_path: Path) -> None:
    network = machine(lived(kept), tmp_path)
    readings.count(network)
    relog(kept, lambda lines: [*lines[:-1], b"pas une ligne\n"])
    aside = continuity.restart(network, "Disque abîmé").value
    file = tmp_path / "sauvegarde.r28"
    backups.backup(network, file)
    receipt = receipts.read(receipts.beside(file))
    assert receipt.access is not None
    readings.count(network)
    place = tmp_path / "restauré.db"
    heads = Heads(tmp_path / "ici" / "heads", str(place))
    for _ in range(2):
        backups.replace(file, place, kept.actor, heads=heads)
        with closing(open_store(str(place))) as store:
            restored = Network(store, kept.actor, kept.clock, heads)
            assert raw(restored)[aside] == raw(kept)[aside]
            assert judge(restored, receipt).faults == []
            readings.listing(restored)
            assert codes(restored) == []
    with suppress(FileNotFoundError):
        (place.with_name(f"{place.name}.vault") / "access.jsonl").unlink()
    with closing(open_store(str(place))) as store:
        assert codes(Network(store, kept.actor, kept.clock, heads)) == [("access_log_altered", "1")]


def test_a_vault_that_is_accepted_anew_is_no_alarm(in_folder: Network, tmp_path: Path) -> None:
    network = machine(lived(in_folder), tmp_path)
    readings.count(network)
    shutil.rmtree(folder_of(in_folder))
    accepting.accept(network)
    assert "access" not in " ".join(code for code, _ in codes(network))


def test_a_log_that_was_emptied_and_one_that_is_gone_are_told_apart(in_folder: Network) -> None:
    path = folder_of(lived(in_folder)) / "access.jsonl"
    path.write_bytes(b"")
    assert "a été vidé" in judge(in_folder).faults[0].message
    path.unlink()
    assert "est absent" in judge(in_folder).faults[0].message


@pytest.mark.parametrize("name", ["access.jsonl", "vault.json", "access.lock", "access-20261120-090000.jsonl"])
def test_a_link_in_the_place_of_a_file_of_the_vault_is_neither_read_nor_written(
    in_folder: Network, tmp_path: Path, name: str
) -> None:
    """What it leads to may be anything of its owner's, or a log that someone else writes."""
    root, outside = folder_of(lived(in_folder)), tmp_path / "ailleurs"
    if name.startswith("access-"):
        relog(in_folder, lambda lines: [*lines[:-1], b"pas une ligne\n"])
        continuity.restart(in_folder, "Essai")
        verdicts.judge(in_folder)
    (root / name).replace(outside)
    (root / name).symlink_to(outside)
    outside.chmod(0o640)
    before = outside.read_bytes()
    if name != "access.lock":
        assert judge(in_folder).faults, "it is told"
    if not name.startswith("access-"):
        with pytest.raises(StoreError, match="lien"):
            readings.listing(in_folder)
    assert (outside.read_bytes(), outside.stat().st_mode & 0o777) == (before, 0o640)


def test_a_link_in_the_place_of_the_log_is_set_aside(in_folder: Network, tmp_path: Path) -> None:
    log, outside = folder_of(lived(in_folder)) / "access.jsonl", tmp_path / "ailleurs"
    log.replace(outside)
    log.symlink_to(outside)
    before = outside.read_bytes()
    continuity.restart(in_folder, "Un lien s'y trouvait")
    readings.listing(in_folder)
    assert (log.is_symlink(), outside.read_bytes(), codes(in_folder)) == (False, before, [])


def test_no_log_is_begun_where_this_machine_saw_a_longer_one(kept: Network, tmp_path: Path) -> None:
    network, stranger = machine(lived(kept), tmp_path), machine(kept, tmp_path, "ailleurs")
    readings.count(network)
    relog(kept, removed)
    commits, files = kept.read(lambda tx: tx.head()), sorted(raw(kept))
    for act in (lambda: readings.count(network), lambda: put(network, PDF + b"2"), lambda: readings.check(network)):
        with pytest.raises(StoreError, match="en a vu 6 lignes : rien n'est fait") as refused:
            act()
        assert refused.value.code == "access_log_emptied"
    assert (kept.read(lambda tx: tx.head()), sorted(raw(kept))) == (commits, files)
    readings.count(stranger)  # who saw nothing cannot tell, and begins one


@pytest.mark.parametrize(
    ("alter", "missing"),
    [(removed, "6 lignes vues auparavant manquent"), (cut, "2 lignes vues auparavant manquent"),
     (lambda lines: lines[:-1], "1 ligne vue auparavant manque"), (anew, "6 lignes vues auparavant manquent")],
)  # fmt: skip
def test_a_restart_says_for_good_what_is_missing_of_what_this_machine_saw(
    kept: Network, tmp_path: Path, alter: Callable[[list[bytes]], list[bytes]], missing: str
) -> None:
    network = machine(kept, tmp_path)
    lived(network)
    newest = readings.count(network).attestation
    relog(kept, alter)
    done = continuity.restart(network, "Essai")
    assert f"{missing} (dernière : n° 6, empreinte {newest.digest}) ; Essai" in done.attestation.detail
    for _ in range(2):
        readings.listing(network)
        told = judge(machine(kept, tmp_path, "ailleurs"))
        assert told.faults == []
        assert [missing in each.message for each in told.remarks if each.code == continuity.RESTARTED] == [True]
        assert "intact depuis qu'il a été recommencé" in " ".join(told.sentences())


def test_a_place_that_is_accepted_says_what_lines_are_not_there(in_folder: Network, tmp_path: Path) -> None:
    network = machine(in_folder, tmp_path)
    lived(network)
    (folder_of(in_folder) / "access.jsonl").unlink()
    accepting.accept(network)
    told = judge(network)
    assert told.faults == []
    assert ["5 lignes vues auparavant manquent" in each.message for each in told.remarks] == [True]


def test_a_log_that_is_gone_is_begun_again_by_who_never_saw_it_too(in_folder: Network) -> None:
    (folder_of(lived(in_folder)) / "access.jsonl").unlink()
    assert continuity.restart(in_folder, "Disque abîmé").attestation.detail == "0 ligne ; Disque abîmé"
    assert codes(in_folder) == []


def test_a_damaged_memory_of_the_log_is_told_and_a_restart_says_it(in_folder: Network, tmp_path: Path) -> None:
    network = machine(in_folder, tmp_path)
    lived(network)
    (memory,) = (tmp_path / "ici" / "access").iterdir()
    memory.write_bytes(b"n'importe quoi\n")
    (remark,) = judge(network).remarks
    assert (remark.code, "fin du journal des accès" in remark.message) == ("memory_damaged", True)
    (folder_of(in_folder) / "access.jsonl").unlink()
    detail = continuity.restart(network, "Essai").attestation.detail
    assert detail == "0 ligne ; ce que cette machine en avait vu est illisible ; Essai"


def test_a_receipt_of_a_log_that_is_gone_says_that_there_is_none(in_folder: Network) -> None:
    receipt = receipts.issue(lived(in_folder))
    relog(in_folder, removed)
    assert "5 lignes du journal des accès, et il n'en a aucune" in judge(in_folder, receipt).faults[-1].message
