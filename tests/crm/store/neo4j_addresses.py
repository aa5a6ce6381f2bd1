"""Addresses under which tests open the databases of test servers."""

from contextlib import AbstractContextManager, closing
from typing import Protocol

from crm.store import open_store
from crm.store.protocol import Store


class Server(Protocol):
    """Where a server is and how to log in."""

    @property
    def uri(self) -> str:
        """Its address, without a user."""

    @property
    def user(self) -> str:
        """Its one user."""

    @property
    def password(self) -> str:
        """The user's password."""


def address_of(server: Server, database: str = "neo4j") -> str:
    """The address of a database of ``server``, as people write it."""
    return f"{server.uri.replace('://', f'://{server.user}@')}/{database}"


def opened(server: Server) -> AbstractContextManager[Store]:
    """The network in the database of ``server``, closed at the end."""
    return closing(open_store(address_of(server), password=server.password))
