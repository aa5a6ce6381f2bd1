"""Where a Neo4j database is, as people write it: ``neo4j://user@host:port/database``."""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from crm.errors import InputError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

_PORT = 7687
_DATABASE = re.compile(r"[A-Za-z][A-Za-z0-9.-]{2,62}")
_EXAMPLE = "par exemple neo4j://utilisateur@serveur:7687/base"


class Address(NamedTuple):
    """A database of a Neo4j server. ``str()`` of it is fit for people's eyes: there is no password in it."""

    scheme: str
    user: str
    host: str
    port: int
    database: str

    @property
    def uri(self) -> str:
        """What the driver connects to."""
        return f"{self.scheme}://{self._server}"

    @property
    def _server(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.user}@{self._server}/{self.database}"


def parse_address(text: str) -> Address:
    """Read an address; user and database are ``neo4j`` where it names none.

    Raises ``InputError`` for what is not one, and for one that holds a password (never repeated in the message).
    """
    parts, port = _split(text)
    if parts.scheme not in SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        raise InputError(f"Une adresse Neo4j commence par {known} ; {_EXAMPLE}.", field="store")
    if parts.password is not None:
        raise InputError(
            "L'adresse Neo4j contient un mot de passe : donnez-le plutôt par la variable RESEAU28_NEO4J_PASSWORD.",
            field="store",
            code="password_in_address",
        )
    database = unquote(parts.path.strip("/")) or "neo4j"
    if not parts.hostname or parts.query or parts.fragment or not _DATABASE.fullmatch(database):
        raise _unreadable()
    return Address(parts.scheme, unquote(parts.username or "neo4j"), parts.hostname, port, database)


def _split(text: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(text.strip())
        return parts, parts.port or _PORT
    except ValueError:  # a port that is no number, an unclosed bracket
        raise _unreadable() from None


def _unreadable() -> InputError:
    return InputError(f"L'adresse Neo4j est incomplète ou mal écrite ; {_EXAMPLE}.", field="store")
