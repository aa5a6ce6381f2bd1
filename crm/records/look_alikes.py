"""Records that are probably the same as one about to be added: a warning, never a refusal."""

from collections.abc import Mapping
from typing import Any

from crm.network import Network
from crm.records.organisations import complete
from crm.records.search import search
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.records import NodeRecord, Values
from graph_schema.text import fold

_READ = 500
"""So many of one name are looked at: search gives who bears it exactly before any other."""


def organisations_like(network: Network, values: Mapping[str, Any]) -> list[NodeRecord]:
    """The organisations of the same name, spelling aside, in the same commune; of any commune when none is given."""
    name = fold(str(values.get("name") or ""))
    where = _where(complete(values))
    found = (hit.record for hit in search(network, name, [Organisation.TYPE], _READ))
    return [r for r in found if name in _names(r.values) and (not where or _where(r.values) in (where, ""))]


def people_like(network: Network, values: Mapping[str, Any]) -> list[NodeRecord]:
    """The people of the same name, or with the same e-mail address."""
    name, mail = _full_name(values), str(values.get("email") or "").strip().lower()
    hits = [
        *search(network, name, [Person.TYPE], _READ),
        *(search(network, mail, [Person.TYPE], _READ) if mail else ()),
    ]
    found = {hit.record.id: hit.record for hit in hits}
    return [
        r
        for r in found.values()
        if (name and _full_name(r.values) == name) or (mail and str(r.values.get("email", "")).lower() == mail)
    ]


def _names(values: Values) -> set[str]:
    aliases = values.get("aliases")
    return {fold(str(n)) for n in (values["name"], *(aliases if isinstance(aliases, list) else ()))}


def _where(values: Mapping[str, Any]) -> str:
    return str(values.get("commune") or fold(str(values.get("city") or "")))


def _full_name(values: Mapping[str, Any]) -> str:
    return fold(f"{values.get('given_name') or ''} {values.get('family_name') or ''}")
