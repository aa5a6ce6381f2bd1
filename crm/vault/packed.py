"""A backup looked at: what its own file holds that is altered, missing, of others, or beyond its end.

A restore keeps nothing that was altered and lays out nothing but what we pack: what it passes over is said here.
"""

import hashlib
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from crm.errors import Reseau28Error, StoreError
from crm.faults import Fault
from crm.files.system_errors import reason
from crm.network import Network
from crm.network.rights import Right
from crm.store.sqlite.backup import FIRST_PACKED, is_packed
from crm.vault import checking
from crm.vault.checking import NamedContents
from crm.vault.files import ContentState
from crm.vault.place import existing
from crm.vault.transfer import OURS
from graph_schema.evidence import Evidence
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, listing

_NAMED = 10
_BLOCK = 1 << 20


class Packed(NamedTuple):
    """What the file of a backup holds: contents by digest and how each is found, members of others, whether it ends
    as it was written.
    """

    contents: dict[str, ContentState]
    strangers: list[str]
    ends: bool


def told(file: Path, network: Network, found: list[Fault]) -> list[Fault]:
    """``found``, the faults of a ``network`` restored from ``file``, with what lacks in that very file said as such.

    Raises ``Forbidden`` for who may not administer the data, as faults name digests; ``StoreError`` for a file that
    cannot be read any more.
    """
    network.actor.require(Right.ADMIN)
    try:
        held = look(file)
    except OSError as error:
        raise StoreError(f"« {file} » ne peut plus être lu ({reason(error)}).") from None
    named = network.read(checking.named, Right.HISTORY)
    unnamed = [f"vault/files/{each[:2]}/{each}" for each in held.contents if each not in named.kept]
    lost = [*_lost(network, named, held)]
    rest = [each for each in found if each.code != "file_missing" or not lost]
    return [*_of_file(file, held._replace(strangers=[*held.strangers, *unnamed])), *lost, *rest]


def look(file: Path) -> Packed:
    """What a backup holds. Raises ``OSError`` when it cannot be read."""
    if not is_packed(file):
        return Packed({}, [], _ends_as_sqlite(file))
    contents: dict[str, ContentState] = {}
    strangers, names = list[str](), set[str]()
    with tarfile.open(file, "r:") as tar:
        for member in tar:
            again = member.name in names
            ours = OURS.fullmatch(member.name) if member.isfile() and not again else None
            if ours and ours[2]:
                contents[member.name[-64:]] = _state(tar, member)
            elif not ours and (again or member.name != FIRST_PACKED):
                strangers.append(member.name)
            names.add(member.name)
        end = tar.offset
    return Packed(contents, strangers, _ends_as_tar(file, end))


def _state(tar: tarfile.TarFile, member: tarfile.TarInfo) -> ContentState:
    digest, stream = hashlib.sha256(), tar.extractfile(member)
    while stream and (block := stream.read(_BLOCK)):
        digest.update(block)
    return ContentState.WHOLE if digest.hexdigest() == member.name[-64:] else ContentState.ALTERED


def _ends_as_tar(file: Path, end: int) -> bool:
    """Whether zeros alone follow the last member, as many as an archive ends with."""
    size = file.stat().st_size
    with file.open("rb") as stream:
        stream.seek(end)
        zeros = all(not block.strip(b"\0") for block in iter(lambda: stream.read(_BLOCK), b""))
    return zeros and size % tarfile.RECORDSIZE == 0 and size >= end


def _ends_as_sqlite(file: Path) -> bool:
    """Whether a store is as long as its header says; one that a process writes now may be longer."""
    if any(file.with_name(f"{file.name}{end}").exists() for end in ("-wal", "-journal")):
        return True
    with file.open("rb") as stream:
        header = stream.read(100)
    page, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])
    return not pages or file.stat().st_size == pages * (page if page > 1 else 1 << 16)


def _of_file(file: Path, held: Packed) -> Iterator[Fault]:
    if not held.ends:
        what = (
            f"La sauvegarde « {file} » ne finit pas comme elle a été écrite (fin coupée, ou octets ajoutés) : ce"
            " qu'elle contient d'entier est remis, gardez-en une autre copie."
        )
        yield Fault("backup_end", str(file), what)
    if held.strangers:
        named = listing([f"« {each} »" for each in held.strangers], _NAMED)
        many = count(len(held.strangers), "élément étranger", "éléments étrangers")
        what = f"La sauvegarde « {file} » contient {many}, que rien n'a remis : {named}. Demandez-vous qui les y a mis."
        yield Fault("backup_strangers", str(file), what)


def _lost(network: Network, named: NamedContents, held: Packed) -> Iterator[Fault]:
    """The proofs that came back without a file, each with what the backup holds of it."""
    try:
        vault = existing(network)
    except Reseau28Error:  # told by the verification
        return
    gone = [digest for digest in sorted(named.kept) if vault is None or not vault.holds(digest)]
    records = network.read(lambda tx: tx.get(id for digest in gone for id in named.kept[digest]))
    for digest in gone:
        state = held.contents.get(digest, ContentState.MISSING)
        how = "est altéré dans cette sauvegarde" if state is ContentState.ALTERED else "manque à cette sauvegarde"
        for id in named.kept[digest]:
            title = SCHEMA.nodes[Evidence.TYPE].caption(records[id].values) if id in records else "supprimée"
            what = (
                f"Le fichier de la preuve « {title} » ({id}, {digest[:12]}…) {how} : il n'est pas remis, le reste"
                " l'est. Reprenez-le d'une autre sauvegarde."
            )
            yield Fault(f"backup_file_{state}", id, what)
