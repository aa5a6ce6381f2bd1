"""What stands in the place of a file of the vault and is none is named, and never waited for nor followed."""

import errno
import os
import socket
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from crm.errors import StoreError
from crm.files import paths
from crm.ledger.verify import verify
from crm.network import Network
from crm.vault import checking, continuity, finding, readings, texts
from crm.vault.files import ContentState
from crm.vault.finding import find
from crm.vault.place import vault_of
from crm.vault.texts import Folded
from tests.crm.guarded import made
from tests.crm.vault.conftest import PDF, folder_of, name_of, put

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="these are made by POSIX systems"),
    pytest.mark.timeout(60),
]


def listening(path: Path) -> None:
    """A socket at ``path``, whose name is longer than an address may be."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name[:60])
        Path(path.name[:60]).rename(path)
    finally:
        os.chdir(here)


ODD: list[tuple[Callable[[Path], None], str]] = [
    (os.mkfifo, "un tube (FIFO)"), (listening, "une prise de communication (socket)"), (Path.mkdir, "un dossier"),
    (lambda path: path.symlink_to("/dev/zero"), "un lien"), (lambda path: path.symlink_to(path), "un lien"),
    (lambda path: path.symlink_to(path.parent / "absent"), "un lien"),
]  # fmt: skip
odd = pytest.mark.parametrize(("make", "words"), ODD)


def replaced(network: Network, name: str, make: Callable[[Path], None]) -> Path:
    path = folder_of(network) / name
    path.unlink()
    make(path)
    return path


@odd
def test_in_the_place_of_a_content(in_folder: Network, make: Callable[[Path], None], words: str) -> None:
    id, other = put(in_folder), put(in_folder, PDF + b"%\n", "Autre.pdf")
    name = name_of(in_folder, id)
    path = replaced(in_folder, name, make)
    said = f"n'est plus dans le coffre, {words} s'y trouve à la place de « {name} » : ôtez-le, puis remettez le fichier"
    for told in (verify(in_folder), readings.check(in_folder).value, checking.survey(in_folder).faults):
        assert [(each.code, each.where, said in each.message) for each in told] == [("file_missing", id, True)]
    with pytest.raises(StoreError, match="ôtez-le") as refused, readings.read(in_folder, id):
        pass
    assert (refused.value.code, said in str(refused.value)) == ("file_missing", True)
    with pytest.raises(StoreError, match="s'y trouve"):
        put(in_folder)
    assert vault_of(in_folder).state(path.name) is ContentState.MISSING
    with readings.read(in_folder, other) as (_, stream, _):
        assert stream.read() == PDF + b"%\n"
    path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    put(in_folder)
    assert verify(in_folder) == []


@odd
def test_in_the_place_of_a_folder_of_contents(
    in_folder: Network, make: Callable[[Path], None], words: str, tmp_path: Path
) -> None:
    id = put(in_folder)
    folder = folder_of(in_folder) / name_of(in_folder, id)
    folder.parent.rename(tmp_path / "ailleurs")
    make(folder.parent)
    (fault,) = verify(in_folder)
    if words == "un dossier":
        assert fault.message.endswith("n'est plus dans le coffre : remettez-le depuis une sauvegarde.")
    else:
        assert f", {words} s'y trouve à la place de « files/{folder.parent.name} »" in fault.message


@odd
def test_in_the_place_of_a_text(
    in_folder: Network, make: Callable[[Path], None], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = put(in_folder, made.pdf("Référent handicap"))
    digest = Path(name_of(in_folder, id)).name
    path = replaced(in_folder, f"texts/{digest[:2]}/{digest}.txt", make)
    monkeypatch.setattr(finding, "_at_hand", Folded())
    assert find(in_folder, "handicap").found == []
    for told in (verify(in_folder), readings.check(in_folder).value, checking.survey(in_folder).faults):
        assert [(each.code, each.where) for each in told] == [("text_altered", id)]
        assert f"ne peut pas être lu, {words} s'y trouve" in told[0].message
    ((unread, why),) = texts.remake(in_folder).value.unread
    assert (unread, words in why) == (id, True)
    path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    assert texts.remake(in_folder).value.taken == 1
    monkeypatch.setattr(finding, "_at_hand", Folded())
    assert [each.record.id for each in find(in_folder, "handicap").found] == [id]


@odd
@pytest.mark.parametrize("name", ["access.jsonl", "vault.json"])
def test_in_the_place_of_what_the_vault_says_of_itself(
    in_folder: Network, make: Callable[[Path], None], words: str, name: str
) -> None:
    put(in_folder)
    replaced(in_folder, name, make)
    said = f"{words} s'y trouve à la place de « {name} »"
    (fault,) = verify(in_folder)
    assert said in fault.message
    with pytest.raises(StoreError) as refused:
        readings.listing(in_folder)
    assert said in str(refused.value)
    if name == "access.jsonl":
        continuity.restart(in_folder, "Le journal n'y était plus")
        assert verify(in_folder) == []


def test_what_takes_the_place_between_the_look_and_the_opening_is_not_followed(
    in_folder: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = put(in_folder)
    path = folder_of(in_folder) / name_of(in_folder, id)
    path.rename(tmp_path / "ailleurs")
    path.symlink_to(tmp_path / "ailleurs")
    medium = vault_of(in_folder).medium
    monkeypatch.setattr(type(medium), "instead", lambda self, name: "")
    with pytest.raises(OSError, match=r"."), medium.opened(name_of(in_folder, id)):
        pass


def test_a_content_is_put_in_no_place_but_its_own(in_folder: Network, tmp_path: Path) -> None:
    id = put(in_folder)
    path = replaced(in_folder, name_of(in_folder, id), os.mkfifo)
    with pytest.raises(StoreError):
        vault_of(in_folder).put(BytesIO(PDF), "Convention.pdf")
    assert path.is_fifo()
    assert list(folder_of(in_folder).glob(".reseau28-*")) == []


def refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the system refuse that file: to root, whom it refuses nothing, as it refuses it to others."""
    path.chmod(0)
    opened = paths.opened

    def refusing(asked: Path, *, follow: bool = True) -> BinaryIO:
        if asked == path and os.geteuid() == 0 and not path.stat().st_mode & 0o400:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(asked, follow=follow)

    monkeypatch.setattr(paths, "opened", refusing)


