"""The access log of a vault: who did what with which proof, one attestation a line, chained by their digests.

It is not the journal: a reading changes nothing of the network, so it makes no commit and empties no cache. Lines are
only ever added. Like the journal's chain, this one finds what is altered within; that its end was cut shows only to who
kept an attestation.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from crm.errors import StoreBusy, StoreError
from crm.vault.medium import Medium, why
from graph_schema.declaration import Vocabulary
from graph_schema.records import GENESIS


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
    """The log of the vault in ``medium``."""

    def __init__(self, medium: Medium) -> None:
        self._medium = medium

    def attest(
        self, act: Act, actor: str, at: datetime, *, about: str = "", sha256: str = "", detail: str = ""
    ) -> Attestation:
        """Add a line; it is in the vault for good when this returns. Raises ``StoreError`` when it cannot be."""
        moment = at.isoformat(timespec="microseconds")
        made: list[Attestation] = []

        def line(last: bytes | None) -> bytes:
            number, previous = _end(last)
            new = Attestation(number + 1, moment, actor, act, about, sha256, detail[:500], previous, "")
            made[:] = [new._replace(digest=new.expected)]
            return _line(made[0]) + b"\n"

        try:
            self._medium.append(line)
        except TimeoutError:
            raise StoreBusy("Le journal des accès est occupé par un autre programme : recommencez.") from None
        except OSError as error:
            raise StoreError(
                f"Le journal des accès de « {self._medium.address} » ne peut pas être écrit ({why(error)}) : rien n'est"
                " fait sans trace, vérifiez sa place et ses droits.",
                code="access_log",
            ) from None
        return made[0]

    def lines(self) -> Iterator[bytes]:
        """Every line in order, as it is written, its end included. Raises ``StoreError`` when it cannot be read."""
        try:
            yield from self._medium.lines()
        except OSError as error:
            raise StoreError(
                f"Le journal des accès de « {self._medium.address} » ne peut pas être lu ({why(error)}) : vérifiez ses"
                " droits.",
                code="access_log",
            ) from None

    def entries(self) -> Iterator[Attestation | None]:
        """Every line in order; None for one that cannot be read."""
        return map(_read, self.lines())

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
    except (ValueError, TypeError, RecursionError):
        return None
    return found if _line(found) + b"\n" == line else None


def _end(last: bytes | None) -> tuple[int, str]:
    """The number and the digest of the newest line, from which the next one goes on."""
    if last is None:
        return 0, GENESIS
    found = _read(last)
    if found is None:
        raise StoreError(
            "Le journal des accès a été altéré : lancez « reseau28 evidence check », puis mettez ce fichier de côté.",
            code="access_log_altered",
        )
    return found.number, found.digest
