"""What administrators do with accounts: refused to all others, sessions end, an administrator always remains."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crm.errors import ConflictError, Forbidden, InputError, NotFound
from crm.network.rights import Actor, Role
from ui import account_acts, accounts, logins

PASSWORD, OTHER = "un mot de passe assez long", "un autre mot de passe"
ADMIN = Actor("A. Exemple", Role.ADMIN)

ACTS: dict[str, Callable[[Actor], object]] = {
    "listed": account_acts.listed,
    "create": lambda by: account_acts.create(by, "N. Fictive", Role.READER, PASSWORD),
    "give_role": lambda by: account_acts.give_role(by, "M. Fictif", Role.ADMIN),
    "reset": lambda by: account_acts.reset(by, "M. Fictif", OTHER),
    "remove": lambda by: account_acts.remove(by, "M. Fictif"),
}


@pytest.fixture(autouse=True)
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An administrator and a reader, in a data folder of their own."""
    monkeypatch.setenv("RESEAU28_HOME", str(tmp_path / "home"))
    accounts.add("A. Exemple", Role.ADMIN, PASSWORD)
    accounts.add("M. Fictif", Role.READER, PASSWORD)


def test_every_act_is_tried() -> None:
    assert set(ACTS) == {name for name, each in vars(account_acts).items() if callable(each) and _ours(name, each)}


def _ours(name: str, each: object) -> bool:
    return not name.startswith("_") and getattr(each, "__module__", "") == account_acts.__name__


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
@pytest.mark.parametrize("act", ACTS)
def test_nobody_but_an_administrator_does_any_of_it(act: str, role: Role) -> None:
    before = accounts.accounts()
    with pytest.raises(Forbidden, match="gérer les comptes"):
        ACTS[act](Actor("M. Fictif", role))
    assert accounts.accounts() == before


@pytest.mark.parametrize("act", ["give_role", "reset", "remove"])
def test_what_is_changed_ends_the_sessions_of_its_account_alone(act: str) -> None:
    sessions = logins.Sessions()
    mine, theirs = (sessions.start(accounts.accounts()[name]) for name in ("A. Exemple", "M. Fictif"))
    ACTS[act](ADMIN)
    assert sessions.account(theirs) is None
    assert sessions.account(mine) is not None


def test_another_role_keeps_the_password_and_another_password_the_role() -> None:
    account_acts.give_role(ADMIN, "M. Fictif", Role.AUDITOR)
    found = accounts.recognise("M. Fictif", PASSWORD)
    assert found is not None
    assert found.role is Role.AUDITOR
    account_acts.reset(ADMIN, "M. Fictif", OTHER)
    assert accounts.recognise("M. Fictif", PASSWORD) is None
    again = accounts.recognise("M. Fictif", OTHER)
    assert again is not None
    assert (again.role, again.id) == (Role.AUDITOR, found.id)


def test_an_administrator_remains() -> None:
    with pytest.raises(ConflictError, match="dernier administrateur"):
        account_acts.remove(ADMIN, ADMIN.name)
    with pytest.raises(ConflictError, match="dernier administrateur"):
        account_acts.give_role(ADMIN, ADMIN.name, Role.READER)
    account_acts.give_role(ADMIN, "M. Fictif", Role.ADMIN)
    account_acts.give_role(ADMIN, ADMIN.name, Role.READER)
    assert [each.name for each in account_acts.listed(Actor("M. Fictif", Role.ADMIN))] == ["A. Exemple", "M. Fictif"]


def test_what_cannot_be_is_said_and_changes_nothing() -> None:
    before = accounts.accounts()
    with pytest.raises(InputError, match="a déjà un compte"):
        account_acts.create(ADMIN, " M.  Fictif ", Role.READER, OTHER)
    with pytest.raises(InputError, match="12 caractères"):
        account_acts.reset(ADMIN, "M. Fictif", "trop court")
    with pytest.raises(NotFound):
        account_acts.reset(ADMIN, "Personne", OTHER)
    assert accounts.accounts() == before
