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
    path = folder / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
    handle = opener(str(path), os.O_RDWR | os.O_CREAT | os.O_EXCL)
    try:
        if os.name == "posix":
            fcntl.flock(handle, fcntl.LOCK_EX)  # says that we live; ends with us, however we end
        else:
            os.close(handle)  # there a file that is being written cannot be removed
        yield path
    finally:
        if os.name == "posix":
            os.close(handle)
        _remove(path)


def sweep(folder: Path) -> None:
    """Remove what killed processes have left in ``folder``."""
    with suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            if not _in_use(path):
                _remove(path)


def _in_use(path: Path) -> bool:
    if os.name != "posix":
        return False
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return True  # gone, or someone else's
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _remove(path: Path) -> None:
    for end in _BESIDE:
        with suppress(OSError):
            path.with_name(f"{path.name}{end}").unlink()
    shutil.rmtree(path.with_name(f"{path.name}.vault"), ignore_errors=True)
