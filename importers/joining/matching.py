"""Which organisation of the network a row is about: for certain, probably, or none.

Order: SIRET; UAI, SIREN in the same commune; name in the same commune; own e-mail domain in the same commune
(``crm.duplicates.judging``). Another commune, another SIRET or another SIREN vetoes. Only what is certain is joined;
what is probable is for a person to say.
"""

from collections.abc import Sequence
from typing import NamedTuple

from crm.duplicates.judging import WEAK, Judgement, judge
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.organisations import Organisation
from graph_schema.wording import number
from importers.claims import Claim
from importers.joining.directory import Directory, probes_of
from importers.joining.seen import EarlierRows

_NAMED_BY = frozenset({"name", "siret", "siren", "uai", "email"})
"""What a row is recognised by: one that has but an acronym names nobody, now as when it is read again."""


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
        if not given.keys() & _NAMED_BY or (not self.directory and not self.seen.by_key):
            return Match(None)
        probes = probes_of(given)
        made = [id for key in sorted(probes) for id in self.seen.by_key.get(key, ())]
        row = {**claim.about.on_creation, **given}
        judged = [
            (judgement, id)
            for id in dict.fromkeys((*made, *self.directory.ids(probes)))
            if (record := self.unit.node(id)) is not None
            and (judgement := judge(row, record.values)) is not None
            and not (judgement.rank == WEAK and self.seen.met(id))
        ]
        return _best(judged)


def _best(judged: Sequence[tuple[Judgement, str]]) -> Match:
    if not judged:
        return Match(None)
    best, id = min(judged, key=lambda one: one[0].rank)
    equals = {other for judgement, other in judged if judgement.rank == best.rank}
    if len(equals) > 1:
        return Match(id, False, f"{number(len(equals))} fiches possibles : {best.reason}")
    return Match(id, best.certain, best.reason)
