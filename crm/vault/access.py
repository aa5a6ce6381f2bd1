"""The access log of a vault: who did what with which proof, one attestation a line, chained by their digests.

It is not the journal: a reading changes nothing of the network, so it makes no commit and empties no cache. Lines are
only ever added. Like the journal's chain, this one finds what is altered within; what was cut or put back is seen by
who holds a head of it (``continuity``). A log that was damaged is set aside, and the next one begins by naming it.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain, islice
from typing import Any, NamedTuple

from crm.errors import StoreBusy, StoreError
from crm.vault.medium import LONGEST_LINE, Medium, told, why
from graph_schema.declaration import Vocabulary
from graph_schema.records import GENESIS, Head
from graph_schema.wording import count

ASIDE = r"access-\d{8}-\d{6}(?:-\d+)?\.jsonl"
"""How the logs are named that were set aside."""
_ASIDE = re.compile(ASIDE)
_LONGEST_DETAIL = 500


class Act(Vocabulary):
    """What is attested: the eight functions of a vault, and what left the network it belongs to."""

    DEPOSIT = "deposit", "Dépôt"
    READ = "read", "Lecture"
    METADATA = "read_metadata", "Lecture des métadonnées"
    CHECK = "check", "Contrôle"
    JOURNAL = "read_journal", "Lecture du journal des accès"
    LIST = "list", "Liste"
    COUNT = "count", "Comptage"
    DESTROY = "destroy", "Destruction"
    EXPORT = "export", "Export"
    """Not one of them: a document that tells of people left the network; ``detail`` names it and counts them."""
    RESTART = "restart", "Nouveau journal"
    """Nor this: the first line of a log that follows one that was set aside."""


class Attestation(NamedTuple):
    """One line of the log. ``about`` is the proof's id and ``sha256`` the content's, empty where it is about none.

    Of a restart they are the name of the log that was set aside, and the digest of all of it.
    """

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
        self,
        act: Act,
        actor: str,
        at: datetime,
        *,
        about: str = "",
        sha256: str = "",
        detail: str = "",
        seen: int = 0,
    ) -> Attestation:
        """Add a line; it is in the vault for good when this returns.

        Raises ``StoreError`` when it cannot be, and for a log of which ``seen`` lines were seen and none is left:
        another one, begun without a word, would pass for the whole of it.
        """
        moment = at.isoformat(timespec="microseconds")
        made: list[Attestation] = []

        def line(last: bytes | None) -> bytes:
            if last is None and seen:
                raise _emptied(seen)
            number, previous = _end(last)
            new = Attestation(number + 1, moment, actor, act, about, sha256, detail[:_LONGEST_DETAIL], previous, "")
            made[:] = [new._replace(digest=new.expected)]
            return _line(made[0]) + b"\n"

        with self._writing():
            self._medium.append(line)
        return made[0]

    def lines(self) -> Iterator[bytes]:
        """Every line in order, as it is written, its end included. Raises ``StoreError`` when it cannot be read."""
        with self._reading():
            yield from self._medium.lines()

    def entries(self) -> Iterator[Attestation | None]:
        """Every line in order; None for one that cannot be read."""
        return map(_read, self.lines())

    def head(self) -> Head:
        """The number and digest of the newest line; those of no line where there is none, or none that can be read."""
        with self._reading():
            newest = next(self._medium.latest(1), None)
        found = _read(newest) if newest else None
        return Head(found.number, found.digest) if found else Head(0, GENESIS)

    def digest_at(self, number: int) -> str | None:
        """The digest that the line ``number`` bears; None when there is no such line."""
        if number == 0:
            return GENESIS
        with self._reading():
            line = self._medium.line(number)
        found = _read(line) if line else None
        return found.digest if found and found.number == number else None

    def deposits(self) -> dict[str, Attestation]:
        """By content, the newest line that says that it was deposited, logs that were set aside included."""
        asides = chain.from_iterable(map(self.aside, self.aside_names()))
        found = filter(None, map(_read, chain(asides, self.lines())))
        return {each.sha256: each for each in found if each.act == Act.DEPOSIT and each.sha256}

    def restart(self, actor: str, at: datetime, why: str, lost: str = "") -> Attestation:
        """Set all of the log aside in the vault, under a name of its own, and begin anew; returns the first line.

        It says what is set aside, then what is ``lost`` of it, then ``why``. Raises ``StoreError`` when it cannot be;
        the log is then as it was.
        """
        aside = self._free(f"access-{at:%Y%m%d-%H%M%S}")
        made: list[Attestation] = []

        def first(former: Iterator[bytes]) -> bytes:
            digest, number, last = hashlib.sha256(), 0, ""
            for line in former:
                number += 1
                digest.update(line)
                found = _read(line)
                last = found.digest if found else last
            had = f"{count(number, 'ligne')}, dernière empreinte {last or 'illisible'}" if number else count(0, "ligne")
            words = " ; ".join(filter(None, (had, lost, why)))[:_LONGEST_DETAIL]
            moment, sha256 = at.isoformat(timespec="microseconds"), digest.hexdigest()
            new = Attestation(1, moment, actor, Act.RESTART, aside, sha256, words, GENESIS, "")
            made[:] = [new._replace(digest=new.expected)]
            return _line(made[0]) + b"\n"

        with self._writing():
            self._medium.restart(aside, first)
        return made[0]

    def asides(self) -> Iterator[tuple[Attestation, bool]]:
        """The restarts, newest first, each with whether the log that it set aside is there as it was."""
        met: set[str] = set()
        entry = next(self.entries(), None)
        while entry and entry.act == Act.RESTART and _ASIDE.fullmatch(entry.about) and entry.about not in met:
            met.add(entry.about)
            digest, first = hashlib.sha256(), b""
            for line in self.aside(entry.about):
                first = first or line
                digest.update(line)
            yield entry, digest.hexdigest() == entry.sha256
            entry = _read(first)

    def aside_names(self) -> list[str]:
        """The names of all the logs that were ever set aside here."""
        with self._reading():
            return sorted(each.name for each in self._medium.found("") if _ASIDE.fullmatch(each.name))

    def aside(self, name: str) -> Iterator[bytes]:
        """The lines of a log that was set aside; none where it is no more."""
        with self._reading(), suppress(FileNotFoundError), self._medium.opened(name) as stream:
            while line := stream.readline(LONGEST_LINE):
                yield line

    def aside_digest_at(self, aside: str, number: int) -> str | None:
        """The digest that the line ``number`` bears in a log that was set aside."""
        line = next(islice(self.aside(aside), number - 1, None), b"")
        found = _read(line)
        return found.digest if found and found.number == number else None

    def _free(self, name: str) -> str:
        with self._reading():
            number = 1
            while self._medium.holds(f"{name}{f'-{number}' if number > 1 else ''}.jsonl"):
                number += 1
        return f"{name}{f'-{number}' if number > 1 else ''}.jsonl"

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"Le journal des accès de « {self._medium.address} » ne peut pas être lu ({why(error)}) : vérifiez ses"
                " droits.",
                code="access_log",
            ) from None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            raise StoreBusy("Le journal des accès est occupé par un autre programme : recommencez.") from None
        except OSError as error:
            raise StoreError(
                f"Le journal des accès de « {self._medium.address} » ne peut pas être écrit ({why(error)}) : vérifiez"
                " sa place et ses droits.",
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
            "Le journal des accès a été altéré : « reseau28 evidence journal --restart » le met de côté et en commence"
            " un autre.",
            code="access_log_altered",
        )
    return found.number, found.digest


def _emptied(seen: int) -> StoreError:
    return StoreError(
        f"Le journal des accès est absent ou vide, et cette machine en a vu {count(seen, 'ligne')} : rien n'est fait."
        " Remettez-le depuis une sauvegarde, ou lancez « reseau28 evidence journal --restart » (administrateurs), qui"
        " en commence un autre et y note ce qui manque.",
        code="access_log_emptied",
    )


def latest(medium: Medium, most: int) -> Iterator[Attestation]:
    """The last lines of a log, the newest first, no more than ``most``; those that cannot be read are passed over.

    Raises ``StoreError`` when it cannot be read.
    """
    with told(medium):
        yield from filter(None, map(_read, medium.latest(most)))
