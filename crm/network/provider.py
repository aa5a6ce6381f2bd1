"""Ourselves: the provider's record, and what it decides for the measures (zone, thresholds, audit window)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from crm.network import Committed, Network
from crm.network.validation import FieldFault, InvalidRecord
from crm.network.work import UnitOfWork
from crm.store.protocol import Query, ReadTransaction
from graph_schema.providers import Provider
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import Thresholds
from graph_schema.vocabularies import Tier

DEFAULT_WINDOW_MONTHS = 12
_DOMAIN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")


def record(tx: ReadTransaction) -> NodeRecord | None:
    """The provider's record, None while nobody has said who we are."""
    items = tx.find(Query(Provider.TYPE, limit=1)).items
    return items[0] if items else None


def load(tx: ReadTransaction) -> Provider:
    """The provider as typed content; one with every default while nobody has said who we are."""
    found = record(tx)
    return _content(found) if found else Provider(name="Notre organisme")


def save(network: Network, patch: Mapping[str, Any], revision: int | None = None) -> Committed[str]:
    """Say who we are, or change it; returns the record's id.

    Mail domains are kept bare and in small letters, the SIRET without blanks, however they were typed. Raises
    ``InvalidRecord`` for thresholds that cross, a mail domain or a public address that is none.
    """
    patch = {**patch, **_siret(patch), **_domains(patch)}

    def work(unit: UnitOfWork) -> str:
        found = record(unit.tx)
        if found is None:
            id = unit.create(Provider.TYPE, {"name": "Notre organisme", **patch})
        else:
            id = found.id
            unit.update(id, patch, revision=revision)
        kept = unit.node(id)
        assert kept is not None
        _check_thresholds(_content(kept))
        return id

    return network.commit("Réglages de notre organisme", work)


def thresholds(provider: Provider) -> dict[Tier, Thresholds]:
    """Days after which to renew a relation, by tier."""
    return {
        Tier.A: Thresholds(provider.ideal_a, provider.maximum_a),
        Tier.B: Thresholds(provider.ideal_b, provider.maximum_b),
        Tier.C: Thresholds(provider.ideal_c, provider.maximum_c),
    }


def window_start(provider: Provider, on: date) -> date:
    """First day of the audit window that ends ``on``: as set, else the last audit, else twelve months before."""
    starts = [d for d in (provider.window_from, provider.last_audit_on) if d and d <= on]
    return starts[0] if starts else _months_before(on, DEFAULT_WINDOW_MONTHS)


def _content(found: NodeRecord) -> Provider:
    content = SCHEMA.nodes[Provider.TYPE].load(found.values)
    assert isinstance(content, Provider)
    return content


def _siret(patch: Mapping[str, Any]) -> dict[str, str]:
    """The SIRET of a patch as it is kept: « 123 456 789 00012 » is how people write it."""
    given = patch.get("siret")
    bare = "".join(given.split()) if isinstance(given, str) else ""
    return {"siret": bare} if re.fullmatch(r"[0-9]{14}", bare) else {}  # else said as typed


def _domains(patch: Mapping[str, Any]) -> dict[str, list[str]]:
    """The mail domains of a patch, in one spelling: « @CFA.fr » and « contact@cfa.fr » are « cfa.fr »."""
    if not (given := patch.get("mail_domains")):
        return {}
    kept = list(dict.fromkeys(str(each).strip().rpartition("@")[2].casefold() for each in given))
    if wrong := [each for each in kept if not _DOMAIN.fullmatch(each)]:
        words = f"« {wrong[0]} » n'est pas un domaine de courriel : écrivez ce qui suit l'arobase, ex. cfa-exemple.fr."
        raise InvalidRecord([FieldFault("mail_domains", "invalid", words)])
    return {"mail_domains": kept}


def _check_thresholds(provider: Provider) -> None:
    """Refuse an ideal above its maximum: a relation past the maximum would still pass for fresh."""
    fields = SCHEMA.nodes[Provider.TYPE].fields
    faults = []
    for tier, (ideal, maximum) in thresholds(provider).items():
        if ideal > maximum:
            low, high = (fields[f"{name}_{tier.lower()}"].about.label for name in ("ideal", "maximum"))
            words = f"« {low} » ({ideal} jours) doit être au plus « {high} » ({maximum} jours)."
            faults.append(FieldFault(f"ideal_{tier.lower()}", "invalid", words))
    if faults:
        raise InvalidRecord(faults)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
