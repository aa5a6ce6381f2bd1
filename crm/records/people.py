"""People and their roles: one person may work for several organisations, at once or in turn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from graph_schema.people import Person, WorksFor


def add(
    network: Network, organisation: str, person: Mapping[str, Any], role: Mapping[str, Any] | None = None
) -> Committed[str]:
    """Add a person who works for ``organisation``; returns the person's id."""

    def work(unit: UnitOfWork) -> str:
        id = unit.create(Person.TYPE, person)
        unit.connect(WorksFor.TYPE, id, organisation, role)
        return id

    return network.commit("Contact ajouté", work)


def join(network: Network, id: str, organisation: str, role: Mapping[str, Any] | None = None) -> Committed[str]:
    """Give a known person a role in one more organisation; returns the role's id."""
    return network.commit("Rôle ajouté", lambda unit: unit.connect(WorksFor.TYPE, id, organisation, role))


def edit(network: Network, id: str, patch: Mapping[str, Any], revision: int) -> Committed[None]:
    """Change a person's particulars, as edited from ``revision``."""
    return network.commit("Contact modifié", lambda unit: unit.update(id, patch, revision=revision))


def leave(network: Network, role: str, on: date) -> Committed[None]:
    """End a role; it stays among the past ones, and the person stays in the network."""
    return network.commit(
        f"Rôle terminé le {on:%d/%m/%Y}", lambda unit: unit.update(role, {"valid_to": on.isoformat()})
    )


def delete(network: Network, id: str, revision: int | None = None) -> Committed[None]:
    """Remove a person, as seen at ``revision``, and their links; the journal keeps them until a redaction.

    Raises ``NotFound``, ``StaleRevision``.
    """
    return network.commit("Contact supprimé", lambda unit: unit.delete([unit.expect(id, revision).id]))
