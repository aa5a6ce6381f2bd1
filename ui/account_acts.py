"""What administrators do with the accounts of others; each act checks the right of who does it.

Whatever is done, an administrator remains: nobody locks everyone out.
"""

from crm.errors import ConflictError, InputError
from crm.network.rights import Actor, Right, Role
from ui import accounts
from ui.accounts import Account


def listed(by: Actor) -> list[Account]:
    """Every account, by name."""
    by.require(Right.ACCOUNTS)
    return sorted(accounts.accounts().values(), key=lambda account: account.name.casefold())


def create(by: Actor, name: str, role: Role, password: str) -> None:
    """Add an account. Raises ``InputError`` for a name that is taken: it would lose its password."""
    by.require(Right.ACCOUNTS)
    if accounts.clean(name) in accounts.accounts():
        raise InputError(f"« {accounts.clean(name)} » a déjà un compte : changez-le plus bas.", field="name")
    accounts.add(name, role, password)


def give_role(by: Actor, name: str, role: Role) -> None:
    """Give an account another role; its sessions end."""
    by.require(Right.ACCOUNTS)
    if role is not Role.ADMIN:
        _keep_an_administrator(name)
    accounts.change(name, role=role)


def reset(by: Actor, name: str, password: str) -> None:
    """Give an account another password; its sessions end."""
    by.require(Right.ACCOUNTS)
    accounts.change(name, password=password)


def remove(by: Actor, name: str) -> None:
    """Take an account away; its sessions end."""
    by.require(Right.ACCOUNTS)
    _keep_an_administrator(name)
    accounts.remove(name)


def _keep_an_administrator(name: str) -> None:
    administrators = {account.name for account in accounts.accounts().values() if account.role is Role.ADMIN}
    if administrators == {name}:
        raise ConflictError(f"« {name} » est le dernier administrateur : donnez d'abord ce rôle à un autre compte.")
