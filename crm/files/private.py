"""Files for their owner alone, whatever the system's habits: all that we write may hold personal data.

What takes its name only once it is whole is made under another one. A process that is killed meanwhile leaves it: the
next one to write in that folder, or to open a network there, removes it.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from crm.errors import InputError, StoreError
from crm.files.system_errors import reason

if os.name == "posix":
    import fcntl

_MODE = 0o600
_PREFIX, _SUFFIX = ".reseau28-", ".part"
_BESIDE = ("", "-wal", "-shm", "-journal")


def opener(path: str, flags: int) -> int:
    """Open a file so that only its owner may read it; given to ``open``."""
    handle = os.open(path, flags, _MODE)
    if os.name == "posix":
        os.fchmod(handle, _MODE)
    return handle


@contextmanager
def part(folder: Path) -> Iterator[Path]:
    """A new, empty file in ``folder``, to be filled and renamed; what bears its name at the end is removed."""
    sweep(folder)
    path, handle = _made(folder)
    try:
        if os.name != "posix":
            os.close(handle)  # there a file that is being written cannot be removed
        yield path
    finally:
        if os.name == "posix":
            os.close(handle)
        _remove(path)


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """A file to be filled that takes the name ``file`` once it is whole.

    Raises ``InputError`` when the name is taken, ``StoreError`` when it cannot be written.
    """
    check_new(file)
    with _writing(file), part(file.parent) as kept:
        with kept.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        kept.replace(file)


def check_new(*files: Path) -> None:
    """Raise as ``new_file`` unless each can be written: before the first of several is, so that all are or none."""
    for number, file in enumerate(files):
        check_named(file)
        if file.resolve() in [each.resolve() for each in files[:number]]:
            raise InputError(f"« {file} » est donné deux fois : donnez deux noms, rien n'a été écrit.", field="file")
        with _writing(file):
            if not file.parent.exists():
                raise InputError(
                    f"« {file} » ne peut pas être écrit : le dossier « {file.parent} » n'existe pas. Créez-le, ou"
                    " choisissez un autre endroit.",
                    field="file", code="no_folder",
                )  # fmt: skip
            if file.exists():
                raise InputError(
                    f"« {file} » existe déjà : donnez un autre nom, rien n'a été écrit.", field="file", code="exists"
                )
            with part(file.parent):
                pass


def check_named(file: Path, field: str = "file") -> None:
    """Raise ``InputError`` for « - »: nothing is written where results are told."""
    if file.name == "-":
        raise InputError("« - » n'est pas un nom de fichier : donnez-en un, rien n'a été écrit.", field=field)


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"« {file} » ne peut pas être écrit ({reason(error)}) : choisissez un autre endroit."
        ) from None


def sweep(folder: Path) -> None:
    """Remove what killed processes have left in ``folder``."""
    with suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            _sweep(path)


def _made(folder: Path) -> tuple[Path, int]:
    """A new part and its handle, whose lock says that we live: it ends with us, however we end.

    Until the lock is ours another process may take the part for one that was left, so it is looked for once more.
    """
    while True:
        path = folder / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
        handle = opener(str(path), os.O_RDWR | os.O_CREAT | os.O_EXCL)
        if os.name != "posix":
            return path, handle
        fcntl.flock(handle, fcntl.LOCK_EX)
        if path.exists():
            return path, handle
        os.close(handle)


def _sweep(path: Path) -> None:
    """Remove a part that nobody holds, and hold it meanwhile."""
    if os.name != "posix":
        _remove(path)
        return
    with suppress(OSError):  # gone, someone else's, or in use
        handle = os.open(path, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(path)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    for end in _BESIDE:
        with suppress(OSError):
            path.with_name(f"{path.name}{end}").unlink()
    shutil.rmtree(path.with_name(f"{path.name}.vault"), ignore_errors=True)
