"""What keeps the files of a vault: all that differs between a folder and a bucket, and nothing else.

A name is made of our own words and of digests, with slashes between; no name that people gave reaches a medium.
"""

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from crm.errors import StoreBusy, StoreError
from crm.files.system_errors import reason

LOG = "access.jsonl"
"""The access log of a vault in a folder."""

LONGEST_LINE = 64 << 10
"""Bytes of the longest line of an access log."""


class SeenFile(NamedTuple):
    """What is seen of a file without reading it: its name, its size, and for how many seconds it has been here."""

    name: str
    size: int
    age: float


class Medium(Protocol):
    """The place of one vault. Every method raises ``OSError`` where the medium is out of reach, or refuses."""

    @property
    def address(self) -> str:
        """Where it is, as people are told."""

    def sweep(self) -> None:
        """Remove what killed processes have left."""

    def make(self) -> None:
        """Make the place, if it is not there."""

    def is_blank(self) -> bool:
        """Whether nothing is there but what we leave on our way."""

    def part(self) -> AbstractContextManager[Path]:
        """A new, empty file on this machine, to be filled and placed; what is left of it is removed at the end."""

    def place(self, part: Path, name: str) -> None:
        """Give a whole file its name, in the place of any other: it is there for good when this returns."""

    def create(self, name: str, content: bytes) -> bool:
        """Write a small file, whole, unless there is one of that name; whether it was written."""

    def write(self, name: str, content: bytes) -> None:
        """Write a small file, whole, in the place of any other."""

    def read(self, name: str, most: int) -> bytes | None:
        """A small file, its first ``most`` bytes; None where there is none."""

    def opened(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A file to be read from anywhere in it. Raises ``FileNotFoundError``."""

    def holds(self, name: str) -> bool:
        """Whether there is a file of that name."""

    def instead(self, name: str) -> str:
        """What stands in the place of that file, or of a folder on its way, and is none of ours: a link, a pipe…

        It is told in French, and neither read nor followed nor waited for; empty where nothing does.
        """

    def found(self, under: str) -> Iterator[SeenFile]:
        """Every file, no link, in the folder ``under``, in no order; what others left there is among them."""

    def odd(self) -> Iterator[str]:
        """The names of what is no file there: links, which are never followed, pipes."""

    def remove(self, name: str) -> None:
        """Take a file away; one that is not here is passed over."""

    def append(self, line: Callable[[bytes | None], bytes]) -> None:
        """Add to the access log the line that ``line`` makes of the newest one (None: there is none).

        Whoever else adds lines, none is added between the two: ``line`` may be asked again. Raises ``TimeoutError``
        when others never leave the time for it.
        """

    def lines(self) -> Iterator[bytes]:
        """The lines of the access log in order, each with its end; an empty one for what is no line of ours."""

    def line(self, number: int) -> bytes | None:
        """A line of the access log by its number, from 1 on; None where there is none."""

    def restart(self, aside: str, first: Callable[[Iterator[bytes]], bytes]) -> None:
        """Keep all of the access log under the name ``aside``, and begin another with the line ``first``.

        ``first`` is made of the lines that were there. Nobody adds any meanwhile, or who does adds to the new log.
        """

    def latest(self, most: int) -> Iterator[bytes]:
        """The last lines of the access log, the newest first, no more than ``most``."""

    def bring(self, lines: Iterable[bytes]) -> None:
        """Begin the access log with the lines of the one that it is a copy of; one with lines of its own stays."""


class Refused(OSError):
    """What a server refused, or why it was not reached; its ``strerror`` is that reason in French, never an answer."""


def why(error: OSError) -> str:
    """The reason of an error, in French."""
    return str(error.strerror) if isinstance(error, Refused) else reason(error)


def is_of_one_file(error: OSError) -> bool:
    """Whether this machine refuses a file, or its disk does: others may be read."""
    return error.errno in (errno.EACCES, errno.EPERM, errno.EIO)


@contextmanager
def told(medium: Medium) -> Iterator[None]:
    """Tell what the medium refuses, by a ``StoreError``."""
    try:
        yield
    except TimeoutError:
        raise StoreBusy(f"Le coffre « {medium.address} » est occupé par un autre programme : recommencez.") from None
    except OSError as error:
        raise unreadable(medium, why(error)) from None


def unreadable(medium: Medium, why: str) -> StoreError:
    """The error of a vault that cannot be reached."""
    return StoreError(
        f"Le coffre « {medium.address} » ne peut pas être lu ou écrit ({why}) : vérifiez sa place et ses droits.",
        code="vault",
    )
