"""What `evidence add` is given and cannot keep: one sentence and an exit status, at once, and nothing is left of it."""

import ctypes
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.vault import files
from tests.ui.cli.invocation import Reseau28
from tests.ui.cli.test_evidence import PDF
from tests.ui.cli.test_evidence import garage as garage
from tests.ui.cli.test_evidence import proof as proof
from tests.ui.cli.test_evidence import scan as scan

posix = pytest.mark.skipif(os.name != "posix", reason="pipes, sockets and limits of Unix")
CHILD = "import sys; from ui.cli import run; sys.exit(run(sys.argv[1:]))"
READ_ALL, SEARCH_ALL, DROP = 1, 2, 24
"""Capabilities by which an administrator reads any file, and the act that gives them up (linux/capability.h, prctl)."""


def described(garage: str, **other: str) -> list[str]:
    """What is said of a proof of the partner."""
    said = {"about": garage, "kind": "convention_partenariat", "fact-on": "2025-11-02", **other}
    return [word for name, value in said.items() for word in (f"--{name}", value)]


def left(store: Path) -> list[str]:
    """The files in the vault of a store."""
    return [each.name for each in store.with_name(f"{store.name}.vault").rglob("*") if each.is_file()]


def of_nothing(reseau28: Reseau28, store: Path) -> bool:
    """Whether the network knows of no proof, and its vault holds no content."""
    found = reseau28("--store", store, "evidence", "list", "--count", "--json").json
    return (found["proofs"], found["files"], reseau28("--store", store, "verify").status) == (0, 0, 0)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def _link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("tube"))
    path.symlink_to(path.with_name("tube"))


