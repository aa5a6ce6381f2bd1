"""Accounts: kept for their owner's eyes, passwords never; sessions that end; attempts that are counted."""

import json
import stat
from pathlib import Path

import pytest

from crm.errors import Forbidden, InputError, NotFound, StoreError
from crm.rights import Role
from ui import accounts, logins

PASSWORD = "un mot de passe assez long"


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the test, in a process that lets nobody in yet."""
    monkeypatch.setenv("RESEAU28_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(logins, "_required", False)
    monkeypatch.setattr(logins, "sessions", logins.Sessions())
    return tmp_path / "home"


def test_an_account_is_recognised_by_its_own_password_only() -> None:
    accounts.add("C. Exemple", Role.MANAGER, PASSWORD)
    accounts.add("M. Fictif", Role.READER, PASSWORD)
    found = accounts.recognise(" C.  Exemple ", PASSWORD)
    assert found is not None
    assert (found.actor.name, found.actor.role) == ("C. Exemple", Role.MANAGER)
    assert accounts.recognise("C. Exemple", f"{PASSWORD}!") is None
    assert accounts.recognise("C. Exemple", "") is None
    assert accounts.recognise("Personne", PASSWORD) is None
    assert accounts.recognise("", "") is None


def test_two_same_passwords_are_not_kept_alike_and_neither_can_be_read(home: Path) -> None:
    accounts.add("C. Exemple", Role.MANAGER, PASSWORD)
    accounts.add("M. Fictif", Role.READER, PASSWORD)
    kept = json.loads((home / "accounts.json").read_text(encoding="utf-8"))["accounts"]
    assert len({account["digest"] for account in kept}) == len({account["salt"] for account in kept}) == 2
    assert PASSWORD not in json.dumps(kept)


def test_only_its_owner_may_read_the_file(home: Path) -> None:
    accounts.add("C. Exemple", Role.MANAGER, PASSWORD)
    assert stat.S_IMODE((home / "accounts.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {path.name for path in home.iterdir()} == {"accounts.json", ".accounts.lock"}


def test_an_account_added_again_has_its_new_password_and_role() -> None:
    accounts.add("C. Exemple", Role.READER, PASSWORD)
    accounts.add("C. Exemple", Role.ADMIN, f"{PASSWORD} bis")
    assert accounts.recognise("C. Exemple", PASSWORD) is None
    assert accounts.accounts()["C. Exemple"].role is Role.ADMIN


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("a\nb\x00", PASSWORD), ("a" * 101, PASSWORD), ("C.", "court")]
)
def test_a_poor_name_or_password_is_refused(name: str, password: str) -> None:
    with pytest.raises(InputError):
        accounts.add(name, Role.READER, password)


def test_a_damaged_file_is_said_rather_than_taken_for_no_account(home: Path) -> None:
    accounts.add("C. Exemple", Role.READER, PASSWORD)
    (home / "accounts.json").write_text('{"accounts": [{"name": "C. Exemple"}]}', encoding="utf-8")
    with pytest.raises(StoreError, match="abîmé"):
        accounts.recognise("C. Exemple", PASSWORD)


def test_an_unknown_account_cannot_be_removed() -> None:
    with pytest.raises(NotFound):
        accounts.remove("Personne")


def test_where_no_login_is_asked_the_local_user_may_do_everything() -> None:
    assert logins.actor_of(None).role is Role.ADMIN


def test_a_session_gives_the_role_of_its_account_as_it_is_now() -> None:
    accounts.add("C. Exemple", Role.MANAGER, PASSWORD)
    logins.require()
    cookie = logins.sessions.start("C. Exemple")
    assert logins.actor_of(cookie).role is Role.MANAGER
    accounts.add("C. Exemple", Role.READER, PASSWORD)
    assert logins.actor_of(cookie).role is Role.READER
    accounts.remove("C. Exemple")
    with pytest.raises(Forbidden):
        logins.actor_of(cookie)


@pytest.mark.parametrize("cookie", [None, "", "inconnu", "\udce9"])
def test_without_a_session_nobody_works(cookie: str | None) -> None:
    accounts.add("C. Exemple", Role.MANAGER, PASSWORD)
    logins.require()
    with pytest.raises(Forbidden, match="connectez-vous"):
        logins.actor_of(cookie)


def test_a_session_ends_with_time_and_on_request() -> None:
    clock = Clock()
    sessions = logins.Sessions(clock)
    first, second = sessions.start("C. Exemple"), sessions.start("C. Exemple")
    assert first != second
    sessions.end(first)
    assert (sessions.account(first), sessions.account(second)) == (None, "C. Exemple")
    clock.now += logins.LIFE
    assert sessions.account(second) is None


def test_attempts_are_counted_by_address_and_name_then_forgotten() -> None:
    clock = Clock()
    attempts = logins.Attempts(clock)
    assert all(attempts.take("192.0.2.1", "c. exemple") for _ in range(logins.ATTEMPTS))
    assert not attempts.take("192.0.2.1", "c. exemple")
    assert attempts.take("192.0.2.1", "m. fictif")
    assert attempts.take("192.0.2.2", "c. exemple")
    clock.now += logins.WINDOW + 1
    assert attempts.take("192.0.2.1", "c. exemple")


def test_changing_names_does_not_give_endless_attempts() -> None:
    attempts = logins.Attempts(Clock())
    made = [attempts.take("192.0.2.1", f"nom {number}") for number in range(logins.ATTEMPTS_BY_ADDRESS + 1)]
    assert made == [True] * logins.ATTEMPTS_BY_ADDRESS + [False]


def test_a_right_password_forgives_the_attempts_before() -> None:
    attempts = logins.Attempts(Clock())
    for _ in range(3 * logins.ATTEMPTS):
        assert attempts.take("192.0.2.1", "c. exemple")
        attempts.forgive("192.0.2.1", "c. exemple")
