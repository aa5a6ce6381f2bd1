"""Contents by digest in one folder: whole or absent, once each, checked whenever they are read.

::

    NAME.vault/
        vault.json        whose vault this is
        access.jsonl      who did what with it (``access``)
        files/ab/abcd…    each content, under its SHA-256

Names are ours: no name that people gave reaches the disk. The folder is reached through fsspec, so that another medium
needs another way of placing a content whole, and nothing else.
"""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from crm import private
from crm.errors import InputError, StoreError
from crm.system_errors import reason
from crm.vault import media

if TYPE_CHECKING:
    from fsspec.implementations.local import LocalFileSystem

LARGEST = 100 << 20
"""Bytes of the largest file that is let in."""

_BLOCK = 1 << 20
_FILES = "files"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class State(StrEnum):
    """How a content is found."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"


class Content(NamedTuple):
    """A content that is in the vault: its digest, its size, its media type, and whether it was there before."""

    sha256: str
    size: int
    media: str
    known: bool


class Entry(NamedTuple):
    """What is seen of a content without reading it: its size, and for how many seconds it has been here."""

    size: int
    age: float


class Vault:
    """The contents kept in ``root``, for the vault of that ``id``."""

    def __init__(self, root: Path, id: str) -> None:
        self.root, self.id = root, id
        self._fs = _local()

    def put(self, source: BinaryIO, name: str) -> Content:
        """Take in what ``source`` holds: it is on the disk, whole, when this returns.

        Raises ``InputError`` for an empty, a too large file, or one of a type that ``name`` lies about or that proves
        nothing; ``StoreError`` when it cannot be written. Nothing is left then.
        """
        with _told(self.root), private.part(self.root) as part:
            sha256, size = _copied(source, part, name)
            with part.open("rb") as written:
                kind = media.of(written, name)
            known = self.state(sha256) is State.WHOLE
            if not known:  # also in the place of one that was altered
                self._place(part, sha256)
            return Content(sha256, size, kind.type, known)

    def bring(self, source: BinaryIO, sha256: str) -> bool:
        """Take in a content that another vault holds; whether it was its digest's."""
        with _told(self.root), private.part(self.root) as part:
            found, _ = _copied(source, part, sha256, None)
            if found == sha256:
                self._place(part, sha256)
            return found == sha256

    @contextmanager
    def opened(self, sha256: str) -> Iterator[BinaryIO]:
        """A content to be read, once all of it was seen to be what its digest says.

        Raises ``StoreError`` (codes ``file_missing``, ``file_altered``) otherwise: nothing of it is given out.
        """
        with ExitStack() as open_here:
            with _told(self.root):
                try:
                    stream: BinaryIO = open_here.enter_context(self._fs.open(self._path(sha256), "rb"))
                except FileNotFoundError:
                    raise _missing(sha256) from None
                if _digest(stream) != sha256:
                    raise _altered(sha256)
                stream.seek(0)
            yield stream

    def state(self, sha256: str) -> State:
        """How the content of that digest is found: all of it is read."""
        try:
            with self.opened(sha256):
                return State.WHOLE
        except StoreError as error:
            if error.code == "file_missing":
                return State.MISSING
            if error.code == "file_altered":
                return State.ALTERED
            raise

    def holds(self, sha256: str) -> bool:
        """Whether a content of that digest is here, without reading it."""
        with _told(self.root):
            return bool(self._fs.exists(self._path(sha256)))

    def entries(self) -> dict[str, Entry]:
        """The contents that are here, by digest; what others left in the folder is not ours and not told."""
        with _told(self.root):
            if not self._fs.isdir(str(self.root / _FILES)):
                return {}
            found = self._fs.find(str(self.root / _FILES), detail=True)
            named = {Path(path).name: (path, each) for path, each in found.items()}
            return {
                name: Entry(int(each["size"]), time.time() - each["mtime"])
                for name, (path, each) in named.items()
                if _DIGEST.fullmatch(name) and Path(path) == Path(self._path(name))
            }

    def remove(self, sha256: str) -> None:
        """Take a content away; one that is not here is passed over."""
        with _told(self.root), suppress(FileNotFoundError):
            self._fs.rm_file(self._path(sha256))

    def _path(self, sha256: str) -> str:
        return str(self.root / _FILES / sha256[:2] / sha256)

    def _place(self, part: Path, sha256: str) -> None:
        """Give a whole file its name; the name is on the disk when this returns."""
        path = Path(self._path(sha256))
        for folder in (path.parent.parent, path.parent):
            make_folder(folder)
        part.replace(path)
        for folder in (path.parent, path.parent.parent, self.root):
            sync(folder)


def make_folder(folder: Path) -> None:
    """A folder for its owner alone."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)


def sync(folder: Path) -> None:
    """Have the names in a folder survive the end of the machine, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _local() -> "LocalFileSystem":
    from fsspec.implementations.local import LocalFileSystem  # loads only where a vault is used

    return LocalFileSystem(skip_instance_cache=True)


def _copied(source: BinaryIO, part: Path, name: str, most: int | None = LARGEST) -> tuple[str, int]:
    """Copy ``source`` into ``part`` down to the disk; its digest and size."""
    digest, size = hashlib.sha256(), 0
    with part.open("r+b") as target:
        while block := source.read(_BLOCK):
            size += len(block)
            if most is not None and size > most:
                raise InputError(
                    f"« {name} » dépasse {most >> 20} Mo : déposez un fichier plus petit.",
                    field="file", code="too_large",
                )  # fmt: skip
            digest.update(block)
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    if not size:
        raise InputError(f"« {name} » est vide : déposez le vrai fichier.", field="file", code="empty")
    return digest.hexdigest(), size


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


@contextmanager
def _told(root: Path) -> Iterator[None]:
    """Tell what the system refuses."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"Le coffre « {root} » ne peut pas être lu ou écrit ({reason(error)}) : vérifiez sa place et ses droits.",
            code="vault",
        ) from None


def _missing(sha256: str) -> StoreError:
    return StoreError(
        f"Le fichier {sha256[:12]}… n'est plus dans le coffre : remettez-le depuis une sauvegarde.", code="file_missing"
    )


def _altered(sha256: str) -> StoreError:
    return StoreError(
        f"Le fichier {sha256[:12]}… du coffre n'est plus celui qui a été déposé : remettez-le depuis une sauvegarde.",
        code="file_altered",
    )