def test_a_file_that_the_system_refuses_hides_no_other(in_folder: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, lost, whole = put(in_folder), put(in_folder, PDF + b"1"), put(in_folder, PDF + b"2")
    path = folder_of(in_folder) / name_of(in_folder, closed)
    (folder_of(in_folder) / name_of(in_folder, lost)).unlink()
    refused(path, monkeypatch)
    faults = {each.where: each for each in verify(in_folder)}
    assert {id: each.code for id, each in faults.items()} == {closed: "file_unreadable", lost: "file_missing"}
    assert "ne peut pas être lu : rendez-en la lecture" in faults[closed].message
    with pytest.raises(StoreError, match="accès refusé"), readings.read(in_folder, closed):
        pass
    with readings.read(in_folder, whole) as (_, stream, _):
        assert stream.read() == PDF + b"2"


def test_a_text_that_the_system_refuses_is_told_and_taken_again(
    in_folder: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, other = (put(in_folder, made.pdf("Référent handicap", page)) for page in ("Un", "Deux"))
    digest = Path(name_of(in_folder, id)).name
    refused(folder_of(in_folder) / "texts" / digest[:2] / f"{digest}.txt", monkeypatch)
    monkeypatch.setattr(finding, "_at_hand", Folded())
    assert [each.record.id for each in find(in_folder, "handicap").found] == [other]
    told = checking.survey(in_folder, words=True).faults
    assert [(each.code, each.where) for each in (*told, *verify(in_folder))] == [("text_altered", id)] * 2
    assert texts.remake(in_folder).value.taken == 1
    assert verify(in_folder) == []
