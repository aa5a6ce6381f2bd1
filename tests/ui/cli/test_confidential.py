"""Every command is asked for a confidential proof by who may not open it: none tells what is withheld of it."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.crm import closed as making
from tests.crm.closed import Closed
from tests.ui.cli.invocation import Reseau28
from tests.ui.cli.test_private_views import WALK
from ui import settings


@pytest.fixture
def closed(partners_file: Path) -> Closed:
    """A confidential proof, deposited by an administrator."""
    store = open_store(str(partners_file))
    found = making.deposit(Network(store, Actor("C. Exemple", Role.ADMIN)))
    store.close()
    return found


@pytest.fixture(params=list(Role))
def role(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Role:
    """The role of who works at the terminal."""
    role: Role = request.param
    monkeypatch.setattr(settings, "local_actor", lambda: Actor(f"Test {role}", role))
    return role


def test_what_is_known_of_it_is_told_by_role(
    reseau28: Reseau28, partners_file: Path, closed: Closed, role: Role
) -> None:
    entitled = role is not Role.READER
    for words in (
        ("evidence", "show", closed.proof), ("show", closed.proof), ("search", "bigorn"),
        ("evidence", "list", "--count", "--about", closed.about), ("show", closed.about),
    ):  # fmt: skip
        for form in ((), ("--json",)):
            ran = reseau28("--store", partners_file, *words, *form)
            found = bool(closed.told(ran.out + ran.err))
            untold = words == ("show", closed.about) and not form  # its links are listed without their passages
            assert found is (entitled and not untold), (words, form)
    assert (closed.proof in reseau28("--store", partners_file, "search", "zorgl").out) is entitled
    shown = reseau28("--store", partners_file, "evidence", "show", closed.proof)
    assert ("Preuve confidentielle" in shown.out, making.TITLE in shown.out) == (not entitled, True)
    data = reseau28("--store", partners_file, "evidence", "show", closed.proof, "--json").json
    assert (bool(data["withheld"]), bool(data["revisions"])) == (not entitled, entitled)


def test_its_file_is_given_by_role(
    reseau28: Reseau28, partners_file: Path, closed: Closed, role: Role, tmp_path: Path
) -> None:
    out = tmp_path / "copie.txt"
    got = reseau28("--store", partners_file, "evidence", "get", closed.proof, out)
    assert (got.status == 0, out.exists()) == ((True, True) if role is not Role.READER else (False, False))
    assert role is not Role.READER or "n'est ouvert qu'aux administrateurs" in got.err


def commands() -> Iterator[tuple[tuple[str, ...], list[click.Argument]]]:
    """Every command, with the arguments that it takes."""
    for path, command in WALK:
        yield path, [each for each in command.params if isinstance(each, click.Argument)]


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "text"])
def test_no_command_tells_it_to_a_reader(
    reseau28: Reseau28, partners_file: Path, closed: Closed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    as_json: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(settings, "local_actor", lambda: Actor("L. Fictif", Role.READER))
    monkeypatch.chdir(tmp_path)
    for path, takes in commands():
        if path in (("backup",), ("restore",), ("store", "copy"), ("migrate",)):
            continue  # an administrator's, whatever is asked
        for given in ("", closed.proof, closed.about, closed.link, "zorgl"):
            values = [given] * len(takes) if given else []
            values += ["--out", str(tmp_path / f"fait-{given}.json")] if path == ("fact",) else []
            ran = reseau28("--store", partners_file, *path, *(["--json"] if as_json else []), *values)
            assert closed.told(ran.out + ran.err) == [], (path, given)
            assert ran.status != 5, ran.err
    left = [each for each in tmp_path.iterdir() if each.is_file() and each.suffix in (".json", ".gexf", ".html", "")]
    assert [each for each in left if closed.told(each.read_text("utf-8", "replace"))] == []
