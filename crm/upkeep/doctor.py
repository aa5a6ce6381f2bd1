"""The doctor: is everything in place for this software to work here? Each fault comes with what to do."""

import os
import platform
import shutil
import socket
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from crm import days
from crm.errors import Reseau28Error
from crm.faults import Fault
from crm.files import memory
from crm.files.system_errors import reason
from crm.ledger.verdicts import fault_of, no_memory
from crm.network import Network
from crm.network.heads import Heads
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.store.journal import commit_digest
from crm.store.protocol import ReadTransaction, Store, StoreInfo, Strangers
from crm.store.sqlite import library
from crm.vault import checking
from crm.vault.folder import Folder
from crm.vault.medium import LOG
from crm.vault.place import medium_of
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.territory import communes
from graph_schema.wording import count, number

ENOUGH_ROOM = 500 << 20
"""Free bytes under which an import or a backup may not fit."""

_OLDEST_PYTHON = (3, 11)
_COMMUNES_AT_LEAST = 34_000


class Check(NamedTuple):
    """One thing looked at: its French name, what was seen, and the fault if it is not as it should be."""

    name: str
    seen: str
    fault: Fault | None = None


def examine(
    address: str, password: str | None, home: Path, heads: Heads | None = None, vault: str | None = None
) -> list[Check]:
    """Look at this machine, at the data folder ``home`` and at the store at ``address``; nothing is created or changed.

    A store that does not exist yet is no fault: it is made on first use. ``heads`` tells what this machine has seen;
    ``vault`` is the folder of the files of proofs, for a store on a server.
    """
    checks = [_python(), *_sqlite(), _territory(), _loopback(), _folder("Dossier de données", home), _room(home)]
    if "://" in address:
        return [*checks, *_store(address, password, heads, vault)]
    path = Path(address).expanduser().absolute()
    if path.parent != home.absolute():
        checks += [_folder("Dossier du fichier de données", path.parent), _room(path.parent)]
    if not path.exists():
        return [*checks, Check("Données", f"{path} n'existe pas encore : il sera créé à la première utilisation")]
    return [*checks, _writable(path), _private(path), *_store(address, password, heads, vault)]


def told(strangers: Strangers) -> str:
    """What other people keep beside a network, in words."""
    parts = (
        count(strangers.nodes, "nœud"), count(strangers.links, "relation"), count(strangers.labels, "étiquette"),
        count(strangers.properties, "propriété"),
    )  # fmt: skip
    return f"{', '.join(parts)} qui ne sont pas de Réseau 28 : ni lus, ni changés, ni sauvegardés"


def faults(checks: list[Check]) -> list[Fault]:
    """The faults among ``checks``."""
    return [check.fault for check in checks if check.fault]


def _check(name: str, seen: str, good: bool, code: str, where: str, what_to_do: str) -> Check:
    return Check(name, seen, None if good else Fault(code, where, f"{name} : {seen}. {what_to_do}"))


def _python() -> Check:
    good = sys.version_info >= _OLDEST_PYTHON
    return _check(
        "Python", platform.python_version(), good, "python", "python", "Installez Python 3.11 ou plus récent."
    )


def _sqlite() -> Iterator[Check]:
    mend = "Installez une version de Python dont SQLite est plus récent."
    yield _check("SQLite", library.version(), library.is_recent_enough(), "sqlite", "sqlite", mend)
    found = library.has_full_text_search()
    mend = "Installez une version de Python dont SQLite contient FTS5."
    yield _check("Recherche FTS5", "présente" if found else "absente", found, "fts5", "sqlite", mend)


def _territory() -> Check:
    mend = "Réinstallez Réseau 28 : ses fichiers de référence sont abîmés."
    try:
        known = len(communes())
    except (OSError, ValueError, KeyError, EOFError) as error:
        return _check("Référence des territoires", f"illisible ({error})", False, "territory", "territory", mend)
    return _check(
        "Référence des territoires",
        count(known, "commune"),
        known >= _COMMUNES_AT_LEAST,
        "territory",
        "territory",
        mend,
    )


def _loopback() -> Check:
    mend = "Autorisez les connexions à 127.0.0.1 : sans elles l'application ne peut pas s'afficher."
    try:
        with closing(socket.socket()) as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(1)
            socket.create_connection(listener.getsockname(), timeout=2).close()
    except OSError as error:
        return _check("Adresse locale", f"refusée ({reason(error)})", False, "loopback", "127.0.0.1", mend)
    return Check("Adresse locale", "127.0.0.1 répond")


def _folder(name: str, folder: Path) -> Check:
    """Whether we may write there, or make it."""
    existing = next((f for f in (folder, *folder.parents) if f.exists()), folder)
    good = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    seen = str(folder) if folder.exists() else f"{folder} (à créer)"
    mend = f"Donnez le droit d'écriture sur « {existing} », ou indiquez un autre dossier."
    return _check(name, seen if good else f"{seen}, sans droit d'écriture", good, "folder", str(folder), mend)


def _room(folder: Path) -> Check:
    existing = next((f for f in (folder, *folder.parents) if f.exists()), folder)
    free = shutil.disk_usage(existing).free
    seen = f"{number(free / (1 << 30), 1)} Go libres dans {existing}"
    return _check("Place sur le disque", seen, free >= ENOUGH_ROOM, "disk", str(existing), "Libérez de la place.")


def _writable(path: Path) -> Check:
    good = os.access(path, os.R_OK | os.W_OK)
    mend = "Donnez le droit de lecture et d'écriture sur ce fichier et son dossier."
    return _check(
        "Fichier de données", str(path) if good else f"{path} est protégé", good, "read_only", str(path), mend
    )


