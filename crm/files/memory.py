"""What this machine remembers of chains of digests: how far it saw each, in files that do not move with the data.

In a chain each link bears the digest of the one before: the journal of a network, the access log of a vault. An older
copy put in its place is whole, and so is one whose end was cut: nothing in it tells. So this machine keeps how far it
saw a chain, one file a chain, one line each time. A head is noted only if the chain goes through the one noted before,
so the newest line alone says all that was seen.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, BinaryIO, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from crm import days
from crm.faults import Fault
from crm.files import paths, private
from crm.files.system_errors import reason
from graph_schema.records import Head

if os.name == "posix":
    import fcntl

IF_MEANT = "Si c'est voulu : « reseau28 verify --accept »."
"""What ends a sentence about what was found otherwise than seen."""

_PLAIN = re.compile(r"[0-9A-Za-z_-]{1,64}")
_BEGINS = b'{"at":"'
"""How each of our lines begins."""

_NAMED = 8
"""So many letters of another chain's identifier name it."""

_LARGEST, _KEPT = 64 << 10, 100
"""Bytes beyond which only the newest lines are kept, and how many."""


Mark = Literal["seen", "restored", "accepted"]
At = Callable[[int], str | None]
"""The digest that the link of that number bears in a chain; None when there is no such link."""


