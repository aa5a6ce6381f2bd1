"""The organisations of the network by what can recognise them besides their SIRET, kept in step with the journal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm.duplicates.names import name_keys, own_domain
from crm.store.protocol import ReadTransaction
from graph_schema.organisations import Organisation

_FIELDS = ("siret", "siren", "commune", "city", "name", "acronym", "aliases", "email", "uai")


def keys_of(values: Mapping[str, Any]) -> frozenset[str]:
    """The keys under which an organisation is kept: UAI, SIREN + commune, name in the commune, domain + commune."""
    commune, keys = values.get("commune") or "", name_keys(values)
    own = {f"uai|{uai}"} if (uai := values.get("uai")) else set()
    if not commune:
        return frozenset(own | {f"nowhere|{key}" for key in keys})
    found = own | {f"{where}|{key}" for key in keys for where in (f"name|{commune}", "anywhere")}
    if siren := values.get("siren"):
        found.add(f"siren|{commune}|{siren}")
    if domain := own_domain(str(values.get("email") or "")):
        found.add(f"domain|{commune}|{domain}")
    return frozenset(found)


def probes_of(values: Mapping[str, Any]) -> frozenset[str]:
    """The keys under which to look for the organisation of a row; a known commune is never met by another one."""
    known = keys_of(values)
    names = {key.rpartition("|")[2] for key in known if key.startswith(("nowhere|", "name|"))}
    own = {key for key in known if not key.startswith("anywhere|")}
    elsewhere = "nowhere" if values.get("commune") else "anywhere"
    return frozenset(own | {f"{elsewhere}|{name}" for name in names})


class Directory:
    """Ids by key. It covers the organisations without SIRET, and all of them once a row without SIRET is met.

    Built by one streamed reading, then followed through the journal: a candidate is always checked against its record,
    so a key that no longer holds does no harm.
    """

    def __init__(self) -> None:
        self._ids: dict[str, tuple[str, ...]] = {}
        self._head = -1
        self._whole = False

    def __bool__(self) -> bool:
        return bool(self._ids)

    def follow(self, tx: ReadTransaction, whole: bool) -> None:
        """Bring it up to the state that ``tx`` sees; ``whole`` asks for the organisations with a SIRET too."""
        head = tx.head().number
        if self._head < 0 or (whole and not self._whole):
            self._ids, self._whole = {}, whole
            for id, *row in tx.rows(Organisation.TYPE, _FIELDS):
                self._enter(str(id), dict(zip(_FIELDS, row, strict=True)))
        elif head > self._head:
            changed = {c.id for _, c in tx.changes(self._head + 1, head) if c.type == Organisation.TYPE}
            for record in tx.get(changed).values():
                self._enter(record.id, record.values)
        self._head = head

    def absorb(self, commit: int, records: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Take what our own commit wrote, if it is the one after the state followed so far (else ``follow`` will)."""
        if commit == self._head + 1:
            for id, values in records:
                self._enter(id, values)
            self._head = commit

    def _enter(self, id: str, values: Mapping[str, Any]) -> None:
        if self._whole or not values.get("siret"):
            for key in keys_of(values):
                known = self._ids.get(key, ())
                if id not in known:
                    self._ids[key] = (*known, id)

    def ids(self, keys: Iterable[str]) -> Sequence[str]:
        """The organisations kept under any of these keys, each once."""
        return tuple(dict.fromkeys(id for key in sorted(keys) for id in self._ids.get(key, ())))
