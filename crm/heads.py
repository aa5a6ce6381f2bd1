"""What this machine has seen of a network's journal: the heads, kept apart from the data.

An older backup put in the place of a network is whole, and so is a journal whose end was cut: nothing in them tells.
This machine remembers how far it saw the network, in a file of the data folder that does not move with the store. A
head is noted only if the journal goes through the one noted before, so the newest line alone says all that was seen.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from crm import days, paths, private
from crm.errors import StoreError
from crm.store.protocol import ReadTransaction, Store
from crm.system_errors import reason
from graph_schema.records import GENESIS, Commit, Head

if os.name == "posix":
    import fcntl

_PLAIN = re.compile(r"[0-9A-Za-z_-]{1,64}")
_LARGEST, _KEPT = 64 << 10, 100
"""Bytes beyond which only the newest lines are kept, and how many."""


class Seen(BaseModel):
    """One line: the head that was seen ``at`` an instant in the store at ``place``.

    It was met in the course of work (« seen »), brought by a restore or a copy (« restored »), or someone has said that
    what is there is as it should be (« accepted »): the last two stand whatever was seen before.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    at: str
    number: int
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    what: Literal["seen", "restored", "accepted"]
    place: str
    by: str = ""

    @property
    def head(self) -> Head:
        """The number and digest."""
        return Head(self.number, self.digest)


class Gap(BaseModel):
    """Where a journal does not go through a head that was seen: it is shorter (``cut``), or another one."""

    model_config = ConfigDict(frozen=True)

    seen: Seen
    head: Head
    cut: bool
    here: bool
    """Whether it was seen in this very place, rather than in another copy of the network."""


class Heads:
    """The heads seen of the networks kept at ``place``, a path or an address, in files of ``folder``, one a network."""

    def __init__(self, folder: Path, place: str) -> None:
        self._folder = folder
        self.place = place
        self._dataset = ""
        self._known: tuple[tuple[int, int, int], Seen] | None = None

    def gap(self, tx: ReadTransaction) -> Gap | None:
        """Where the journal parts from what this machine has seen here or, of a place never seen, elsewhere."""
        lines = list(self._lines(tx.dataset()))
        mine = [line for line in lines if line.place == self.place]
        elsewhere = {line.place: line for line in lines}.values()
        newest = mine[-1] if mine else max(elsewhere, key=lambda line: line.number, default=None)
        if newest is None or _holds(newest, tx):
            return None
        head = tx.head()
        return Gap(seen=newest, head=head, cut=head.number < newest.number, here=bool(mine))

    def last(self, tx: ReadTransaction) -> Seen | None:
        """The newest head seen in this place."""
        return self._last(tx.dataset())

    def look(self, store: Store) -> Gap | None:
        """The gap of a store that is about to be worked in; its head is noted when there is none."""

        def work(tx: ReadTransaction) -> tuple[Gap | None, str, Head, Seen | None]:
            return self.gap(tx), tx.dataset(), tx.head(), self.last(tx)

        gap, dataset, head, last = store.read(work)
        self._dataset = dataset
        if gap is None and head.number and (last is None or last.number < head.number):
            self._append(dataset, head, "seen")
        return gap

    def note(self, commit: Commit, store: Store) -> None:
        """Note a commit that this machine has just written, unless the journal no longer goes through what it saw.

        The commit is written: a store that goes away just then is told at the next act, not of this one.
        """
        with suppress(StoreError):
            self._note(commit, store)

    def _note(self, commit: Commit, store: Store) -> None:
        if not self._dataset or commit.number == 1:  # it never changes once the network has a commit
            self._dataset = store.read(lambda tx: tx.dataset())
        dataset = self._dataset
        last = self._last(dataset)
        if last and last.head != (commit.number - 1, commit.previous):  # others wrote in between, or it was put back
            behind = last.number < commit.number
            if not behind or not store.read(partial(_holds, last)):
                return
        self._append(dataset, Head(commit.number, commit.digest), "seen")

    def mark(self, store: Store, what: Literal["restored", "accepted"], by: str) -> None:
        """From here on the store as it is now is what this machine has seen: someone has put it there, knowingly."""
        dataset, head = store.read(lambda tx: (tx.dataset(), tx.head()))
        self._append(dataset, head, what, by)

    def trouble(self, dataset: str) -> str | None:
        """Why nothing can be noted of a network on this machine, in a few words; None where it can."""
        path = self.file(dataset)
        if path is None:
            return "l'identifiant du réseau n'est pas l'un des nôtres"
        try:
            if path.exists() and not path.is_file():
                return f"« {path} » n'est pas un fichier ordinaire"
            if path.exists():
                path.open("ab").close()
            existing = next(each for each in path.parents if each.exists())
            if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
                return f"« {existing} » n'est pas un dossier où l'on peut écrire"
        except OSError as error:
            return f"« {path} » : {reason(error)}"
        return None

    def file(self, dataset: str) -> Path | None:
        """The file in which the heads of a network are kept; None for a name that cannot be one of ours."""
        return self._folder / dataset if _PLAIN.fullmatch(dataset) else None

    def _last(self, dataset: str) -> Seen | None:
        state = self._state(dataset)
        if self._known is None or self._known[0] != state:
            mine = [line for line in self._lines(dataset) if line.place == self.place]
            if not mine or state is None:
                return None
            self._known = state, mine[-1]
        return self._known[1]

    def _state(self, dataset: str) -> tuple[int, int, int] | None:
        path = self.file(dataset)
        try:
            found = path.stat() if path else None
        except OSError:
            return None
        return (found.st_ino, found.st_size, found.st_mtime_ns) if found else None

    def _lines(self, dataset: str) -> Iterator[Seen]:
        path = self.file(dataset)
        try:
            content = paths.content(path) if path else b""
        except OSError:
            return
        for line in content.splitlines():
            with suppress(ValidationError):  # torn by a full disk or a killed process
                yield Seen.model_validate_json(line)

    def _append(self, dataset: str, head: Head, what: Literal["seen", "restored", "accepted"], by: str = "") -> None:
        """Add a line. What cannot be written is not: no work is refused for it, ``trouble`` says why."""
        path = self.file(dataset)
        if path is None:
            return
        at = days.now().isoformat(timespec="seconds")
        line = Seen(at=at, number=head.number, digest=head.digest, what=what, place=self.place, by=by)
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _locked(path) as handle:
                handle.write(line.model_dump_json(exclude_defaults=True).encode() + b"\n")
                handle.flush()
                if handle.tell() > _LARGEST:
                    _shorten(path, list(self._lines(dataset)))
            if state := self._state(dataset):
                self._known = state, line


def digest_at(tx: ReadTransaction, number: int) -> str | None:
    """The digest that the commit ``number`` bears; None when there is no such commit."""
    if number == 0:
        return GENESIS
    found = tx.commits(after=number - 1, limit=1)
    return found[0].digest if found and found[0].number == number else None


def _holds(seen: Seen, tx: ReadTransaction) -> bool:
    return digest_at(tx, seen.number) == seen.digest


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
