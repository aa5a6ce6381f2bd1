"""The access log of a vault: who did what with which proof, one attestation a line, chained by their digests.

It is not the journal: a reading changes nothing of the network, so it makes no commit and empties no cache. Lines are
only ever added. Like the journal's chain, this one finds what is altered within; that its end was cut shows only to who
kept an attestation.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from crm import private
from crm.errors import StoreBusy, StoreError
from crm.locks import held
from crm.system_errors import reason
from graph_schema.declaration import Vocabulary
from graph_schema.records import GENESIS

_NAME, _LOCK = "access.jsonl", "access.lock"
_PATIENCE = 30.0
_LONGEST = 64 << 10


class Act(Vocabulary):
    """What is attested: the eight functions of a vault."""

    DEPOSIT = "deposit", "Dépôt"
    READ = "read", "Lecture"
    METADATA = "read_metadata", "Lecture des métadonnées"
    CHECK = "check", "Contrôle"
    JOURNAL = "read_journal", "Lecture du journal des accès"
    LIST = "list", "Liste"
    COUNT = "count", "Comptage"
    DESTROY = "destroy", "Destruction"


class Attestation(NamedTuple):
    """One line of the log. ``about`` is the proof's id and ``sha256`` the content's, empty where it is about none."""

    number: int
    at: str
    actor: str
    act: str
    about: str
    sha256: str
    detail: str
    previous: str
    digest: str

    @property
    def expected(self) -> str:
        """The digest that it should bear."""
        return hashlib.sha256(_line(self[:-1])).hexdigest()


class AccessLog:
    """The log in the folder of a vault."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / _NAME
        self._lock = folder / _LOCK

    def attest(
        self, act: Act, actor: str, at: datetime, *, about: str = "", sha256: str = "", detail: str = ""
    ) -> Attestation:
        """Add a line; it is on the disk when this returns. Raises ``StoreError`` when it cannot be.

        What was left of a line by a process that was killed, and was told to nobody, is cut away first.
        """
        try:
            with held(self._lock, _PATIENCE), open(self.path, "a+b", opener=private.opener) as file:
                last = _last(file.fileno())
                number, previous = (last.number, last.digest) if last else (0, GENESIS)
                moment = at.isoformat(timespec="microseconds")
                made = Attestation(number + 1, moment, actor, act, about, sha256, detail[:500], previous, "")
                made = made._replace(digest=made.expected)
                file.write(_line(made) + b"\n")
                file.flush()
                os.fsync(file.fileno())
                return made
        except TimeoutError:
            raise StoreBusy("Le journal des accès est occupé par un autre programme : recommencez.") from None
        except OSError as error:
            raise StoreError(
                f"Le journal des accès « {self.path} » ne peut pas être écrit ({reason(error)}) : rien n'est fait sans"
                " trace, vérifiez sa place et ses droits.",
                code="access_log",
            ) from None

    def continue_from(self, other: "AccessLog") -> None:
        """Begin with the lines of the log that this one is a copy of; one that has lines of its own stays as it is."""
        if self.path.exists() or not other.path.exists():
            return
        try:
            with private.part(self.path.parent) as part:
                shutil.copyfile(other.path, part)
                part.replace(self.path)
        except OSError as error:
            raise StoreError(
                f"Le journal des accès « {self.path} » ne peut pas être écrit ({reason(error)}) : vérifiez ses droits.",
                code="access_log",
            ) from None

    def entries(self) -> Iterator[Attestation | None]:
        """Every line in order; None for one that cannot be read."""
        try:
            with self.path.open("rb") as file:
                for line in file:
                    yield _read(line)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError(
                f"Le journal des accès « {self.path} » ne peut pas être lu ({reason(error)}) : vérifiez ses droits.",
                code="access_log",
            ) from None

    def broken_at(self) -> int | None:
        """The number of the first line that was altered or does not follow the one before; None if none."""
        previous, expected = GENESIS, 1
        for entry in self.entries():
            if entry is None or (entry.number, entry.previous, entry.digest) != (expected, previous, entry.expected):
                return expected
            previous, expected = entry.digest, expected + 1
        return None


def _line(parts: Any) -> bytes:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _read(line: bytes) -> Attestation | None:
    try:
        number, *rest = json.loads(line)
        found = Attestation(int(number), *map(str, rest))
    except (ValueError, TypeError):
        return None
    return found if _line(found) + b"\n" == line else None


def _last(handle: int) -> Attestation | None:
    """The newest line, once what follows it without an end is cut away."""
    size = os.fstat(handle).st_size
    start = max(0, size - _LONGEST)
    os.lseek(handle, start, os.SEEK_SET)
    tail = os.read(handle, _LONGEST)
    whole = tail.rfind(b"\n") + 1
    if whole != len(tail):
        os.ftruncate(handle, start + whole)
    lines = tail[:whole].splitlines(keepends=True)
    if not lines:
        return None
    found = _read(lines[-1])
    if found is None:
        raise StoreError(
            "Le journal des accès a été altéré : lancez « reseau28 evidence check », puis mettez ce fichier de côté.",
            code="access_log_altered",
        )
    return found
