"""Backups: a whole network, history included, in one file that this software opens like any other store."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from crm import copying, days, private
from crm.errors import ConflictError, InputError, StoreError
from crm.network import Network
from crm.rights import Actor, Right
from crm.store import open_store
from crm.store.protocol import ReadTransaction
from crm.store.sqlite.backup import copy_file
from crm.store.sqlite.store import SqliteStore
from crm.store.versions import check_version
from crm.system_errors import reason

Progress = Callable[[int, int], None]


def backup(
    network: Network, file: Path, progress: Progress = lambda done, total: None, *, any_version: bool = False
) -> int:
    """Keep the network as it is now in the new file ``file``; returns how many commits it holds.

    Others may go on writing: the backup holds whole commits up to one of them. It appears under its name once it is
    complete. Raises ``InputError`` for a file that exists, ``StoreError`` when it cannot be written, ``StoreVersion``
    for data of an older schema (unless ``any_version``: the backup of a migration, which keeps that schema).
    """
    info = network.read(lambda tx: tx.info(), Right.ADMIN)
    check_version(info.schema_version, info.address, any_version=any_version)
    if file.exists():
        raise InputError(
            f"« {file} » existe déjà : donnez un autre nom, rien n'a été écrit.", field="file", code="exists"
        )
    if isinstance(network.store, SqliteStore):
        copy_file(network.store, file, progress)
    else:
        _copy_commits(network, file, progress)
    with closing(open_store(str(file), create=False, any_version=True)) as store:
        return store.read(_length)


def check(file: Path) -> None:
    """Raise as ``restore`` for a file that cannot be put back, before anything is made for it."""
    with closing(open_store(str(file), create=False)):
        pass


def restore(file: Path, network: Network, progress: Progress = lambda done, total: None) -> int:
    """Put the network kept in ``file`` into the empty ``network``; returns how many commits.

    A restore that was interrupted goes on where it stopped. Raises ``InputError`` when the destination holds anything
    else (nothing is changed then), ``StoreError`` when ``file`` is not a whole backup.
    """
    network.actor.require(Right.ADMIN)
    with closing(open_store(str(file), create=False)) as store:
        source = Network(store, network.actor)
        if 0 < network.store.read(_length) < store.read(_length):
            with suppress(ConflictError):  # something else that happens to be shorter
                return copying.copy(source, network, progress)
        copying.require_empty(network)
        return copying.copy(source, network, progress)


def replace(
    file: Path, path: Path, actor: Actor, progress: Progress = lambda done, total: None
) -> tuple[int, Path | None]:
    """Put the network kept in ``file`` in the place of the store at ``path``.

    What was there, file, write-ahead log and index, is moved aside together, never opened and never erased. Returns how
    many commits were put back, and where what was there is now (None: there was nothing). Raises as ``restore``;
    nothing is changed then.
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
            part.replace(path)
    except OSError as error:
        raise StoreError(
            f"« {path} » ne peut pas être remplacé ({reason(error)}) : fermez Réseau 28 partout, puis recommencez."
        ) from None
    return brought, aside


def _set_aside(path: Path) -> Path | None:
    """Give the store at ``path`` another name, all of its files the same, its log first: never with another file."""
    here = [path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "")]
    there = path.with_name(f"{path.stem}-avant-restauration-{days.here(days.now()):%Y%m%d-%H%M%S-%f}{path.suffix}")
    found = [each for each in here if each.exists()]
    for each in found:
        each.rename(there.with_name(f"{there.name}{each.name.removeprefix(path.name)}"))
    return there if found else None


def _length(tx: ReadTransaction) -> int:
    """How many commits there are."""
    return tx.head().number


def _copy_commits(network: Network, file: Path, progress: Progress) -> None:
    """Copy commit by commit into a file that takes its name once it is whole."""
    try:
        with private.part(file.parent) as part:
            version = network.store.read(lambda tx: tx.info().schema_version)
            with closing(open_store(str(part))) as store:
                copying.copy(network, Network(store, network.actor), progress)
                store.write(lambda tx: tx.set_schema_version(version))
            part.replace(file)
    except OSError as error:
        raise StoreError(
            f"« {file} » ne peut pas être écrit ({reason(error)}) : choisissez un autre endroit."
        ) from None