def _private(path: Path, name: str = "Qui lit le fichier de données", mode: str = "600") -> Check:
    """Whether strangers on this machine are kept out: files made by earlier versions are as the system made them."""
    open_to_all = os.name == "posix" and bool(path.stat().st_mode & stat.S_IROTH)
    mend = f"Ces données sont personnelles : lancez « chmod {mode} {path} »."
    seen = "tout utilisateur de cette machine peut le lire" if open_to_all else "son propriétaire, ou son groupe"
    return _check(name, seen, not open_to_all, "readable_by_all", str(path), mend)


def _store(address: str, password: str | None, heads: Heads | None, vault: str | None) -> Iterator[Check]:
    try:
        with closing(open_store(address, password=password, create=False, any_version=True)) as store:
            if "://" in address:
                yield from _server(store)
            info, strangers, broken = store.read(lambda tx: (tx.info(), tx.strangers(), _broken_head(tx)))
            yield Check("Données", f"{info.address}, {count(info.nodes, 'fiche')}, {count(info.links, 'lien')}")
            if any(strangers):
                yield Check("Autres données de la base", told(strangers))
            yield _schema(info)
            yield _check(
                "Dernier acte", f"n° {info.head.number}" + (", altéré" if broken else ""), not broken,
                "head", str(info.head.number), "Lancez « reseau28 verify » pour savoir ce qui a été touché.",
            )  # fmt: skip
            if heads:
                yield from _seen(heads, store)
            yield from _vault(Network(store, Actor("", Role.AUDITOR), heads=heads, vault=vault))
    except Reseau28Error as error:
        yield Check("Données", address, Fault(error.code, address, str(error)))


def _seen(heads: Heads, store: Store) -> Iterator[Check]:
    """Whether the journal still goes through what this machine saw of it, in this place."""
    gap, last, dataset = store.read(lambda tx: (heads.gap(tx), heads.last(tx), tx.dataset()))
    if trouble := heads.trouble(dataset):
        yield Check("Mémoire du journal", "impossible", Fault("no_memory", dataset, no_memory(trouble)))
    elif path := heads.damaged(dataset):
        yield Check("Mémoire du journal", "abîmée", memory.damaged(path, dataset, "du journal"))
    if gap and gap.here:
        fault = fault_of(gap)
        yield Check("Suite du journal", "rompue", fault._replace(message=f"Suite du journal : {fault.message}"))
    elif last:
        yield Check("Suite du journal", f"celle que cette machine a vue (n° {last.number}, le {days.moment(last.at)})")


def _closed_log(vault: Path) -> Iterator[Check]:
    """That no line can be added to the access log of a vault: nothing in it is read then."""
    log = vault / LOG
    closed = next((each for each in (vault, log) if each.exists() and not os.access(each, os.W_OK)), None)
    if closed:
        message = (
            f"« {closed} » ne peut pas être écrit, et rien n'est lu du coffre sans une ligne au journal des accès :"
            " donnez-y le droit d'écriture, ou remettez-le sur un support qui s'écrit."
        )
        yield Check("Écriture au coffre", "impossible", Fault("vault_read_only", str(closed), message))


def _vault(network: Network) -> Iterator[Check]:
    """Whether each proof has its file, by name and size only: ``verify`` reads them. Words of documents are read."""
    name, medium = "Coffre des preuves", medium_of(network)
    if isinstance(medium, Folder) and medium.root.is_dir():
        yield _private(medium.root, "Qui lit le coffre", "700")
        yield from _closed_log(medium.root)
    where = medium.address if medium else "aucun"
    seen = checking.survey(network, words=True)
    yield from (Check(name, where, fault) for fault in seen.faults)
    if medium and not seen.faults:
        yield Check(name, where if seen.id else f"{where} (à créer au premier dépôt)")
    if network.heads and (path := network.heads.access.damaged(seen.id)):
        found = memory.damaged(path, seen.id, "du journal des accès")
        yield Check("Mémoire du journal des accès", "abîmée", found)
    last = network.heads.access.last(seen.id) if network.heads and not seen.faults else None
    if last:
        words = f"celui que cette machine a vu (ligne {last.number}, le {days.moment(last.at)})"
        yield Check("Journal des accès", words)
    if seen.strangers:
        yield Check("Autres fichiers du coffre", checking.others(seen.strangers))


def _schema(info: StoreInfo) -> Check:
    good = info.schema_version == SCHEMA_VERSION
    seen = f"{info.schema_version}, celui de ce logiciel est {SCHEMA_VERSION}"
    return _check("Schéma des données", seen, good, "version", info.address, "Lancez « reseau28 migrate ».")


def _broken_head(tx: ReadTransaction) -> bool:
    """Whether the newest commit no longer bears the digest of its content; a look at one commit, not at the chain."""
    head = tx.head()
    newest = tx.commits(newest_first=True, limit=1)
    if not newest:
        return head.number != 0
    digests = (change.digest for _, change in tx.changes(newest[0].number, newest[0].number))
    return (newest[0].number, newest[0].digest) != head or commit_digest(newest[0], digests) != head.digest


def _server(store: Store) -> Iterator[Check]:
    from crm.store.neo4j import Neo4jStore, server  # the driver loads only where a server is used

    assert isinstance(store, Neo4jStore)
    found = server.server_of(store)
    mend = "Installez Neo4j 5.26 ou plus récent."
    yield _check(
        "Neo4j", f"{found.version}, édition {found.edition}", found.is_recent_enough, "neo4j", found.version, mend
    )
