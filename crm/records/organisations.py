"""Organisations: created, edited and deleted, with what their identifiers and address imply filled in."""

from collections.abc import Mapping
from typing import Any

from crm.errors import NotFound
from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from graph_schema.organisations import Organisation
from graph_schema.registry import SCHEMA
from graph_schema.territory import resolve_commune
from graph_schema.wording import lowered


def complete(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` with what follows from them: SIREN from SIRET, official commune from postal code and town.

    What is given is never replaced: a commune code that the reference does not know stays as typed.
    """
    completed = dict(values)
    siret = completed.get("siret")
    if siret and not completed.get("siren") and len(siret) == 14:
        completed["siren"] = siret[:9]
    if not completed.get("commune") and completed.get("city"):
        found = resolve_commune(postal_code=completed.get("postal_code"), name=completed["city"])
        if found.commune is not None:
            completed["commune"] = found.commune.code
    return completed


def create(network: Network, values: Mapping[str, Any]) -> Committed[str]:
    """Add an organisation; returns its id. Raises ``DuplicateKey`` when its SIRET is already in the network."""
    return network.commit("Organisation ajoutée", lambda unit: unit.create(Organisation.TYPE, complete(values)))


def create_linked(
    network: Network, values: Mapping[str, Any], other: str, type: str, outwards: bool,
    link: Mapping[str, Any] | None = None,
) -> Committed[str]:  # fmt: skip
    """Add an organisation tied from the start to the record ``other``, as one act; returns the organisation's id.

    The link of that ``type`` runs from the new organisation when ``outwards``, else to it. Raises ``DuplicateKey``, and
    ``InputError`` when the type does not allow these ends.
    """

    def work(unit: UnitOfWork) -> str:
        id = unit.create(Organisation.TYPE, complete(values))
        unit.connect(type, *((id, other) if outwards else (other, id)), link)
        return id

    return network.commit("Organisation ajoutée et liée", work)


def edit(network: Network, id: str, patch: Mapping[str, Any], revision: int) -> Committed[None]:
    """Change fields of an organisation, as edited from ``revision``. Raises ``StaleRevision``, ``DuplicateKey``.

    A new address or SIRET brings its own commune or SIREN unless these are given too.
    """

    def work(unit: UnitOfWork) -> None:
        current = unit.node(id)
        if current is None or current.type != Organisation.TYPE:
            raise NotFound("Cette organisation n'existe plus : elle a été supprimée entre-temps.")
        outdated = {"commune"} if {"city", "postal_code"} & patch.keys() else set()
        outdated |= {"siren"} if "siret" in patch else set()
        base = {k: v for k, v in current.values.items() if k not in outdated}
        merged = complete({k: v for k, v in {**base, **patch}.items() if v is not None})
        implied = {k: merged.get(k) for k in outdated if k not in patch}
        unit.update(id, {**implied, **patch}, revision=revision)

    return network.commit(f"Organisation modifiée ({_fields(patch)})", work)


def delete(network: Network, id: str, revision: int | None = None) -> Committed[None]:
    """Remove an organisation, as seen at ``revision``, together with its links; the journal keeps all of it.

    Raises ``NotFound``, ``StaleRevision``.
    """
    return network.commit("Organisation supprimée", lambda unit: unit.delete([unit.expect(id, revision).id]))


def _fields(patch: Mapping[str, Any]) -> str:
    fields = SCHEMA.nodes[Organisation.TYPE].fields
    return ", ".join(lowered(fields[name].about.label) for name in patch if name in fields)
