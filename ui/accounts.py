"""The accounts of those who work here from another machine, in ``accounts.json`` of the data folder.

Passwords are kept as scrypt digests (RFC 7914), each with its own salt. A wrong name costs as much time as a wrong
password, so that nobody learns from outside which names exist.
"""

import hashlib
import hmac
import os
import secrets
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import NoReturn

import orjson

from crm.errors import InputError, NotFound, StoreError
from crm.files import paths, private
from crm.files.locks import held
from crm.files.system_errors import reason
from crm.network.rights import Actor, Role
from graph_schema.limits import Limit
from graph_schema.text import fold
from ui import settings

FILE = "accounts.json"
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = Limit(1_000, "Caractères d'un mot de passe", "refusé")
LONGEST_NAME = Limit(100, "Lettres du nom d'un compte", "refusé")

_COST, _BLOCK, _PARALLEL = 2**15, 8, 1
_MEMORY = 64 << 20
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Account:
    """A name, a role, and what it takes to recognise a password."""

    name: str
    role: Role
    salt: str
    digest: str
    id: str
    """Stays the same whatever the password and the role, and no other account ever has it: the journal keeps it."""

    @property
    def actor(self) -> Actor:
        """Who this account lets in."""
        return Actor(self.name, self.role, self.id)

    @property
    def identity(self) -> str:
        """What no other account ever has: the salt is made anew with each password, also when a name comes back.

        Sessions belong to it, so a new password or role, or an account made again, ends those opened before.
        """
        return f"{self.salt}-{self.role}"


def accounts() -> dict[str, Account]:
    """Every account, by name. Raises ``StoreError`` when the file cannot be read."""
    path = settings.home() / FILE
    try:
        content = paths.content(path)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StoreError(f"Les comptes ne peuvent pas être lus dans « {path} » ({reason(error)}).") from None
    try:
        found = [_account(each) for each in orjson.loads(content)["accounts"]]
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"« {path} » est abîmé : supprimez-le, puis recréez les comptes.", code="accounts") from None
    return {account.name: account for account in found}


def our_names(actor: Actor) -> frozenset[str]:
    """What our users are called, folded, who is at work among them. Raises ``StoreError`` as ``accounts`` does."""
    return frozenset(map(fold, (actor.name, *accounts())))


def _account(entry: dict[str, str]) -> Account:
    """An account as it is kept; one of an older build, which gave it no id, has one made of its name."""
    role = Role(entry["role"])
    id = entry.get("id") or settings.account_of(entry["name"])
    return Account(entry["name"], role, entry["salt"], entry["digest"], id)


def add(name: str, role: Role, password: str) -> None:
    """Create an account, or give an existing one this role and password."""
    name = clean(name)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(
            f"Donnez au compte un nom court (au plus {LONGEST_NAME} lettres), sans caractère spécial.", field="name"
        )
    salt, digest = _sealed(password)
    with _alone():
        known = accounts()
        id = known[name].id if name in known else uuid.uuid4().hex
        _save({**known, name: Account(name, role, salt, digest, id)})


def change(name: str, *, role: Role | None = None, password: str | None = None) -> Account:
    """Give an existing account another role or another password; returns it as it is now.

    Either ends the sessions that it has. Raises ``NotFound`` where there is no such account any more.
    """
    sealed = _sealed(password) if password is not None else None
    with _alone():
        known = accounts()
        account = known.get(clean(name)) or _unknown(name)
        salt, digest = sealed or (account.salt, account.digest)
        changed = Account(account.name, role or account.role, salt, digest, account.id)
        _save({**known, account.name: changed})
    return changed


def remove(name: str) -> None:
    """Take an account away; whoever works under it is stopped at the next step."""
    with _alone():
        known = accounts()
        if known.pop(clean(name), None) is None:
            _unknown(name)
        _save(known)


def recognise(name: str, password: str) -> Account | None:
    """The account of this name if the password is its own."""
    account = accounts().get(clean(name))
    salt, expected = (account.salt, account.digest) if account else ("00" * 16, "")
    given = _digest(password[:LONGEST_PASSWORD], bytes.fromhex(salt)).hex()
    return account if hmac.compare_digest(given, expected) else None


def clean(name: str) -> str:
    """A name as accounts are known by it, however it was typed."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _unknown(name: str) -> NoReturn:
    raise NotFound(f"Aucun compte ne s'appelle « {name} » : « reseau28 account list » les énumère.", field="name")


def _sealed(password: str) -> tuple[str, str]:
    """A new salt, and the digest of this password with it. Raises ``InputError`` for one too short or too long."""
    if len(password) < SHORTEST_PASSWORD:
        raise InputError(f"Le mot de passe doit avoir au moins {SHORTEST_PASSWORD} caractères.", field="password")
    if len(password) > LONGEST_PASSWORD:
        raise InputError(f"Le mot de passe doit avoir au plus {LONGEST_PASSWORD} caractères.", field="password")
    salt = secrets.token_bytes(16)
    return salt.hex(), _digest(password, salt).hex()


def _digest(password: str, salt: bytes) -> bytes:
    text = unicodedata.normalize("NFKC", password).encode(errors="surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, maxmem=_MEMORY)


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else changes the accounts meanwhile: what another one writes is never written over unread."""
    try:
        with held(settings.make_home() / ".accounts.lock", _PATIENCE):
            yield
    except TimeoutError:
        raise StoreError("Les comptes sont en cours de modification depuis trop longtemps : recommencez.") from None


def _save(known: dict[str, Account]) -> None:
    """Replace the file whole; only its owner may read it."""
    path = settings.make_home() / FILE
    entries = [asdict(a) for a in known.values()]
    content = orjson.dumps({"accounts": entries}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    try:
        with private.part(path.parent) as part:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
    except OSError as error:
        raise StoreError(f"Les comptes ne peuvent pas être écrits dans « {path} » ({reason(error)}).") from None
