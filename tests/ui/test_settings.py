"""Someone without an account is known to the journal by an id from which nobody guesses the name."""

import hashlib
import stat
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from crm.network.rights import Actor
from crm.store import open_store
from tests.ui.cli.conftest import home as home
from tests.ui.cli.conftest import partners_file as partners_file
from tests.ui.cli.conftest import reseau28 as reseau28
from tests.ui.cli.conftest import three_partners as three_partners
from tests.ui.cli.invocation import Reseau28
from ui import accounts, settings


def test_the_id_is_the_same_each_time_and_no_other_machine_makes_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = settings.account_of("C. Exemple"), settings.account_of("M. Fictif")
    assert first == settings.account_of("C. Exemple") != other
    monkeypatch.setenv("RESEAU28_HOME", str(tmp_path / "autre"))
    assert settings.account_of("C. Exemple") != first


def test_the_key_is_its_owners_and_made_when_something_is_written(
    home: Path, reseau28: Reseau28, partners_file: Path
) -> None:
    settings.local_actor()
    reseau28("--store", partners_file, "partners")
    key = home / "authors.key"
    assert not key.exists()
    for _ in range(2):
        assert reseau28("--store", partners_file, "log", "Appel avec le Garage Fictif hier").status == 0
    assert (stat.S_IMODE(key.stat().st_mode), len(key.read_bytes())) == (0o600, 32)
    with closing(open_store(str(partners_file))) as store:
        last, before = store.read(lambda tx: tx.commits(newest_first=True, limit=2))
    name = settings.local_actor().name
    assert last.author == before.author == settings.local_actor().account
    assert last.by == name
    known = {hashlib.new(kind, name.encode()).hexdigest() for kind in ("md5", "sha1", "sha256")}
    assert last.author not in {*known, *(each[:32] for each in known), Actor(name, settings.local_actor().role).account}


@pytest.mark.parametrize("broken", ["a file for a folder", "an empty key"])
def test_without_a_key_that_can_be_kept_it_is_another_one_and_nothing_fails(
    home: Path, broken: str, reseau28: Reseau28, partners_file: Path
) -> None:
    if broken == "a file for a folder":
        home.write_text("occupé", "utf-8")
    else:
        home.mkdir()
        (home / "authors.key").write_bytes(b"")
    assert settings.account_of("C. Exemple") == settings.account_of("C. Exemple")
    assert len(settings.account_of("C. Exemple")) == 32
    assert reseau28("--store", partners_file, "log", "Appel avec le Garage Fictif hier").status == 0


def test_an_account_of_an_older_build_gets_such_an_id(home: Path) -> None:
    entry = {"name": "C. Exemple", "role": "gestionnaire", "salt": "00" * 16, "digest": "00"}
    home.mkdir()
    (home / accounts.FILE).write_bytes(orjson.dumps({"accounts": [entry]}))
    (account,) = accounts.accounts().values()
    assert account.id == settings.account_of("C. Exemple")
