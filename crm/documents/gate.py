"""The one door by which a document made of the network leaves it.

Whoever takes it may read the network, and it is made of what they may read: what is confidential and not theirs to open
was never in it. People who opposed what we do with their data are left out, and it says so. Where it tells of people,
the access log of the network's vault has a line about it before it leaves.
"""

from collections.abc import Callable
from typing import NamedTuple

from crm.errors import Forbidden
from crm.network import Network
from crm.network.opposition import everyone_opposed
from crm.network.rights import Right
from crm.vault.access import Act
from crm.vault.attested import attest
from crm.vault.place import existing
from graph_schema.wording import count


class Outgoing(NamedTuple):
    """A document before the gate: its content, and the ids of the people of whom it tells."""

    content: bytes
    people: frozenset[str] = frozenset()


class Cleared(NamedTuple):
    """What the gate let through, and nothing else made: what files are written from."""

    name: str
    content: bytes


def leave(network: Network, name: str, make: Callable[[frozenset[str]], Outgoing]) -> Cleared:
    """Make a document, which will be called ``name``, and let it leave.

    ``make`` is given everyone who opposed it, as of now, and leaves them out. Raises ``Forbidden`` for an actor who may
    not read the network and for a draft in which one of them is all the same; as ``vault_of`` and ``attest`` where the
    network has a vault in whose access log no line can be written: a document of which no line says that it left stays.
    """
    network.actor.require(Right.READ)
    opposed = everyone_opposed(network)
    draft = make(opposed)
    if draft.people & opposed:
        raise Forbidden(
            f"« {name} » nommerait quelqu'un qui s'oppose à l'export de ses données : le fichier n'a pas été fait.",
            code="opposed",
        )
    if draft.people and (vault := existing(network)):
        attest(network, vault, Act.EXPORT, detail=f"{name} : {count(len(draft.people), 'personne')}")
    return Cleared(name, draft.content)


def blank(name: str, content: bytes) -> Cleared:
    """A form to fill, called ``name``: nothing of a network is in it."""
    return Cleared(name, content)
