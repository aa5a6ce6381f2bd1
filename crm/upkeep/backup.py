"""Backups: a whole network, its history and the files of its proofs included, in one file."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

from crm import days
from crm.errors import ConflictError, InputError, Reseau28Error, StoreError
from crm.files import private
from crm.files.system_errors import reason
from crm.ledger import receipts
from crm.network import Network
from crm.network.heads import Heads
from crm.network.rights import Actor, Right
from crm.store import open_store
from crm.store.protocol import ReadTransaction, Store
from crm.store.sqlite.backup import copy_into
from crm.store.sqlite.store import SqliteStore
from crm.store.versions import check_version
from crm.upkeep import copying
from crm.upkeep.migrate import migrate
from crm.vault import checking, continuity, transfer
from crm.vault.files import Vault
from crm.vault.place import beside, existing

Progress = Callable[[int, int], None]


class BackedUp(NamedTuple):
    """What a backup holds: how many commits; ``lacking`` are the digests of files that it could not take."""

    commits: int
    lacking: list[str]


def backup(
    network: Network, file: Path, progress: Progress = lambda done, total: None, *, any_version: bool = False
) -> BackedUp:
    """Keep the network as it is now, with the files of its proofs, in the new file ``file``.

    Others may go on writing: the backup holds whole commits up to one of them. It appears under its name once it is
    complete, then its receipt beside it. Without any file of a proof it is a store that opens as any other. Raises
    ``InputError`` for a file that exists, ``StoreError`` when it cannot be written, ``StoreVersion`` for data of an
    older schema (unless ``any_version``: the backup of a migration, which keeps that schema).
    """
    info = network.read(lambda tx: tx.info(), Right.ADMIN)
    check_version(info.schema_version, info.address, any_version=any_version)
    private.check_new(file, receipts.beside(file))
    try:
        with private.part(file.parent) as part:
            if isinstance(network.store, SqliteStore):
                copy_into(network.store, part, str(file), progress)
            else:
                _copy_commits(network, part, progress)
            with closing(open_store(str(part), create=False, any_version=True)) as store:
                named = store.read(checking.named)
                access = continuity.head(network) if named.kept else None  # else the log is not in it either
                receipt = receipts.issue(Network(store, network.actor, network.clock), access)
            lacking = _place(network, part, named, file)
    except OSError as error:
        raise StoreError(
            f"« {file} » ne peut pas être écrit ({reason(error)}) : choisissez un autre endroit."
        ) from None
    receipts.write(receipt, receipts.beside(file))
    return BackedUp(receipt.number, lacking)


def _place(network: Network, part: Path, named: checking.NamedContents, file: Path) -> list[str]:
    """Put a copy under its name, alone or with the files of its proofs; returns the digests of those that lack."""
    vault = _vault(network) if named.kept else None
    if vault is None:
        part.replace(file)
        return sorted(named.kept)
    with private.part(file.parent) as packed:
        lacking = transfer.pack(network, part, vault, named, packed)
        packed.replace(file)
    return lacking


def check(file: Path, at: Path | None = None) -> None:
    """Raise as ``restore`` for a file that cannot be put back, into the file ``at``, before anything is made for it."""
    with transfer.unpacked(file, Path(gettempdir()), files=False) as path, closing(_store(path, file)) as store:
        if at and path != file:
            transfer.require_place(store.read(lambda tx: tx.dataset()), at)


def _store(path: Path, file: Path) -> Store:
    """The store of the backup ``file``, laid out at ``path``: an older one that no other command opens is let in."""
    return open_store(str(path), create=False, any_version=path != file)


def restore(file: Path, network: Network, progress: Progress = lambda done, total: None) -> int:
    """Put the network kept in ``file`` into the empty ``network``; returns how many commits.

    A restore that was interrupted goes on where it stopped. A backup of an older schema that holds files of proofs, and
    so opens as no network, is brought to this one on the way; the file stays as it is. Raises ``InputError`` when the
    destination holds anything else (nothing is changed then), ``StoreError`` when ``file`` is not a whole backup.
    """
    network.actor.require(Right.ADMIN)
    folder = network.store.path.parent if isinstance(network.store, SqliteStore) else Path(gettempdir())
    with transfer.unpacked(file, folder) as path, closing(_store(path, file)) as store:
        source = Network(store, network.actor, network.clock)
        if path != file:
            _leave_strangers(source)
            migrate(source)
        if 0 < network.store.read(_length) < store.read(_length):
            with suppress(ConflictError):  # something else that happens to be shorter
                return copying.copy_whole(source, network, progress)
        copying.require_empty(network)
        return copying.copy_whole(source, network, progress)


def _leave_strangers(source: Network) -> None:
    """Take from a backup that is laid out the files that none of its proofs names: others put them there."""
    if vault := _vault(source):
        for digest in vault.entries().keys() - source.store.read(checking.named).kept.keys():
            vault.remove(digest)


def replace(
    file: Path,
    path: Path,
    actor: Actor,
    progress: Progress = lambda done, total: None,
    heads: Heads | None = None,
) -> tuple[int, Path | None]:
    """Put the network kept in ``file`` in the place of the store at ``path``.

    What was there, file, vault, write-ahead log and index, is moved aside together, never opened and never
    erased. Returns how many commits were put back, and where what was there is now (None: there was nothing). Raises as
    ``restore``; nothing is changed then.
    """
    actor.require(Right.ADMIN)
    if file.resolve() == path.resolve():
        raise InputError("La sauvegarde est déjà à cette place : donnez le fichier d'une autre.", field="file")
    check(file)
    try:
        with private.part(path.parent) as part:
            with closing(open_store(str(part))) as store:
                brought = restore(file, Network(store, actor), progress)
            aside = _set_aside(path)
            if beside(part).exists():
                beside(part).replace(beside(path))
            part.replace(path)
        if heads:
            with closing(open_store(str(path), create=False)) as store:
                heads.mark(store, "restored", actor.name)
                continuity.mark(Network(store, actor, heads=heads), "restored")
    except OSError as error:
        raise StoreError(
            f"« {path} » ne peut pas être remplacé ({reason(error)}) : fermez Réseau 28 partout, puis recommencez."
        ) from None
    return brought, aside


def _vault(network: Network) -> Vault | None:
    """The network's vault, None where it is lost: the rest is saved all the same."""
    try:
        return existing(network)
    except Reseau28Error:
        return None


def _set_aside(path: Path) -> Path | None:
    """Give the store at ``path`` another name, all of its files the same, its log first: never with another file."""
    here = [path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", ".vault", "")]
    there = path.with_name(f"{path.stem}-avant-restauration-{days.here(days.now()):%Y%m%d-%H%M%S-%f}{path.suffix}")
    found = [each for each in here if each.exists()]
    for each in found:
        each.rename(there.with_name(f"{there.name}{each.name.removeprefix(path.name)}"))
    return there if found else None


def _length(tx: ReadTransaction) -> int:
    """How many commits there are."""
    return tx.head().number


def _copy_commits(network: Network, part: Path, progress: Progress) -> None:
    """Copy commit by commit into the file ``part``."""
    version = network.store.read(lambda tx: tx.info().schema_version)
    with closing(open_store(str(part))) as store:
        copying.copy(network, Network(store, network.actor), progress)
        store.write(lambda tx: tx.set_schema_version(version))
