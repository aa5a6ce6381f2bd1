"""What partners are engaged in and what was logged with them: all else that people enter, changed and deleted."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from crm.errors import InputError, NotFound
from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from crm.records.exchanges import check_past
from graph_schema.declaration import NodeAbout, Trait
from graph_schema.exchanges import Exchange
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, listing, lowered

TYPES = tuple(name for name in SCHEMA.having(Trait.ENTERED) if name not in SCHEMA.partners)
"""The node types that are one, all of them edited and deleted here."""

_BELONGING = SCHEMA.having(Trait.ESSENTIAL)
"""Links to what a record is nothing without: a meeting without its committee would prove nothing."""


def edit(network: Network, id: str, patch: Mapping[str, Any], revision: int) -> Committed[None]:
    """Change fields of an engagement, as edited from ``revision``.

    Raises ``NotFound``, ``StaleRevision``, ``InputError`` for an exchange that would be to come.
    """
    type, about = _kind(network, id)
    if type == Exchange.TYPE and patch.get("on"):
        check_past(network, date.fromisoformat(str(patch["on"])))
    fields = SCHEMA.nodes[type].fields
    names = ", ".join(lowered(fields[name].about.label) for name in patch if name in fields)
    return network.commit(
        f"{about.that_is('modifié')} ({names})", lambda unit: unit.update(id, patch, revision=revision)
    )


def delete(network: Network, id: str, revision: int | None = None) -> Committed[None]:
    """Remove an engagement, as seen at ``revision``, together with its links; the journal keeps all of it.

    Raises ``NotFound``, ``StaleRevision``; ``InputError`` while something else belongs to it: that would be left alone.
    """
    _, about = _kind(network, id)

    def work(unit: UnitOfWork) -> None:
        unit.expect(id, revision)
        ends = [link.source for link in unit.tx.links_of([id], _BELONGING) if link.target == id]
        if ends:
            raise InputError(f"Rien n'est supprimé : il y a encore {_named(unit, ends)}, à supprimer d'abord.")
        unit.delete([id])

    return network.commit(about.that_is("supprimé"), work)


def _kind(network: Network, id: str) -> tuple[str, NodeAbout]:
    record = network.read(lambda tx: tx.get([id]).get(id))
    if record is None or record.type not in TYPES:
        raise NotFound("Cette fiche n'existe pas, ou plus : quelqu'un l'a peut-être supprimée entre-temps.")
    return record.type, SCHEMA.nodes[record.type].about


def _named(unit: UnitOfWork, ids: list[str]) -> str:
    """How many of each type these records are, in words."""
    many = Counter(record.type for record in unit.tx.get(ids).values())
    abouts = [(SCHEMA.nodes[type].about, many[type]) for type in TYPES if many[type]]
    return listing([count(n, about.label.lower(), about.plural.lower()) for about, n in abouts])
