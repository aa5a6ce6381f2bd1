"""Paths that people give: told in one sentence, and never waited for, when they lead to anything but a file."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from crm.errors import InputError
from crm.files.system_errors import reason

_ENDLESS = (
    (stat.S_ISFIFO, "un tube (FIFO)"), (stat.S_ISSOCK, "une prise de communication (socket)"),
    (stat.S_ISCHR, "un périphérique"), (stat.S_ISBLK, "un périphérique"),
)  # fmt: skip
_THERE = ((stat.S_ISLNK, "un lien"), (stat.S_ISDIR, "un dossier"), (stat.S_ISREG, "un fichier"), *_ENDLESS)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def opened(path: Path, *, follow: bool = True) -> BinaryIO:
    """The ordinary file at ``path``, to be read; whatever else is there is neither read nor waited for.

    It is looked at once it is open, so nothing can take its place in between. Without ``follow`` a link is no file
    either. Raises ``OSError``, ``ENXIO`` for what is no ordinary file, and ``ValueError`` for what cannot be a name.
    """
    handle = os.open(path, os.O_RDONLY | _AT_ONCE | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO, os.strerror(errno.ENXIO))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def given(path: Path, field: str) -> BinaryIO:
    """The file that someone gave, to be read. Raises ``InputError`` as ``check_readable``, without waiting."""
    check_readable(path, field)
    try:
        return opened(path)
    except OSError as error:
        raise InputError(f"Le fichier « {path} » ne peut pas être lu ({reason(error)}).", field=field) from None


def content(path: Path) -> bytes:
    """All of the ordinary file at ``path``, one of ours. Raises as ``opened``."""
    with opened(path) as stream:
        return stream.read()


def there(path: Path) -> str:
    """What stands at ``path``, in words, a link not followed; empty where nothing does. Raises ``OSError``."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return ""
    return next((words for is_such, words in _THERE if is_such(mode)), "autre chose qu'un fichier")


def check_readable(path: Path, field: str) -> None:
    """Raise ``InputError`` unless ``path`` is there and is a file: a pipe or a device would be waited for."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise InputError(
            f"Le fichier « {path} » n'existe pas : vérifiez son nom et son dossier.", field=field
        ) from None
    except OSError as error:
        raise InputError(f"Le fichier « {path} » ne peut pas être lu ({reason(error)}).", field=field) from None
    except ValueError:
        raise InputError("Ce nom de fichier contient un caractère interdit : vérifiez-le.", field=field) from None
    if stat.S_ISDIR(mode) and path == Path():
        raise InputError("Aucun fichier n'est nommé : donnez le nom du fichier à lire.", field=field)
    if stat.S_ISDIR(mode):
        raise InputError(f"« {path} » est un dossier : indiquez le fichier à lire.", field=field)
    _refuse_endless(path, mode, field)


def check_writable(path: Path, field: str) -> None:
    """Raise ``InputError`` when ``path`` is a pipe or a socket: writing there would wait for a reader."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return  # not there yet, or out of reach: writing says it
    if not (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)):
        _refuse_endless(path, mode, field)


def _refuse_endless(path: Path, mode: int, field: str) -> None:
    for is_such, words in _ENDLESS:
        if is_such(mode):
            raise InputError(f"« {path} » est {words}, pas un fichier : indiquez un fichier ordinaire.", field=field)
