"""Which organisation of the network a row is about: for certain, probably, or none.

Order: SIRET; SIREN in the same commune; name in the same commune; own e-mail domain in the same commune. Another
commune, another SIRET or another SIREN vetoes. Only what is certain is joined; what is probable is for a person to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.organisations import Organisation
from graph_schema.records import NodeRecord
from graph_schema.wording import number
from importers.claims import Claim
from importers.joining.directory import Directory, keys_of, probes_of
from importers.joining.names import compatible, name_key
from importers.joining.seen import EarlierRows


class Match(NamedTuple):
    """The organisation's id (None when the network has no such one), how sure that is, and the reason (French)."""

    id: str | None
    certain: bool = True
    reason: str = ""


class Matcher:
    """Matches the rows of one batch, having read at once all that they may be about."""

    def __init__(
        self, unit: UnitOfWork, tx: ReadTransaction, claims: Sequence[Claim], directory: Directory, seen: EarlierRows
    ) -> None:
        self.unit, self.directory, self.seen = unit, directory, seen
        given = [claim.about.values for claim in claims]
        sirets = {values["siret"] for values in given if "siret" in values}
        found = tx.lookup(Organisation.TYPE, "siret", sirets) if sirets else {}
        self.by_siret = {siret: records[0].id for siret, records in found.items() if records}
        unit.adopt(record for records in found.values() for record in records)
        others = [values for values in given if values and values.get("siret") not in self.by_siret]
        self.whole = any("siret" not in values for values in others)
        directory.follow(tx, self.whole)
        if directory:
            unit.preload(nodes={id for values in others for id in directory.ids(probes_of(values))})

    def match(self, claim: Claim) -> Match:
        """The organisation that ``claim`` is about."""
        given = claim.about.values
        siret = given.get("siret")
        if siret and (id := self.seen.by_siret.get(siret) or self.by_siret.get(siret)):
            return Match(id, reason="même SIRET")
        if not self.directory and not self.seen.by_key:
            return Match(None)
        probes = probes_of(given)
        made = [id for key in sorted(probes) for id in self.seen.by_key.get(key, ())]
        judged = [
            (strength, id, reason)
            for id in dict.fromkeys((*made, *self.directory.ids(probes)))
            if (record := self.unit.node(id)) is not None
            for strength, reason in self._judge(given, record, probes)
        ]
        return _best(judged)

    def _judge(self, row: Mapping[str, Any], record: NodeRecord, probes: frozenset[str]) -> Iterable[tuple[int, str]]:
        """How strongly ``record`` is the organisation that ``row`` gives (1 strongest, 5 and more only probable)."""
        stored = record.values
        for field in ("siret", "siren"):
            if row.get(field) and stored.get(field) and row[field] != stored[field]:
                return
        shared = {key.partition("|")[0] for key in probes & keys_of(stored)}
        if "siren" in shared:
            yield 1, "même SIREN dans la même commune"
        elif "name" in shared:
            yield 2, "même nom dans la même commune"
        elif "nowhere" in shared and not row.get("commune"):
            yield 3, "même nom, commune inconnue des deux côtés"
        elif "domain" in shared:
            names = (name_key(str(v.get("name", "")), str(v.get("city", ""))) for v in (row, stored))
            if "name" not in row or compatible(*names):
                yield 4, "même domaine électronique dans la même commune"
            elif not self.seen.met(record.id):
                yield 5, "même domaine électronique dans la même commune, mais un autre nom"
        elif shared:
            yield 6, "même nom, mais la commune n'est connue que d'un côté"


def _best(judged: Sequence[tuple[int, str, str]]) -> Match:
    if not judged:
        return Match(None)
    strength, id, reason = min(judged, key=lambda one: one[0])
    equals = {other for rank, other, _ in judged if rank == strength}
    if len(equals) > 1:
        return Match(id, False, f"{number(len(equals))} fiches possibles : {reason}")
    return Match(id, strength < 5, reason)
