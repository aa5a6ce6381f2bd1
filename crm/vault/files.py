"""Contents by digest: whole or absent, once each, checked whenever they are read.

::

    NAME.vault/
        vault.json        whose vault this is (``place``)
        access.jsonl      who did what with it (``access``)
        files/ab/abcd…    each content, under its SHA-256
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple

from crm.errors import InputError, StoreError
from crm.files import media
from crm.vault.medium import Medium, is_of_one_file, told, why
from graph_schema.limits import Limit

LARGEST = Limit(100 << 20, "Taille d'un fichier déposé comme preuve", "refusé : déposez un fichier plus petit")
"""Bytes."""

MADE_READABLE = "rendez-en la lecture au compte de Réseau 28, ou remettez-le depuis une sauvegarde"
"""What to do for a file that this machine refuses."""

_BLOCK, _CODE = 1 << 20, "file_"
_FILES = "files"
_OURS = re.compile(
    r"vault\.(json|lock)|access(-[0-9-]+)?(\.jsonl|\.lock|/[0-9/]+(\.jsonl)?)|\.reseau28-\w+\.part"
    r"|(files|texts)/(?P<two>[0-9a-f]{2})/(?P=two)[0-9a-f]{62}(\.txt)?"
)
"""Every name that we give."""
_NAME = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")


class ContentState(StrEnum):
    """How a content is found."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


class StoredContent(NamedTuple):
    """A content that is in the vault: its digest, its size, its media type, and whether it was there before."""

    sha256: str
    size: int
    media: str
    known: bool


class Glimpse(NamedTuple):
    """What is seen of a content without reading it: its size, and for how many seconds it has been here."""

    size: int
    age: float


class Vault:
    """The contents kept in ``medium``, for the vault of that ``id``."""

    def __init__(self, medium: Medium, id: str) -> None:
        self.medium, self.id = medium, id

    def put(self, source: BinaryIO, name: str) -> StoredContent:
        """Take in what ``source`` holds: it is in the vault, whole and for good, when this returns.

        Raises ``InputError`` for an empty, a too large file, or one of a type that ``name`` lies about or that proves
        nothing; ``StoreError`` when it cannot be written. Nothing is left then.
        """
        with told(self.medium), self.medium.part() as part:
            sha256, size = _copied(source, part, name)
            with part.open("rb") as written:
                kind = media.of(written, name)
            known = self.state(sha256) is ContentState.WHOLE
            if not known:  # also in the place of one that was altered
                self.medium.place(part, _path(sha256))
            return StoredContent(sha256, size, kind.type, known)

    def bring(self, source: BinaryIO, sha256: str) -> bool:
        """Take in a content that another vault holds; whether it was its digest's."""
        with told(self.medium), self.medium.part() as part:
            found, _ = _copied(source, part, sha256, None)
            if found == sha256:
                self.medium.place(part, _path(sha256))
            return found == sha256

    @contextmanager
    def opened(self, sha256: str) -> Iterator[BinaryIO]:
        """A content to be read, once all of it was seen to be what its digest says.

        Raises ``StoreError`` (``file_missing``, ``file_altered``, ``file_unreadable``) otherwise: nothing is given out.
        """
        with ExitStack() as open_here:
            with told(self.medium):
                try:
                    stream = open_here.enter_context(self.medium.opened(_path(sha256)))
                    found = _digest(stream)
                except FileNotFoundError:
                    raise _missing(sha256, self.medium.instead(_path(sha256))) from None
                except OSError as error:
                    if not is_of_one_file(error):
                        raise
                    raise _unreadable(sha256, why(error)) from None
                if found != sha256:
                    raise _altered(sha256)
                stream.seek(0)
            yield stream

    def state(self, sha256: str) -> ContentState:
        """How the content of that digest is found: all of it is read."""
        try:
            with self.opened(sha256):
                return ContentState.WHOLE
        except StoreError as error:
            if not error.code.startswith(_CODE):
                raise
            return ContentState(error.code.removeprefix(_CODE))

    def instead(self, sha256: str) -> str:
        """What stands in the place of that content and is none (see ``Medium.instead``)."""
        with told(self.medium):
            return self.medium.instead(_path(sha256))

    def holds(self, sha256: str) -> bool:
        """Whether a content of that digest is here, without reading it."""
        with told(self.medium):
            return self.medium.holds(_path(sha256))

    def entries(self) -> dict[str, Glimpse]:
        """The contents that are here, by digest; what others left in the vault is not ours and not told."""
        with told(self.medium):
            found = ((_NAME.fullmatch(each.name), each) for each in self.medium.found(_FILES))
            return {ours[2]: Glimpse(each.size, each.age) for ours, each in found if ours}

    def strangers(self) -> list[str]:
        """What others left in the vault, links included, by name: it is neither read nor followed nor deleted."""
        with told(self.medium):
            files = (each.name for each in self.medium.found(""))
            return sorted({*(name for name in files if not _OURS.fullmatch(name)), *self.medium.odd()})

    def remove(self, sha256: str) -> None:
        """Take a content away; one that is not here is passed over."""
        with told(self.medium):
            self.medium.remove(_path(sha256))


def _path(sha256: str) -> str:
    return f"{_FILES}/{sha256[:2]}/{sha256}"


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


def restored(instead: str) -> str:
    """What to do for a file that is not there: the end of a sentence."""
    return f", {instead} : ôtez-le, puis remettez le fichier" if instead else " : remettez-le"


def _missing(sha256: str, instead: str) -> StoreError:
    return StoreError(
        f"Le fichier {sha256[:12]}… n'est plus dans le coffre{restored(instead)} depuis une sauvegarde.",
        code=f"{_CODE}{ContentState.MISSING}",
    )


def _unreadable(sha256: str, why: str) -> StoreError:
    return StoreError(
        f"Le fichier {sha256[:12]}… du coffre ne peut pas être lu ({why}) : {MADE_READABLE}.",
        code=f"{_CODE}{ContentState.UNREADABLE}",
    )


def _altered(sha256: str) -> StoreError:
    return StoreError(
        f"Le fichier {sha256[:12]}… du coffre n'est plus celui qui a été déposé : remettez-le depuis une sauvegarde.",
        code=f"{_CODE}{ContentState.ALTERED}",
    )
