"""A vault in a folder: parts that are renamed once they are on the disk, and a log of one file under a lock.

The folder is reached through fsspec; what a disk needs to keep a name for good is ours.
"""

import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from crm.files import paths, private
from crm.files.locks import held
from crm.vault.medium import LOG, LONGEST_LINE, Refused, SeenFile
from graph_schema.limits import Wait

if TYPE_CHECKING:
    from fsspec.implementations.local import LocalFileSystem

_LOG_LOCK, _LOCK = "access.lock", "vault.lock"
PATIENCE = Wait(30, "Attente de qui écrit déjà dans le coffre", "refusé : rien n'est déposé, recommencez")
_TORN = re.compile(rb'(\[\d*(,("[^\n]*)?)?)?\0*')
"""The beginning of a line, as a killed process leaves it; a machine that went off may leave zeros there."""


class Folder:
    """The medium that is the folder ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._fs = _local()

    @property
    def address(self) -> str:
        return str(self.root)

    def sweep(self) -> None:
        private.sweep(self.root)

    def make(self) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def is_blank(self) -> bool:
        return not self.root.is_dir() or all(
            each.name.startswith((".reseau28-", _LOCK)) for each in self.root.iterdir()
        )

    def part(self) -> AbstractContextManager[Path]:
        return private.part(self.root)

    def place(self, part: Path, name: str) -> None:
        path = self.root / name
        self._require_own(name)
        folders = [each for each in path.parents if self.root in each.parents]
        for folder in reversed(folders):
            make_folder(folder)
        part.replace(path)
        for folder in (*folders, self.root):
            _sync(folder)

    def create(self, name: str, content: bytes) -> bool:
        with held(self.root / _LOCK, PATIENCE):
            if self.holds(name):
                return False
            make_folder(self.root)
            self.write(name, content)
            return True

    def write(self, name: str, content: bytes) -> None:
        with self.part() as part:
            with part.open("r+b") as target:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
            self.place(part, name)

    def read(self, name: str, most: int) -> bytes | None:
        self._require_own(name)
        try:
            with paths.opened(self.root / name, follow=False) as file:
                return file.read(most)
        except FileNotFoundError:
            return None

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        if self.instead(name):
            raise FileNotFoundError(name)
        with paths.opened(self.root / name, follow=False) as stream:
            yield stream

    def holds(self, name: str) -> bool:
        return not self.instead(name) and bool(self._fs.exists(str(self.root / name)))

    def instead(self, name: str) -> str:
        path = self.root / name
        for folder in reversed([each for each in path.parents if self.root in each.parents]):
            if (what := paths.there(folder)) != "un dossier":
                return f"{what} s'y trouve à la place de « {self._name(folder)} »" if what else ""
        what = paths.there(path)
        return f"{what} s'y trouve à la place de « {name} »" if what not in ("", "un fichier") else ""

    def found(self, under: str) -> Iterator[SeenFile]:
        for each in self._within(under):
            if each.is_file(follow_symlinks=False):
                seen = each.stat(follow_symlinks=False)
                yield SeenFile(self._name(each.path), seen.st_size, time.time() - seen.st_mtime)

    def odd(self) -> Iterator[str]:
        for each in self._within(""):
            if not each.is_file(follow_symlinks=False):
                yield self._name(each.path)

    def _within(self, under: str) -> Iterator["os.DirEntry[str]"]:
        """All that lies in a folder and those in it, the folders themselves aside."""
        if not self.root.is_dir() or (under and paths.there(self.root / under) != "un dossier"):
            return
        with os.scandir(self.root / under) as entries:
            for each in entries:
                if each.is_dir(follow_symlinks=False):
                    yield from self._within(self._name(each.path))
                else:
                    yield each

    def _name(self, path: str | Path) -> str:
        return Path(path).relative_to(self.root).as_posix()

    def _require_own(self, name: str) -> None:
        """Raise ``Refused`` where no file of ours stands there: it is neither read nor written, nor waited for."""
        if what := self.instead(name):
            raise Refused(None, what)

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            if self.instead(name):
                return
            self._fs.rm_file(str(self.root / name))

    def append(self, line: Callable[[bytes | None], bytes]) -> None:
        """What was left of a line by a process that was killed, and was told to nobody, is cut away first."""
        self._require_own(LOG)
        with held(self.root / _LOG_LOCK, PATIENCE):
            first = b"" if self.holds(LOG) else line(None)  # before there is a file: ``line`` may refuse to begin one
            with open(self.root / LOG, "a+b", opener=private.opener) as file:
                file.write(first or line(_last(file.fileno())))
                file.flush()
                os.fsync(file.fileno())

    def lines(self) -> Iterator[bytes]:
        """What of a line has no end yet is being written, or was left by a killed process: it was told to nobody."""
        self._require_own(LOG)
        with suppress(FileNotFoundError), paths.opened(self.root / LOG, follow=False) as file:
            while line := file.readline(LONGEST_LINE):
                if line.endswith(b"\n") or len(line) == LONGEST_LINE or not _TORN.fullmatch(line):
                    yield line

    def line(self, number: int) -> bytes | None:
        return next(islice(self.lines(), number - 1, None), None)

    def restart(self, aside: str, first: Callable[[Iterator[bytes]], bytes]) -> None:
        log = self.root / LOG
        with held(self.root / _LOG_LOCK, PATIENCE):
            if self.instead(LOG):  # nothing of ours: it holds no line
                log.rename(self.root / f"{aside}.autre")
            with self.part() as part:
                with part.open("wb") as kept:
                    kept.writelines(self.lines())
                    kept.flush()
                    os.fsync(kept.fileno())
                self.place(part, aside)
            with paths.opened(self.root / aside, follow=False) as former:
                self.write(LOG, first(iter(former)))

    def latest(self, most: int) -> Iterator[bytes]:
        return reversed(deque(self.lines(), most))

    def bring(self, lines: Iterable[bytes]) -> None:
        path = self.root / LOG
        self._require_own(LOG)
        if path.exists():
            return
        with self.part() as part:
            with part.open("r+b") as target:
                target.writelines(lines)
                written = target.tell()
            if written:
                part.replace(path)


def make_folder(folder: Path) -> None:
    """A folder for its owner alone."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)


def _sync(folder: Path) -> None:
    """Have the names in a folder survive the end of the machine, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _last(handle: int) -> bytes | None:
    """The newest line, once what follows it without an end is cut away; that itself, where it is of no line of ours."""
    size = os.fstat(handle).st_size
    start = max(0, size - LONGEST_LINE)
    os.lseek(handle, start, os.SEEK_SET)
    tail = os.read(handle, LONGEST_LINE)
    whole = tail.rfind(b"\n") + 1
    if not _TORN.fullmatch(tail[whole:]):
        return tail[whole:]
    if whole != len(tail):
        os.ftruncate(handle, start + whole)
    lines = tail[:whole].splitlines(keepends=True)
    return lines[-1] if lines else None


def _local() -> "LocalFileSystem":
    from fsspec.implementations.local import LocalFileSystem  # loads only where a vault is used

    return LocalFileSystem(skip_instance_cache=True)
