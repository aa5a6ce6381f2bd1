"""What a store holds and hands out: nodes and links with identity and revision, and the journal of their changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | list[str]
Values: TypeAlias = dict[str, Value]
"""The content of a record: declared field → JSON value. A field without a value is absent, never ``None``."""


class NodeRecord(NamedTuple):
    """A node as stored. ``revision`` starts at 1 and grows by one at each saved change."""

    id: str
    type: str
    revision: int
    values: Values


class LinkRecord(NamedTuple):
    """A link as stored, from the node ``source`` to the node ``target`` (both ids)."""

    id: str
    type: str
    source: str
    target: str
    revision: int
    values: Values


Record: TypeAlias = NodeRecord | LinkRecord
Action: TypeAlias = Literal["create", "update", "delete", "redact"]


class Change(NamedTuple):
    """One record's change within a commit.

    ``before`` and ``after`` hold the fields that differ (for a creation ``before`` is None and ``after`` the whole
    content; the other way round for a deletion). ``source`` and ``target`` are the ends of a link, None for a node.
    ``state`` is the digest of the whole record after the change (empty where it is gone). ``content`` digests the
    values with ``salt``, and ``digest`` all the rest with ``content`` (a commit of version 1 has no ``content``: its
    ``digest`` covers everything). A redacted change has lost ``before``, ``after`` and ``salt``, not its digests.

    A change whose action is « redact » says which change lost its values (``source``: « commit:position »), or which
    commit its second part (« commit »); ``target`` digests what must be left of it. It tells anew the record that it
    is about, as it stands: ``after`` is all its values, None where it is gone.
    """

    position: int
    action: Action
    id: str
    type: str
    source: str | None
    target: str | None
    revision: int
    before: Values | None
    after: Values | None
    state: str
    salt: str
    digest: str
    content: str = ""

    @property
    def redacted(self) -> bool:
        """Whether its values were taken from the journal."""
        return not self.salt


@dataclass(frozen=True, slots=True)
class Commit:
    """One whole step of the network's life. ``digest`` covers the content and ``previous``, the digest before it.

    ``at`` is an ISO 8601 instant in UTC; ``run`` names the import (or undo) of which the commit is a part; ``token``
    tells a commit that was tried twice; ``detail`` is what its source wants to remember (JSON scalars). From version 2
    on ``author`` is an account's id and its name is in ``detail``; ``private`` digests, with ``salt``, what may be
    redacted one day: reason, detail, run and token.
    """

    number: int
    at: str
    author: str
    reason: str
    source: str
    run: str | None
    token: str
    changes: int
    previous: str
    digest: str
    detail: Mapping[str, Scalar] = field(default_factory=dict)
    version: int = 1
    salt: str = ""
    private: str = ""

    @property
    def by(self) -> str:
        """The name of its author, as people read it."""
        return str(self.detail.get(AUTHOR, self.author))

    @property
    def why(self) -> str:
        """Its reason, as people read it."""
        return self.reason or "Motif effacé du journal"


class Head(NamedTuple):
    """The newest commit's number and digest; ``(0, GENESIS)`` in a store without any."""

    number: int
    digest: str


GENESIS = "0" * 64

UNDATED = "1970-01-01T00:00:00+00:00"
"""The instant that is read of a commit whose own is none: it was altered, which verification tells."""

AUTHOR = "author"
"""Where the detail of a commit says the name of its author."""

DATASET = "dataset"
"""Where the detail of the first commit of version 2 says of which network the journal is."""

SCHEMA_REACHED = "schema"
"""Where the detail of a commit says the schema of the data from then on: the first one, and the end of a migration."""