@posix
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (os.mkfifo, "un tube"), (_socket, "socket"), (_link_to_a_pipe, "un tube"), (Path.mkdir, "un dossier"),
        (lambda path: path.symlink_to("/dev/zero"), "un périphérique"), (lambda path: path.symlink_to(path), "liens"),
        (lambda path: None, "n'existe pas"),
    ],
    ids=["pipe", "socket", "link to a pipe", "folder", "device", "link to itself", "nothing"],
)  # fmt: skip
@pytest.mark.parametrize("revises", [False, True], ids=["new", "revision"])
def test_what_is_no_file_is_refused_without_waiting(
    reseau28: Reseau28, partners_file: Path, garage: str, proof: str, tmp_path: Path, make: Callable[[Path], None],
    words: str, revises: bool,
) -> None:  # fmt: skip
    path = tmp_path / "convention.pdf"
    make(path)
    before = left(partners_file)
    said = ["--revises", proof] if revises else described(garage)
    refused = reseau28("--store", partners_file, "evidence", "add", path, *said)
    assert (refused.status, refused.out, words in refused.err) == (3, "", True), refused.err
    assert left(partners_file) == before


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("convention.pdf", b"", "empty"),
        ("convention.pdf", b"MZ\x90\0\x03\0\0\0\x04", "program"),
        ("convention.pdf", b"\x7fELF\x02\x01\x01\0", "program"),
        ("convention.pdf", b"#!/bin/sh\necho bonjour\n", "program"),
        ("convention.pdf", b"@echo off\r\necho bonjour\r\n", "media_lie"),
        ("convention.bat", b"@echo off\r\necho bonjour\r\n", "program"),
        ("convention.PDF", b"PK\x03\x04" + bytes(26) + b"META-INF/MANIFEST.MF", "media_lie"),
        ("convention.pdf", b"\0\x01\x02\x03", "media"),
    ],
)  # fmt: skip
def test_what_proves_nothing_is_refused(
    reseau28: Reseau28, partners_file: Path, garage: str, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused = reseau28("--store", partners_file, "evidence", "add", path, *described(garage), "--json")
    assert (refused.status, refused.json["error"]["code"]) == (3, code)
    assert of_nothing(reseau28, partners_file)


def test_what_is_too_large_is_refused(
    reseau28: Reseau28, partners_file: Path, garage: str, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files._copied, "__defaults__", (len(PDF) - 1,))
    refused = reseau28("--store", partners_file, "evidence", "add", scan, *described(garage), "--json")
    assert (refused.status, refused.json["error"]["code"]) == (3, "too_large")
    assert of_nothing(reseau28, partners_file)


@posix
@pytest.mark.parametrize("name", ["bip\a\x1b[31m rouge.pdf", "à l'envers \u202efdp.pdf", "octets \udcff.pdf"])
def test_a_name_never_drives_the_terminal(
    reseau28: Reseau28, partners_file: Path, garage: str, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(PDF)
    done = reseau28("--store", partners_file, "evidence", "add", path, *described(garage), "--json")
    assert done.status == 0
    shown = reseau28("--store", partners_file, "evidence", "show", done.json["id"])
    listed = reseau28("--store", partners_file, "evidence", "list", "--json").json["items"][0]["name"]
    missing = reseau28("--store", partners_file, "evidence", "add", f"{path}x", *described(garage))
    assert (shown.status, missing.status) == (0, 3)
    for text in (shown.out, listed, missing.err):
        assert not {"\a", "\x1b", "\u202e", "\udcff"}.intersection(text)


@pytest.mark.parametrize(
    "other",
    [
        {"fact-on": "2099-01-01"},
        {"received-on": "2099-01-01"},
        {"received-on": "2025-11-01"},
        {"title": "x" * 301},
        {"covers-from": "2025-02-01", "covers-to": "2025-01-01"},
    ],
    ids=[
        "fact after its deposit", "received after its deposit", "received before its fact", "title without end",
        "period reversed",
    ],
)  # fmt: skip
def test_dates_that_cannot_be_are_refused(
    reseau28: Reseau28, partners_file: Path, garage: str, scan: Path, other: dict[str, str]
) -> None:
    for what in (scan, "https://exemple.invalid/affiche"):
        refused = reseau28("--store", partners_file, "evidence", "add", what, *described(garage, **other))
        assert (refused.status, refused.out) == (3, "")
    assert of_nothing(reseau28, partners_file)


def test_a_link_is_never_fetched_and_never_more_than_declared(
    reseau28: Reseau28, partners_file: Path, garage: str
) -> None:
    asked: list[object] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(0.5)
        waiting = threading.Thread(target=lambda: _note(server, asked))
        waiting.start()
        link = f"http://127.0.0.1:{server.getsockname()[1]}/affiche.pdf"
        done = reseau28("--store", partners_file, "evidence", "add", link, *described(garage), "--json")
        shown = reseau28("--store", partners_file, "evidence", "show", done.json["id"], "--json").json
        waiting.join()
    assert (done.status, done.json["sha256"], shown["standing"], asked) == (0, None, "declaree", [])


def _note(server: socket.socket, asked: list[object]) -> None:
    with suppress(TimeoutError):
        asked.append(server.accept())


def child(before: Callable[[], object], *words: object) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, which does ``before`` first."""
    return subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, words)], preexec_fn=before, capture_output=True, text=True, check=False,
        timeout=60, cwd=Path.cwd(),
    )  # fmt: skip


@posix
def test_a_disk_that_is_full_in_the_middle_is_told(
    reseau28: Reseau28, partners_file: Path, garage: str, tmp_path: Path
) -> None:
    import resource

    path = tmp_path / "grand.pdf"
    path.write_bytes(PDF + bytes(5 << 20))
    few = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))
    done = child(few, "--store", partners_file, "evidence", "add", path, *described(garage))
    assert (done.returncode, done.stdout) == (5, "")
    assert "fichier trop grand" in done.stderr
    assert "Traceback" not in done.stderr
    assert of_nothing(reseau28, partners_file)


def ordinary() -> None:
    """Have no more rights to files than their owner, even as an administrator."""
    if os.geteuid() == 0:
        for each in (READ_ALL, SEARCH_ALL):
            ctypes.CDLL(None).prctl(DROP, each, 0, 0, 0)


@posix
def test_what_may_not_be_read_or_written_is_told(
    reseau28: Reseau28, partners_file: Path, garage: str, scan: Path
) -> None:
    words = ("--store", partners_file, "evidence", "add", scan, *described(garage))
    folder = partners_file.with_name(f"{partners_file.name}.vault")
    scan.chmod(0)
    done = child(ordinary, *words)
    assert (done.returncode, "accès refusé" in done.stderr) == (3, True), done.stderr
    scan.chmod(0o600)
    assert reseau28("--store", partners_file, "evidence", "list").status == 0  # the vault is there from now on
    folder.chmod(0o500)
    try:
        done = child(ordinary, *words)
    finally:
        folder.chmod(0o700)
    assert (done.returncode, "accès refusé" in done.stderr, "Traceback" in done.stderr) == (5, True, False)
    assert of_nothing(reseau28, partners_file)


def test_another_vault_in_the_place_of_the_networks_own_is_refused(
    reseau28: Reseau28, partners_file: Path, garage: str, proof: str, scan: Path, tmp_path: Path
) -> None:
    other, folder = tmp_path / "voisin.db", partners_file.with_name(f"{partners_file.name}.vault")
    assert reseau28("--store", other, "demo", "--size", "S").status == 0
    assert reseau28("--store", other, "evidence", "list", "--count").status == 0
    folder.rename(tmp_path / "de côté")
    copytree(tmp_path / "voisin.db.vault", folder)
    refused = reseau28("--store", partners_file, "evidence", "add", scan, *described(garage), "--json")
    assert (refused.status, refused.json["error"]["code"]) == (4, "vault_other")


@posix
def test_a_pipe_in_the_place_of_our_files_is_never_waited_for(
    reseau28: Reseau28, home: Path, partners_file: Path, garage: str, tmp_path: Path
) -> None:
    home.mkdir()
    for name in ("accounts.json", "reseau28.db"):
        os.mkfifo(home / name)
    pipe = home / "reseau28.db"
    for words in (["account", "list"], ["partners"], ["verify"], ["--store", tmp_path / "a.db", "restore", pipe]):
        refused = reseau28(*words)
        assert (refused.status, "pas un fichier" in refused.err) == (5, True), (words, refused.err)
    assert reseau28("--store", partners_file, "verify", "--receipt", pipe).status == 3
    link = "https://exemple.invalid/affiche"
    assert reseau28("--store", partners_file, "evidence", "add", link, *described(garage)).status == 0
    (heads,) = (home / "heads").iterdir()
    heads.unlink()
    os.mkfifo(heads)
    assert reseau28("--store", partners_file, "partners").status == 0
    seen = reseau28("--store", partners_file, "doctor", "--json").json["faults"]
    assert "no_memory" in [each["code"] for each in seen]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("ftp://exemple.invalid/affiche.pdf", "http:// ou https://"),
        ("file:///etc/hostname", "http:// ou https://"),
        ("https://", "http:// ou https://"),
        ("https://nom:secret@exemple.invalid/affiche", "mot de passe"),
        ("HTTPS://nom@exemple.invalid", "mot de passe"),
        ("https://exemple.invalid/" + "a" * 5_000, "5024 lettres, 2000 au plus"),
        ("https://[::1", "nulle part"),
        ("https://exemple.invalid:99999/affiche", "nulle part"),
        ("https://exemple.invalid:zéro/affiche", "nulle part"),
        ("http://.", "nulle part"),
        ("https:///affiche", "nulle part"),
        ("https://exemple.invalid/\x1b[31maffiche", "nulle part"),
    ],
)
def test_links_that_are_not_kept_are_refused_in_one_sentence(
    reseau28: Reseau28, partners_file: Path, garage: str, link: str, words: str
) -> None:
    refused = reseau28("--store", partners_file, "evidence", "add", link, *described(garage))
    assert (refused.status, refused.out, words in refused.err, "secret" in refused.err) == (3, "", True, False)
    assert of_nothing(reseau28, partners_file)


@pytest.mark.parametrize("page", ["9" * 21, "3 à 1234567"])
def test_pages_that_no_document_has_are_refused(
    reseau28: Reseau28, partners_file: Path, garage: str, scan: Path, page: str
) -> None:
    result = reseau28("--store", partners_file, "evidence", "add", scan, *described(garage, page=page))
    assert (result.status, result.err.count("\n")) == (3, 1)
    assert "n'est pas une page" in result.err
    assert of_nothing(reseau28, partners_file)


@pytest.mark.parametrize(
    ("name", "content"), [("Plan.svg", b"<svg><script>alert(1)</script></svg>"), ("Page.html", b"<p>Bonjour</p>")]
)
def test_a_page_and_a_drawing_are_said_to_be_kept_as_text(
    reseau28: Reseau28, partners_file: Path, garage: str, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    added = reseau28("--store", partners_file, "evidence", "add", tmp_path / name, *described(garage))
    assert (added.status, "Gardé comme un texte" in added.out) == (0, True)


def test_a_link_is_a_link_in_capitals_too(reseau28: Reseau28, partners_file: Path, garage: str) -> None:
    link = "HTTPS://Exemple.invalid/Affiche?de=a@exemple.invalid"
    done = reseau28("--store", partners_file, "evidence", "add", link, *described(garage), "--json")
    shown = reseau28("--store", partners_file, "evidence", "show", done.json["id"], "--json").json
    assert shown["values"]["url"] == "https://Exemple.invalid/Affiche?de=a@exemple.invalid"


@pytest.mark.parametrize("given", ["", "."])
def test_no_name_is_said_to_be_none(reseau28: Reseau28, partners_file: Path, garage: str, given: str) -> None:
    refused = reseau28("--store", partners_file, "evidence", "add", given, *described(garage))
    assert (refused.status, "Aucun fichier n'est nommé : donnez le nom du fichier à lire." in refused.err) == (3, True)


def test_a_document_without_words_is_said_so(
    reseau28: Reseau28, partners_file: Path, garage: str, tmp_path: Path
) -> None:
    (tmp_path / "Convention.pdf").write_bytes(PDF)
    done = reseau28("--store", partners_file, "evidence", "add", tmp_path / "Convention.pdf", *described(garage))
    assert (done.status, "La recherche ne" in done.out) == (0, True)


def test_a_document_that_cannot_be_read_is_named_by_its_own_name(
    reseau28: Reseau28, partners_file: Path, garage: str, tmp_path: Path
) -> None:
    (tmp_path / "Scan abîmé.pdf").write_bytes(b"%PDF-1.4\n")
    done = reseau28("--store", partners_file, "evidence", "add", tmp_path / "Scan abîmé.pdf", *described(garage))
    assert (done.status, "« Scan abîmé.pdf » ne peut pas être montré" in done.out) == (0, True)
    (unread,) = reseau28("--store", partners_file, "evidence", "texts", "--all", "--json").json["unread"]
    assert "« Scan abîmé.pdf »" in unread["why"]


def test_the_log_of_no_proof_is_not_taken_for_an_empty_one(reseau28: Reseau28, partners_file: Path, proof: str) -> None:
    refused = reseau28("--store", partners_file, "evidence", "journal", "absente")
    assert (refused.status, refused.out, "« absente »" in refused.err) == (3, "", True)
    assert reseau28("--store", partners_file, "evidence", "journal", proof).status == 0


def test_a_proof_is_shown_with_its_page_and_without_what_it_concerned(
    reseau28: Reseau28, partners_file: Path, garage: str, proof: str
) -> None:
    assert f"· {garage}, page 3" in reseau28("--store", partners_file, "evidence", "show", proof).out
    with closing(open_store(str(partners_file))) as store:
        Network(store, Actor("Essai", Role.ADMIN)).commit("Supprimée", lambda unit: unit.delete([garage]))
    told = reseau28("--store", partners_file, "evidence", "show", proof).out
    assert ("reliée à aucune fiche" in told, "communication" in told) == (True, False)
