"""A vault that was copied, moved or lost is accepted by an administrator, under a new id that the journal records."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crm.errors import ConflictError, Forbidden, Reseau28Error, StoreError
from crm.ledger.undo import undo_commit
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.vault import accepting, checking, readings
from crm.vault.place import vault_of
from graph_schema.records import Commit
from tests.crm.vault.conftest import PDF, folder_of, put, raw

Spoil = Callable[[Network], None]


def ids(network: Network) -> set[object]:
    return {row[1] for row in network.read(lambda tx: list(tx.rows("Evidence", ("vault",))))}


def newest(network: Network) -> Commit:
    return network.read(lambda tx: tx.commits(newest_first=True, limit=1))[0]


def _without(network: Network) -> None:
    del raw(network)["vault.json"]


def _illegible(network: Network) -> None:
    raw(network)["vault.json"] = b"{"


def _of_another(network: Network) -> None:
    files = raw(network)
    known = network.read(lambda tx: tx.dataset())
    files["vault.json"] = files["vault.json"].replace(known.encode(), b"0" * len(known))


def _second(network: Network) -> None:
    files = raw(network)
    files["vault.json"] = files["vault.json"].replace(vault_of(network).id.encode(), b"0123456789abcdef")


@pytest.mark.parametrize("spoil", [_without, _illegible, _of_another, _second])
def test_files_that_are_ours_are_accepted_whatever_their_marker_says(kept: Network, spoil: Spoil) -> None:
    first, other = put(kept), put(kept, PDF + b"2", "Autre.pdf")
    before = vault_of(kept).id
    spoil(kept)
    with pytest.raises(Reseau28Error, match="evidence vault --accept"):
        put(kept, PDF + b"3")
    assert not checking.survey(kept).id
    with pytest.raises(Forbidden):
        accepting.accept(replace(kept, actor=Actor("M. Fictif", Role.MANAGER)))
    vault = accepting.accept(kept).value
    assert vault.id != before
    assert ids(kept) == {vault.id}
    commit = newest(kept)
    assert (commit.reason, commit.detail["vault"], commit.changes) == ("Coffre des preuves accepté", vault.id, 2)
    assert verify(kept) == []
    for id in (first, other, put(kept, PDF + b"3")):
        with readings.read(kept, id):
            pass


def test_a_lost_vault_is_begun_anew_and_says_what_is_lost(kept: Network) -> None:
    id = put(kept)
    raw(kept).clear()
    with pytest.raises(StoreError, match="evidence vault --accept"):
        put(kept, PDF + b"3")
    accepting.accept(kept)
    put(kept, PDF + b"3")
    assert [(fault.code, fault.where) for fault in verify(kept)] == [("file_missing", id)]


def test_a_vault_without_proofs_is_accepted_by_a_commit_too(kept: Network) -> None:
    vault = accepting.accept(kept).value
    assert (newest(kept).detail["vault"], newest(kept).changes) == (vault.id, 0)
    put(kept)
    assert ids(kept) == {vault.id}


def test_once_a_copy_is_accepted_the_original_is_refused(in_folder: Network, tmp_path: Path) -> None:
    put(in_folder)
    here = folder_of(in_folder)
    shutil.copytree(here, tmp_path / "copie")
    accepting.accept(in_folder)
    accepted = here.rename(tmp_path / "accepté")
    (tmp_path / "copie").rename(here)
    with pytest.raises(ConflictError, match="evidence vault --accept"):
        put(in_folder, PDF + b"2")
    shutil.rmtree(here)
    accepted.rename(here)
    put(in_folder, PDF + b"2")
    assert verify(in_folder) == []


def test_what_comes_back_is_in_the_vault_of_today(kept: Network) -> None:
    id, other = put(kept), put(kept, PDF + b"2", "Autre.pdf")
    gone = kept.commit("Essai", lambda unit: unit.delete([id])).commit
    assert gone is not None
    vault = accepting.accept(kept).value
    accepted = newest(kept)
    undo_commit(kept, gone)
    assert [each.id for each in undo_commit(kept, accepted).kept] == [other]
    assert ids(kept) == {vault.id}
    put(kept, PDF + b"3")
    assert verify(kept) == []


def test_very_many_proofs_are_told_by_a_run_of_commits(kept: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "LIMIT", 2)
    for number in range(5):
        put(kept, PDF + bytes([48 + number]))
    vault = accepting.accept(kept).value
    assert ids(kept) == {vault.id}
    commits = kept.read(lambda tx: tx.commits(run=f"coffre-{vault.id}"))
    assert [each.changes for each in commits] == [2, 2, 1]


def test_the_survey_says_where_what_and_how(kept: Network) -> None:
    auditor = replace(kept, actor=Actor("L. Fictif", Role.AUDITOR))
    assert (checking.survey(auditor).id, checking.survey(auditor).faults) == ("", [])
    put(kept)
    seen = checking.survey(auditor)
    assert (seen.id, seen.files, seen.bytes, seen.faults) == (vault_of(kept).id, 1, len(PDF), [])
    assert (seen.address, checking.survey(kept).address) == ("", vault_of(kept).medium.address)
    with pytest.raises(Forbidden):  # faults name digests
        checking.survey(replace(kept, actor=Actor("L. Fictif", Role.READER)))
    raw(kept).clear()
    assert [fault.code for fault in checking.survey(auditor).faults] == ["vault_missing"]


def test_what_others_leave_is_named_and_stays(kept: Network) -> None:
    put(kept)
    files = raw(kept)
    files["notes/liste.txt"], files["files/zz/photo.jpg"] = b"x", b"x"
    assert checking.survey(kept).strangers == ["files/zz/photo.jpg", "notes/liste.txt"]
    assert "2 fichiers étrangers" in checking.others(checking.survey(kept).strangers)
    assert verify(kept) == []
    assert {"files/zz/photo.jpg", "notes/liste.txt"} <= set(files)


def test_links_are_neither_followed_nor_deleted(
    in_folder: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "UNDERWAY", -1.0)
    id = put(in_folder)
    outside, root = tmp_path / "ailleurs", folder_of(in_folder)
    (content,) = root.glob("files/*/*")
    digest = content.name
    outside.mkdir()
    content.rename(outside / digest)
    content.symlink_to(outside / digest)
    orphan = root / "files" / "cd" / ("cd" * 32)
    orphan.parent.mkdir()
    orphan.symlink_to(outside / digest)
    (root / "dossier").symlink_to(outside)
    named = {content.relative_to(root).as_posix(), orphan.relative_to(root).as_posix(), "dossier"}
    assert set(checking.survey(in_folder).strangers) == named
    assert [(fault.code, fault.where) for fault in verify(in_folder)] == [("file_missing", id)]
    with pytest.raises(StoreError, match="n'est plus dans le coffre, un lien s'y trouve"), readings.read(in_folder, id):
        pass
    content.unlink()
    content.parent.rmdir()
    content.parent.symlink_to(outside)
    with pytest.raises(StoreError, match="un lien s'y trouve"):
        put(in_folder)
    assert [each.name for each in outside.iterdir()] == [digest]
    assert orphan.is_symlink()