class Seen(BaseModel):
    """One line: the head that was seen ``at`` an instant of a network kept at ``place``.

    It was met in the course of work (« seen »), brought by a restore or a copy (« restored »), or someone has said that
    what is there is as it should be (« accepted »): the last two stand whatever was seen before.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    at: str
    number: int
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    what: Mark
    place: str
    by: str = ""

    @property
    def head(self) -> Head:
        """The number and digest."""
        return Head(self.number, self.digest)


class Gap(BaseModel):
    """Where a chain does not go through a head that was seen: it is shorter (``cut``), or has another end.

    ``chain`` is the other chain to which that head belongs, where another one was put in its place (empty: this one).
    """

    model_config = ConfigDict(frozen=True)

    seen: Seen
    head: Head
    cut: bool
    here: bool
    """Whether it was seen in this very place, rather than in another copy of the network."""
    chain: str = ""


class GapWords(NamedTuple):
    """How a gap of one kind of chain is told: what begins the ``codes``, and parts of French sentences.

    ``seen`` and ``ends`` have a place for a number; ``cut`` has one for ``ends``; ``other``, of another chain in the
    place of one that was seen, has some for the name of that chain, a number and an instant.
    """

    codes: str
    seen: str
    ends: str
    cut: str
    rewritten: str
    other: str = ""


def fault_of(gap: Gap, words: GapWords) -> Fault:
    """What to say where a chain parts from what this machine has seen."""
    if gap.chain:
        told = words.other.format(gap.chain[:_NAMED], gap.seen.number, days.moment(gap.seen.at))
        return Fault(f"{words.codes}seen_other", str(gap.head.number), told)
    seen, where = gap.seen, "" if gap.here else f" dans « {gap.seen.place} »"
    first = f"Cette machine a vu {words.seen.format(seen.number)} le {days.moment(seen.at)}{where}"
    ends = words.ends.format(gap.head.number)
    if not gap.here:
        rest = ends if gap.cut else "a une autre suite"
        return Fault(f"{words.codes}seen_elsewhere", str(gap.head.number), f"{first} ; celui-ci {rest}.")
    if gap.cut:
        return Fault(f"{words.codes}seen_cut", str(gap.head.number + 1), f"{first}, et {words.cut.format(ends)}")
    return Fault(f"{words.codes}seen_rewritten", str(seen.number), f"{first}, et {words.rewritten}")


def damaged(file: Path, chain: str, which: str) -> Fault:
    """What to say where what this machine remembered of a chain cannot be read; ``which`` chain, in words."""
    what = (
        f"La mémoire de cette machine (« {file} ») est abîmée ou retouchée : elle ne peut plus dire si la fin {which} a"
        " été coupée ou remplacée. Vérifiez avec un reçu (« reseau28 verify --receipt »), puis lancez « reseau28 verify"
        " --accept », qui la recommence."
    )
    return Fault("memory_damaged", chain, what)


class Memory:
    """The heads seen of chains of a network kept at ``place``, a path or an address, in files of ``folder``."""

    def __init__(self, folder: Path, place: str) -> None:
        self._folder = folder
        self.place = place
        self._known: dict[str, tuple[tuple[int, int, int], Seen | None]] = {}

    def gap(self, chain: str, at: At, head: Callable[[], Head]) -> Gap | None:
        """Where a chain parts from what this machine has seen here or, of a place never seen, elsewhere."""
        lines = list(self._lines(chain))
        mine = [line for line in lines if line.place == self.place]
        elsewhere = {line.place: line for line in lines}.values()
        newest = mine[-1] if mine else max(elsewhere, key=lambda line: line.number, default=None)
        if newest is None or at(newest.number) == newest.digest:
            return None
        found = head()
        return Gap(seen=newest, head=found, cut=found.number < newest.number, here=bool(mine))

    def other(self, chain: str, head: Callable[[], Head]) -> Gap | None:
        """Whether the chain that was seen last in this very place is another than ``chain``, which has a link.

        Each is whole, and what was seen of one tells nothing of the other: but here there was the other one.
        """
        others = [(seen.at, other, seen) for other in self._chains() if other != chain and (seen := self.last(other))]
        mine = self.last(chain)
        at, other, seen = max(others, default=("", "", None), key=lambda each: each[:2])
        if seen is None or (mine and mine.at >= at):
            return None
        found = head()
        return Gap(seen=seen, head=found, cut=False, here=True, chain=other) if found.number else None

    def last(self, chain: str) -> Seen | None:
        """The newest head seen in this place."""
        state = self._state(chain)
        if state is None:
            return None
        known = self._known.get(chain)
        if known is None or known[0] != state:
            mine = [line for line in self._lines(chain) if line.place == self.place]
            known = self._known[chain] = state, mine[-1] if mine else None
        return known[1]

    def common(self, chain: str, at: At) -> int:
        """The number of the newest head seen in this place that the chain still bears; 0 where it bears none."""
        mine = [line.head for line in self._lines(chain) if line.place == self.place]
        return next((head.number for head in reversed(mine) if at(head.number) == head.digest), 0)

    def note(self, chain: str, head: Head, previous: str, at: At) -> None:
        """Note a link that was just added after ``previous``, unless the chain no longer goes through what was seen."""
        last = self.last(chain)
        if last and last.head != (head.number - 1, previous):  # others wrote in between, or it was put back
            behind = last.number < head.number
            if not behind or at(last.number) != last.digest:
                return
        self.mark(chain, head, "seen")

    def mark(self, chain: str, head: Head, what: Mark, by: str = "") -> None:
        """Add a line. What cannot be written is not: no work is refused for it, ``trouble`` says why."""
        path = self.file(chain)
        if path is None:
            return
        at = days.now().isoformat(timespec="seconds")
        line = Seen(at=at, number=head.number, digest=head.digest, what=what, place=self.place, by=by)
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _locked(path) as handle:
                handle.write(line.model_dump_json(exclude_defaults=True).encode() + b"\n")
                handle.flush()
                if handle.tell() > _LARGEST or (what == "accepted" and self.damaged(chain)):
                    _shorten(path, list(self._lines(chain)))
            if state := self._state(chain):
                self._known[chain] = state, line

    def trouble(self, chain: str) -> str | None:
        """Why nothing can be noted of a chain on this machine, in a few words; None where it can."""
        path = self.file(chain)
        if path is None:
            return "son identifiant n'est pas l'un des nôtres"
        try:
            if path.exists() and not path.is_file():
                return f"« {path} » n'est pas un fichier ordinaire"
            if path.exists():
                path.open("a+b").close()
            existing = next(each for each in path.parents if each.exists())
            if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
                return f"« {existing} » n'est pas un dossier où l'on peut écrire"
        except OSError as error:
            return f"« {path} » : {reason(error)}"
        return None

    def damaged(self, chain: str) -> Path | None:
        """The file of a chain when there is in it what this software never wrote; None where all of it is ours.

        A line that was torn by a full disk or a killed process is.
        """
        path = self.file(chain)
        return path if path and any(not _is_torn(line) for line, seen in self._all(chain) if seen is None) else None

    def file(self, chain: str) -> Path | None:
        """The file in which the heads of a chain are kept; None for a name that cannot be one of ours."""
        return self._folder / chain if _PLAIN.fullmatch(chain) else None

    def _chains(self) -> list[str]:
        """The chains of which something was seen, here or elsewhere."""
        try:
            return [each.name for each in self._folder.iterdir() if _PLAIN.fullmatch(each.name)]
        except OSError:
            return []

    def _state(self, chain: str) -> tuple[int, int, int] | None:
        path = self.file(chain)
        try:
            found = path.stat() if path else None
        except OSError:
            return None
        return (found.st_ino, found.st_size, found.st_mtime_ns) if found else None

    def _lines(self, chain: str) -> Iterator[Seen]:
        return (seen for _, seen in self._all(chain) if seen)

    def _all(self, chain: str) -> Iterator[tuple[bytes, Seen | None]]:
        """Each line with what it says; None for one that says nothing that we can read."""
        path = self.file(chain)
        try:
            content = paths.content(path) if path else b""
        except OSError:
            return
        for line in content.splitlines():
            try:
                yield line, Seen.model_validate_json(line)
            except ValidationError:
                yield line, None


def _is_torn(line: bytes) -> bool:
    """Whether a line is the beginning of one of ours, its end lacking."""
    return _BEGINS.startswith(line[: len(_BEGINS)]) and not line.endswith(b"}")


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    """The file opened to be added to, by one process at a time, at the beginning of a line."""
    handle = _opened(path)
    try:
        if handle.seek(0, os.SEEK_END):
            handle.seek(-1, os.SEEK_END)
            if handle.read(1) != b"\n":  # a process was killed, or a disk was full, in the middle of a line
                handle.write(b"\n")
        yield handle
    finally:
        handle.close()


def _opened(path: Path) -> BinaryIO:
    while True:
        handle = open(path, "a+b", opener=private.opener)  # noqa: SIM115  # Path.open knows no opener
        if os.name != "posix":
            return handle
        fcntl.flock(handle, fcntl.LOCK_EX)
        if path.exists() and path.stat().st_ino == os.fstat(handle.fileno()).st_ino:
            return handle
        handle.close()  # another process has just put a shorter one there


def _shorten(path: Path, lines: list[Seen]) -> None:
    """Keep the newest lines, and of each place its newest."""
    newest = {line.place: index for index, line in enumerate(lines)}
    first = len(lines) - _KEPT
    kept = [line for index, line in enumerate(lines) if index >= first or newest[line.place] == index]
    with private.part(path.parent) as part:
        part.write_bytes(b"".join(line.model_dump_json(exclude_defaults=True).encode() + b"\n" for line in kept))
        part.replace(path)
