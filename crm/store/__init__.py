"""Where a network is kept: one promise (``protocol``), two stores."""

from pathlib import Path

from crm.errors import InputError
from crm.store.protocol import Store
from crm.store.refreshing import refresh
from crm.store.sqlite import open_sqlite

NEO4J_SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})


def open_store(
    address: str,
    *,
    password: str | None = None,
    create: bool = True,
    read_only: bool = False,
    any_version: bool = False,
) -> Store:
    """The store at ``address``: the path of a file, or the address of a Neo4j server with the user in it.

    Without ``create`` a file that does not exist is an error instead of a new store. ``any_version`` also opens a store
    of an older schema, to migrate it. Raises ``InputError`` for an address that no store understands, ``StoreError`` or
    its kin when the store cannot be opened.
    """
    store = _opened(address, password, create=create, read_only=read_only, any_version=any_version)
    if not read_only and not any_version:
        try:
            refresh(store)
        except BaseException:
            store.close()
            raise
    return store


def _opened(address: str, password: str | None, *, create: bool, read_only: bool, any_version: bool) -> Store:
    scheme, found, _ = address.partition("://")
    if not found:
        if not address.strip():
            raise InputError(
                "L'adresse des données est vide : indiquez un fichier ou un serveur neo4j://.", field="store"
            )
        return open_sqlite(Path(address).expanduser(), create=create, read_only=read_only, any_version=any_version)
    if scheme.lower() not in NEO4J_SCHEMES:
        raise InputError(
            f"« {scheme}:// » n'est pas une adresse de données connue : indiquez un fichier, neo4j:// ou bolt://.",
            field="store",
        )
    from crm.store.neo4j import open_neo4j  # the driver loads only where a server is used

    return open_neo4j(address, password, any_version=any_version)
