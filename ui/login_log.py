"""The log of logins: who came in, was refused or left, when and from which address. Never a password.

One file a month in the data folder, one line an event, only ever added to; files older than a year are removed when a
new month begins. A name that no account bears is not kept: people type their password there by mistake.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from threading import Lock
from typing import NamedTuple

import orjson

from crm import days
from crm.errors import StoreError
from crm.files.system_errors import reason
from graph_schema.declaration import Vocabulary
from ui import settings

FOLDER = "connexions"
MONTHS = 12
"""Whole months kept besides the current one."""

_writing = Lock()


class LoginEvent(Vocabulary):
    """What may be told of a login."""

    LOGIN = "login", "Entrée"
    REFUSED = "refused", "Refus"
    HELD_BACK = "held_back", "Refus, doit attendre"
    LOGOUT = "logout", "Sortie"
    PASSWORD = "password", "Mot de passe changé"


class LoginLine(NamedTuple):
    """One line: the instant (UTC), what happened, from which address, the account (None: no account has that name)."""

    at: datetime
    event: LoginEvent
    address: str
    account: str | None


def add(event: LoginEvent, address: str, account: str | None, at: datetime | None = None) -> None:
    """Write one line, before anything else is done. Raises ``StoreError`` when it cannot be: nobody comes in then."""
    at = at or days.now()
    line = orjson.dumps(
        {"at": at.isoformat(timespec="seconds"), "event": event, "address": address, "account": account},
        option=orjson.OPT_APPEND_NEWLINE,
    )
    path = settings.make_home() / FOLDER / f"{at:%Y-%m}.jsonl"
    try:
        with _writing:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            is_new = not path.exists()
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, line)
            finally:
                os.close(descriptor)
            if is_new:
                _forget(at)
    except OSError as error:
        raise StoreError(f"Le registre des connexions ne s'écrit pas dans « {path} » ({reason(error)}).") from None


def entries() -> Iterator[LoginLine]:
    """Every line kept, newest first; a line cut short by a crash is passed over."""
    for path in sorted((settings.home() / FOLDER).glob("????-??.jsonl"), reverse=True):
        try:
            lines = path.read_bytes().splitlines()
        except OSError as error:
            raise StoreError(f"Le registre des connexions ne se lit pas dans « {path} » ({reason(error)}).") from None
        for line in reversed(lines):
            with suppress(ValueError, KeyError, TypeError):
                kept = orjson.loads(line)
                yield LoginLine(
                    datetime.fromisoformat(kept["at"]), LoginEvent(kept["event"]), kept["address"], kept["account"]
                )


def _forget(now: datetime) -> None:
    """Remove the files of months too old to be kept."""
    first = now.year * 12 + now.month - 1 - MONTHS
    oldest = f"{first // 12:04}-{first % 12 + 1:02}.jsonl"
    for path in (settings.home() / FOLDER).glob("????-??.jsonl"):
        if path.name < oldest:
            path.unlink(missing_ok=True)
