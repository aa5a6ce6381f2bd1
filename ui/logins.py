"""Who is logged in: sessions kept by the server, known to the browser by a random name only.

They live in memory: restarting the application logs everyone out. The role is read from the accounts at each step, so
that an account taken away or changed is so at once.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from crm.errors import Forbidden
from crm.rights import Actor
from ui import accounts, settings

COOKIE = "reseau28"
"""Name of the session's cookie."""

LIFE = 12 * 3600.0
"""Seconds after which a session ends, whatever happens."""

WINDOW = 15 * 60.0
"""Seconds during which failed attempts are held against whoever made them."""

ATTEMPTS = 5
ATTEMPTS_BY_ADDRESS = 30
_MOST = 10_000


@dataclass(slots=True)
class Attempts:
    """Failed attempts by address and name, and by address, counted over the last quarter of an hour."""

    clock: Callable[[], float] = time.monotonic
    _failed: OrderedDict[tuple[str, ...], list[float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, address: str, name: str) -> bool:
        """Make one attempt, held against them until ``forgive``; False when there were too many."""
        with self._lock:
            if self._recent((address, name)) >= ATTEMPTS or self._recent((address,)) >= ATTEMPTS_BY_ADDRESS:
                return False
            for key in ((address, name), (address,)):
                self._failed.setdefault(key, []).append(self.clock())
                self._failed.move_to_end(key)
            while len(self._failed) > _MOST:
                self._failed.popitem(last=False)
            return True

    def forgive(self, address: str, name: str) -> None:
        """Forget the attempts made under this name: the password was right."""
        with self._lock:
            self._failed.pop((address, name), None)

    def _recent(self, key: tuple[str, ...]) -> int:
        since = self.clock() - WINDOW
        recent = [at for at in self._failed.get(key, ()) if at > since]
        if recent:
            self._failed[key] = recent
        else:
            self._failed.pop(key, None)
        return len(recent)


@dataclass(slots=True)
class Sessions:
    """The open sessions: digest of the random name → account and end. Only the browser holds the name itself."""

    clock: Callable[[], float] = time.monotonic
    _open: dict[str, tuple[str, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def start(self, account: str) -> str:
        """Open a session; returns the random name to give to the browser."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            now = self.clock()
            self._open = {key: kept for key, kept in self._open.items() if kept[1] > now}
            self._open[_key(name)] = (account, now + LIFE)
        return name

    def account(self, name: str | None) -> str | None:
        """The account whose session bears this name, while it lasts."""
        account, end = self._open.get(_key(name or ""), ("", 0.0))
        return account if end > self.clock() else None

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

    Raises ``Forbidden`` when there is no such session, or its account is gone.
    """
    if not _required:
        return settings.local_actor()
    name = sessions.account(cookie)
    account = accounts.accounts().get(name) if name else None
    if account is None:
        raise Forbidden("Votre session est terminée : connectez-vous à nouveau (/connexion).", code="login")
    return account.actor
