"""A vault that moves with its network: brought beside a copy, or packed into one file with a backup.

A packed backup is an uncompressed tar: ``network.db``, a backup as any other, then the folder ``vault``. The backup of
a network whose proofs have no file is that database alone, as it always was.
"""

import os
import re
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, cast

from crm.errors import Reseau28Error, StoreError
from crm.files import private
from crm.files.system_errors import reason
from crm.network import Network
from crm.network.rights import Right
from crm.store.sqlite.backup import FIRST_PACKED, is_packed
from crm.vault import continuity, texts
from crm.vault.access import ASIDE, AccessLog
from crm.vault.checking import NamedContents
from crm.vault.files import Vault
from crm.vault.folder import Folder, make_folder
from crm.vault.medium import LOG, told
from crm.vault.place import (
    MARKER,
    Marker,
    beside,
    existing,
    marked,
    marker_of,
    medium_of,
    open_vault,
    other_network,
    written,
)

_VAULT = "vault"
OURS = re.compile(
    rf"vault/(vault\.json|access\.jsonl|{ASIDE}"
    r"|files/([0-9a-f]{2})/\2[0-9a-f]{62}|texts/([0-9a-f]{2})/\3[0-9a-f]{62}\.txt)"
)
"""The members that we pack beside the database."""


def require_place(dataset: str, file: Path) -> None:
    """Raise as ``bring`` where a vault of the network ``dataset`` cannot lie beside ``file``, before that is made."""
    medium = Folder(beside(file))
    marker = None if file.exists() else marker_of(medium)
    if marker and marker.dataset != dataset:
        raise other_network(medium)


def bring(source: Network, target: Network) -> None:
    """Bring the contents of the vault of ``source`` into that of ``target``, which is made the same vault.

    What is missing or altered, or has no place to go, is not brought: ``checking.faults`` of the copy says it. Raises
    ``ConflictError`` when there is another network's vault, ``Forbidden`` for who may not take the whole network.
    """
    source.actor.require(Right.ADMIN)
    medium = medium_of(target)
    try:
        here = existing(source)
    except Reseau28Error:  # lost, or another's: the network is copied all the same
        return
    if here is None or medium is None:
        return
    dataset = source.store.read(lambda tx: tx.dataset())
    marked(medium, Marker(here.id, dataset))
    there = open_vault(medium, dataset, here.id)
    known = there.entries()
    for digest, entry in sorted(here.entries().items()):
        if digest not in known or known[digest].size != entry.size:
            _bring(here, there, digest)
    texts.bring(here, there)
    log = AccessLog(here.medium)
    with told(medium):
        for name in log.aside_names():
            with medium.part() as part:
                if _laid(log.aside(name), part):
                    medium.place(part, name)
        medium.bring(log.lines())
    continuity.mark(target, "restored")


def pack(network: Network, database: Path, vault: Vault, named: NamedContents, target: Path) -> list[str]:
    """Put the backup ``database`` and the files that it names into the one file ``target``.

    Returns the digests that its proofs keep and that could not be packed, missing or altered as they are. Raises
    ``Forbidden`` for who may not take the whole network.
    """
    network.actor.require(Right.ADMIN)
    here = vault.entries()
    lacking = []
    dataset = network.store.read(lambda tx: tx.dataset())
    with tarfile.open(target, "w:") as tar:
        _add(tar, FIRST_PACKED, database)
        with private.part(target.parent) as part:
            part.write_bytes(written(Marker(vault.id, dataset)))
            _add(tar, f"{_VAULT}/{MARKER}", part)
            log = AccessLog(vault.medium)
            asides = ((name, log.aside(name)) for name in log.aside_names())
            for name, lines in ((LOG, log.lines()), *asides):
                if _laid(lines, part):
                    _add(tar, f"{_VAULT}/{name}", part)
        for digest in sorted(named.kept):
            try:
                with vault.opened(digest) as stream:
                    _add(tar, f"{_VAULT}/files/{digest[:2]}/{digest}", stream, here[digest].size)
                text = texts.raw(vault, digest)
            except (StoreError, KeyError):
                lacking.append(digest)
                continue
            if text is not None:
                _add(tar, f"{_VAULT}/texts/{digest[:2]}/{digest}.txt", BytesIO(text), len(text))
    return lacking


@contextmanager
def unpacked(file: Path, folder: Path, *, files: bool = True) -> Iterator[Path]:
    """The database of a backup, its vault beside it; a packed one is laid out in ``folder`` meanwhile.

    Raises ``StoreError`` for a packed backup that is not whole.
    """
    if not is_packed(file):
        yield file
        return
    with private.part(folder) as part:
        try:
            with tarfile.open(file, "r:") as tar:
                _lay_out(tar, part, files=files)
        except (tarfile.TarError, EOFError, KeyError):
            raise StoreError(
                f"La sauvegarde « {file} » est abîmée ou incomplète : utilisez-en une autre.", code="damaged"
            ) from None
        except OSError as error:
            raise StoreError(
                f"La sauvegarde « {file} » ne peut pas être ouverte ({reason(error)}) : libérez de la place.",
                code="vault",
            ) from None
        try:
            yield part
        except StoreError as error:  # of what is in the backup, by the only name that people know
            if str(part) not in str(error):
                raise
            raise type(error)(str(error).replace(str(part), str(file)), field=error.field, code=error.code) from None


def _laid(lines: Iterable[bytes], part: Path) -> bool:
    """Put ``lines`` into ``part``; whether there were any."""
    with part.open("wb") as target:
        target.writelines(lines)
        target.flush()
        os.fsync(target.fileno())
        return target.tell() > 0


def _lay_out(tar: tarfile.TarFile, part: Path, *, files: bool) -> None:
    """Write the members that we pack, under names that we make: nothing else of the archive is looked at.

    Where one comes twice the first one counts: what others added to the end takes the place of nothing.
    """
    first = tar.next()
    if first is None or first.name != FIRST_PACKED or not first.size:
        raise KeyError(FIRST_PACKED)
    with part.open("r+b") as target:
        shutil.copyfileobj(_content(tar, first), target)
    for member in tar if files else ():
        if (found := OURS.fullmatch(member.name)) and member.isfile():
            path = beside(part) / found[1]
            if path.exists():
                continue
            for each in reversed([parent for parent in path.parents if beside(part) in (parent, *parent.parents)]):
                make_folder(each)
            with open(path, "wb", opener=private.opener) as target:
                shutil.copyfileobj(_content(tar, member), target)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = tar.extractfile(member)
    if stream is None:
        raise KeyError(member.name)
    return stream


def _add(tar: tarfile.TarFile, name: str, source: Path | BinaryIO, size: int = 0) -> None:
    member = tarfile.TarInfo(name)
    member.mode = 0o600
    if isinstance(source, Path):
        member.size = source.stat().st_size
        with source.open("rb") as stream:
            tar.addfile(member, stream)
    else:
        member.size = size
        tar.addfile(member, cast(IO[bytes], source))


def _bring(here: Vault, there: Vault, digest: str) -> None:
    try:
        with here.opened(digest) as stream:
            there.bring(stream, digest)
    except StoreError as error:
        if not error.code.startswith("file_"):
            raise
