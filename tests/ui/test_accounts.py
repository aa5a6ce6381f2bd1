"""Accounts: kept for their owner's eyes, passwords never; sessions that end; attempts that are counted."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm.errors import Forbidden, InputError, NotFound, StoreError
from crm.network.rights import Role
from ui import accounts, login_log, logins, proxies
from ui.accounts import Account
from ui.login_log import LoginEvent

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


def account(name: str = "C. Exemple", role: Role = Role.MANAGER, password: str = PASSWORD) -> Account:
    accounts.add(name, role, password)
    return accounts.accounts()[name]


@pytest.mark.parametrize(
    ("role", "password"),
    [(Role.READER, PASSWORD), (Role.ADMIN, PASSWORD), (Role.MANAGER, f"{PASSWORD} bis"), (Role.MANAGER, PASSWORD)],
)
def test_a_new_role_or_password_ends_the_sessions_begun_before(role: Role, password: str) -> None:
    logins.require()
    cookie, other = logins.sessions.start(account()), logins.sessions.start(account("M. Fictif"))
    assert logins.actor_of(cookie).role is Role.MANAGER
    account(role=role, password=password)
    with pytest.raises(Forbidden):
        logins.actor_of(cookie)
    assert logins.actor_of(other).name == "M. Fictif"


def test_an_account_made_again_under_its_name_revives_no_session() -> None:
    logins.require()
    cookie = logins.sessions.start(account())
    accounts.remove("C. Exemple")
    account()
    with pytest.raises(Forbidden):
        logins.actor_of(cookie)
    again = logins.sessions.start(account())
    accounts.remove("C. Exemple")
    with pytest.raises(Forbidden):  # nor while it is gone
        logins.actor_of(again)


@pytest.mark.parametrize("cookie", [None, "", "inconnu", "\udce9"])
def test_without_a_session_nobody_works(cookie: str | None) -> None:
    accounts.add("C. Exemple", Role.MANAGER, PASSWORD)
    logins.require()
    with pytest.raises(Forbidden, match="connectez-vous"):
        logins.actor_of(cookie)


def test_a_session_ends_with_time_and_on_request() -> None:
    clock = Clock()
    sessions = logins.Sessions(clock)
    whose = account()
    first, second = sessions.start(whose), sessions.start(whose)
    assert first != second
    sessions.end(first)
    assert (sessions.account(first), sessions.account(second)) == (None, whose)
    clock.now += logins.LIFE
    assert sessions.account(second) is None


def test_wrong_passwords_are_counted_by_address_and_account_then_forgotten() -> None:
    clock = Clock()
    attempts = logins.Attempts(clock)
    waits = [attempts.failed("192.0.2.1", "C. Exemple") for _ in range(logins.ATTEMPTS)]
    assert waits == [0.0] * (logins.ATTEMPTS - 1) + [logins.FIRST_WAIT]
    assert attempts.wait("192.0.2.1", " c.  exemple ") == logins.FIRST_WAIT, "the same account, typed otherwise"
    assert attempts.wait("192.0.2.1", "M. Fictif") == attempts.wait("192.0.2.2", "C. Exemple") == 0.0
    clock.now += logins.FIRST_WAIT
    assert attempts.wait("192.0.2.1", "C. Exemple") == 0.0
    clock.now += 24 * 3600
    assert attempts.failed("192.0.2.1", "C. Exemple") == 0.0


def test_each_further_wrong_password_doubles_the_wait_up_to_a_quarter_of_an_hour() -> None:
    clock = Clock()
    attempts = logins.Attempts(clock)
    waits = []
    for _ in range(logins.ATTEMPTS + 8):
        waits.append(attempts.failed("192.0.2.1", "C. Exemple"))
        clock.now += waits[-1]
    assert waits[logins.ATTEMPTS - 1 :] == [30.0, 60.0, 120.0, 240.0, 480.0, 900.0, 900.0, 900.0, 900.0]


def test_changing_names_does_not_give_endless_attempts() -> None:
    attempts = logins.Attempts(Clock())
    waits = [attempts.failed("192.0.2.1", f"nom {number}") for number in range(logins.ATTEMPTS_BY_ADDRESS)]
    assert waits == [0.0] * (logins.ATTEMPTS_BY_ADDRESS - 1) + [logins.FIRST_WAIT]
    assert attempts.wait("192.0.2.1", "un autre") == logins.FIRST_WAIT
    attempts.succeeded("192.0.2.1", "sans rapport")
    assert attempts.wait("192.0.2.1", "un autre") == logins.FIRST_WAIT, "an account of one's own forgives no other"


def test_a_right_password_forgives_the_wrong_ones_before() -> None:
    attempts = logins.Attempts(Clock())
    for number in range(3 * logins.ATTEMPTS_BY_ADDRESS):
        assert attempts.failed("192.0.2.1", f"nom {number}") == 0.0
        attempts.succeeded("192.0.2.1", f"nom {number}")


def test_the_log_is_its_owners_and_keeps_a_year(home: Path) -> None:
    login_log.add(LoginEvent.LOGIN, "192.0.2.1", "C. Exemple", datetime(2025, 10, 31, 23, 59, tzinfo=UTC))
    login_log.add(LoginEvent.REFUSED, "192.0.2.1", None, datetime(2025, 11, 1, tzinfo=UTC))
    login_log.add(LoginEvent.LOGOUT, "2001:db8::1", "C. Exemple", datetime(2026, 11, 28, tzinfo=UTC))
    assert [(each.event, each.account) for each in login_log.entries()] == [
        (LoginEvent.LOGOUT, "C. Exemple"), (LoginEvent.REFUSED, None),
    ]  # fmt: skip
    folder = home / login_log.FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    with (folder / "2026-11.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"at": "2026-11-2')
    assert len(list(login_log.entries())) == 2


@pytest.mark.parametrize(
    ("declared", "found"),
    [("", []), ("192.0.2.7", ["192.0.2.7"]), ("10.0.0.1, 10.1.0.0/16 ::1", ["10.0.0.1", "10.1.0.0/16", "::1"])],
)
def test_proxies_are_those_declared(declared: str, found: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(proxies.VARIABLE, declared)
    assert proxies.trusted() == found


@pytest.mark.parametrize("declared", ["*", "0.0.0.0/0", "::/0", "localhost", "10.0.0.1/40"])
def test_nobody_declares_everyone_or_a_name(declared: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(proxies.VARIABLE, declared)
    with pytest.raises(InputError, match="RESEAU28_TRUSTED_PROXIES"):
        proxies.trusted()
