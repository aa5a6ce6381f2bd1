"""Where this machine keeps things, and for whom it works: the data folder, the store's address, the local actor."""

import getpass
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import platformdirs

from crm.errors import StoreError
from crm.files import private
from crm.files.system_errors import reason
from crm.network.heads import Heads
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.store.protocol import Store
from crm.vault import place

HOME_VARIABLE = "RESEAU28_HOME"
STORE_VARIABLE = "RESEAU28_STORE"
PASSWORD_VARIABLE = "RESEAU28_NEO4J_PASSWORD"
TIME_STAMPS_VARIABLE = "RESEAU28_TSA"
CERTIFICATES_VARIABLE = "RESEAU28_TSA_CERTIFICATES"

_USER_VARIABLES = ("LOGNAME", "USER", "LNAME", "USERNAME")
_DEFAULT_FILE = "reseau28.db"
_KEY_FILE, _KEY_SIZE = "authors.key", 32


@dataclass(frozen=True, slots=True)
class Settings:
    """One place where a network is kept: ``store`` as people write it, the password apart (never in an address).

    ``vault`` is the folder of the files of proofs, for a network on a server; those of a file are beside it.
    """

    store: str
    password: str | None = field(default=None, repr=False)
    vault: str | None = None

    @property
    def on_server(self) -> bool:
        """Whether the network is on a Neo4j server rather than in a file."""
        return "://" in self.store

    @property
    def file(self) -> Path | None:
        """The file in which the network is; None for one on a server."""
        return None if self.on_server else Path(self.store).expanduser().absolute()

    def same_as(self, other: "Settings") -> bool:
        """Whether both name the same data; a file may have several names."""
        if self.on_server or other.on_server:
            return self.store == other.store
        here, there = (Path(each.store).expanduser().resolve() for each in (self, other))
        return here == there

    def open(self, *, create: bool = True, any_version: bool = False) -> Store:
        """Open the store; the default one is created on first use, with its folder."""
        if self.store == str(default_store()):
            make_home()
        if not self.on_server:
            private.sweep(Path(self.store).expanduser().parent)
        return open_store(self.store, password=self.password, create=create, any_version=any_version)

    def heads(self) -> Heads:
        """Where this machine keeps what it has seen of the networks at this place; one object a place.

        A server is the same one whoever logs in, and by whichever protocol.
        """
        server = self.store.partition("://")[2].rpartition("@")[2]
        where = server if self.on_server else str(Path(self.store).expanduser().resolve())
        return _heads(home() / "heads", where)


@cache
def _heads(folder: Path, where: str) -> Heads:
    return Heads(folder, where)


_served: Settings | None = None


def load(store: str | None = None) -> Settings:
    """What the environment says, ``store`` (from the command line) first, else the data folder's own store."""
    address = store or os.environ.get(STORE_VARIABLE) or str(default_store())
    return Settings(address, os.environ.get(PASSWORD_VARIABLE) or None, os.environ.get(place.VARIABLE) or None)


def serve(settings: Settings) -> None:
    """Make ``settings`` those of this process: its screens and its server work on the same store."""
    global _served
    _served = settings


def current() -> Settings:
    """The settings that this process serves, else those of the environment."""
    return _served or load()


def home() -> Path:
    """The data folder: ``RESEAU28_HOME``, else the platform's own. It may not exist yet."""
    given = os.environ.get(HOME_VARIABLE)
    return Path(given).expanduser() if given else platformdirs.user_data_path("reseau28", appauthor=False)


def time_stamps() -> tuple[str, Path | None]:
    """The address of the time-stamp server that receipts are sent to (none: empty), and whose certificates vouch."""
    trusted = os.environ.get(CERTIFICATES_VARIABLE)
    return os.environ.get(TIME_STAMPS_VARIABLE, ""), Path(trusted).expanduser() if trusted else None


def make_home() -> Path:
    """The data folder, created for its owner alone. Raises ``StoreError`` when it cannot be."""
    folder = home()
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
    except OSError as error:
        raise StoreError(
            f"Le dossier de données « {folder} » ne peut pas être créé ({reason(error)}) : indiquez-en un autre par la"
            f" variable {HOME_VARIABLE}.",
            code="home",
        ) from None
    return folder


def default_store() -> Path:
    """The file used when nobody says otherwise."""
    return home() / _DEFAULT_FILE


def local_actor() -> Actor:
    """Whoever works at this machine: the system user's name, who may do everything here."""
    return _Local(_user(*map(os.environ.get, _USER_VARIABLES)), Role.ADMIN)


def account_of(name: str) -> str:
    """The id by which the journal knows someone who was given none, the same each time on this machine.

    It is made with a key of the data folder, so that who holds a chain of the journal cannot try names. Where the key
    can be neither read nor written, it is another one at each run.
    """
    return hmac.new(_key(), name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


class _Local(Actor):
    """Whoever works here without an account: the key is made when something is first written, and not before."""

    __slots__ = ()

    @property
    def account(self) -> str:
        """The account's id."""
        return self.id or account_of(self.name)


def _key() -> bytes:
    path = home() / _KEY_FILE
    with suppress(OSError, StoreError):
        if not path.exists():
            with private.part(make_home()) as part:
                part.write_bytes(secrets.token_bytes(_KEY_SIZE))
                part.replace(path)
        if len(key := path.read_bytes()) >= _KEY_SIZE:
            return key
    return _key_of_this_run()


@cache
def _key_of_this_run() -> bytes:
    return secrets.token_bytes(_KEY_SIZE)


@cache
def _user(*said: str | None) -> str:
    """The system user's name, which these variables may decide; asking the system each time would be long."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user on this system, as in some containers
        return "local"
