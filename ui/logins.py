"""Who is logged in: sessions kept by the server, known to the browser by a random name only.

They live in memory: restarting the application logs everyone out. A session belongs to an account as it was when it
began: a new password, another role or a deletion ends it at the next step, and an account made again under the same
name revives nothing.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from crm.errors import Forbidden
from crm.network.rights import Actor
from graph_schema.limits import Limit
from ui import accounts, settings
from ui.accounts import Account

COOKIE = "reseau28"
"""Name of the session's cookie."""

LIFE = 12 * 3600.0
"""Seconds after which a session ends, whatever happens."""

ATTEMPTS = Limit(
    5, "Mots de passe erronés pour un compte, depuis une adresse", "il faut attendre, de plus en plus longtemps"
)
"""Then the next attempt must wait."""

ATTEMPTS_BY_ADDRESS = Limit(
    30, "Mots de passe erronés depuis une adresse, tous comptes ensemble", "il faut attendre, de plus en plus longtemps"
)
"""Of accounts that have not been let in from there since."""

FIRST_WAIT, LONGEST_WAIT = 30.0, 15 * 60.0
"""Seconds to wait after that many wrong passwords; each further one doubles the wait."""

_FORGOTTEN = 60 * 60.0
"""Seconds after which wrong passwords are no longer held against anyone."""

_MOST = 10_000


class _Failed(NamedTuple):
    """How many wrong passwords were given, and when the last one was."""

    many: int = 0
    last: float = 0.0

    def wait(self, allowed: int, now: float) -> float:
        """Seconds left to wait where so many are ``allowed``."""
        if self.many < allowed:
            return 0.0
        return max(0.0, self.last + min(FIRST_WAIT * 2.0 ** min(self.many - allowed, 10), LONGEST_WAIT) - now)


@dataclass(slots=True)
class Attempts:
    """Wrong passwords by address and account. Only they count; a right one forgets those of its account there.

    An address answers for all its accounts together, less those that were let in: a whole office behind one address
    is never held back by those who log in well, and nobody tries one password on every account.
    """

    clock: Callable[[], float] = time.monotonic
    _failed: OrderedDict[str, dict[str, _Failed]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def wait(self, address: str, account: str) -> float:
        """Seconds during which no attempt for ``account`` is heard from ``address``; 0 when it may be made."""
        with self._lock:
            return self._wait(self._recent(address), _folded(account))

    def failed(self, address: str, account: str) -> float:
        """Hold a wrong password against them; returns the wait that it brings."""
        with self._lock:
            kept, name = self._recent(address), _folded(account)
            kept[name] = _Failed(kept.get(name, _Failed()).many + 1, self.clock())
            self._failed[address] = kept
            self._failed.move_to_end(address)
            while len(self._failed) > _MOST:
                self._failed.popitem(last=False)
            return self._wait(kept, name)

    def succeeded(self, address: str, account: str) -> None:
        """Forget the wrong passwords given for this account: the right one was."""
        with self._lock:
            self._failed.get(address, {}).pop(_folded(account), None)

    def _wait(self, kept: Mapping[str, _Failed], name: str) -> float:
        now = self.clock()
        everyone = _Failed(
            sum(each.many for each in kept.values()), max((each.last for each in kept.values()), default=0)
        )
        return max(kept.get(name, _Failed()).wait(ATTEMPTS, now), everyone.wait(ATTEMPTS_BY_ADDRESS, now))

    def _recent(self, address: str) -> dict[str, _Failed]:
        since = self.clock() - _FORGOTTEN
        return {name: each for name, each in self._failed.get(address, {}).items() if each.last > since}


def _folded(account: str) -> str:
    return accounts.clean(account).casefold()[: accounts.LONGEST_NAME]


class _Session(NamedTuple):
    account: str
    identity: str
    end: float


@dataclass(slots=True)
class Sessions:
    """The open sessions: digest of the random name → account, its identity, end. Only the browser holds the name."""

    clock: Callable[[], float] = time.monotonic
    _open: dict[str, _Session] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def start(self, account: Account) -> str:
        """Open a session; returns the random name to give to the browser."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            now = self.clock()
            self._open = {key: kept for key, kept in self._open.items() if kept.end > now}
            self._open[_key(name)] = _Session(account.name, account.identity, now + LIFE)
        return name

    def account(self, name: str | None) -> Account | None:
        """The account whose session bears this name, while it lasts and the account is what it was then."""
        kept = self._open.get(_key(name or ""))
        if kept is None or kept.end <= self.clock():
            return None
        account = accounts.accounts().get(kept.account)
        if account is None or account.identity != kept.identity:
            self.end(name)
            return None
        return account

    def end(self, name: str | None) -> None:
        """Close a session."""
        with self._lock:
            self._open.pop(_key(name or ""), None)


def _key(name: str) -> str:
    return hashlib.sha256(name.encode(errors="replace")).hexdigest()


sessions = Sessions()
attempts = Attempts()
_required = False


def require() -> None:
    """From now on nobody works in this process without logging in."""
    global _required
    _required = True


def required() -> bool:
    """Whether one must log in."""
    return _required


def actor_of(cookie: str | None) -> Actor:
    """Who works in the session of this cookie: the local user where no login is asked.

    Raises ``Forbidden`` when there is no such session, or its account is gone or has another password or role since.
    """
    if not _required:
        return settings.local_actor()
    account = sessions.account(cookie)
    if account is None:
        raise Forbidden("Votre session est terminée : connectez-vous à nouveau (/connexion).", code="login")
    return account.actor
