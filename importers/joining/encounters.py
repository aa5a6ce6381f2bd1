"""Claims about exchanges that name who took part: with whom of the network, from whom it came, which one it is.

An exchange that a file brought is found again by the key that the file gives it, from which its id is made. One that
was entered here is the same when it is of that day, in no other way, with the same people; so is a meeting.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from crm.network import provider
from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.committees import Attended, Meeting
from graph_schema.exchanges import Channel, Direction, Exchange, Involves
from graph_schema.people import Person
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import listing
from importers.claims import Attendee, Claim
from importers.joining.merging import CellChange, Merge, merge
from importers.joining.outcomes import Became, Outcome, Related
from importers.joining.parties import Parties
from importers.joining.seen import EarlierRows
from importers.joining.telling import RowTelling

_PREFIX = "recu-"
_ASKED = 12
_NO_DOMAINS = (
    "Vos domaines de courriel ne sont pas indiqués : rien ne dit qui est des vôtres, et le sens de ces échanges "
    "reste à préciser."
)
_SET_DOMAINS = "Indiquez-les dans « Réglages », « Votre organisme », puis importez à nouveau."
_CONTACTS = "Importez d'abord leur carnet d'adresses, ou créez leur fiche avec ce courriel, puis importez à nouveau."
_TOGETHER = frozenset({Channel.MEETING, Channel.VISIT, Channel.EVENT, Channel.CALL})
"""Ways that one person calls a meeting and another a visit; a message is never one of them."""


class _With(list[str]):
    """Ids of those of the network who took part: ``people``, then their organisations."""

    def __init__(self, people: Collection[str], organisations: Collection[str]) -> None:
        self.people, self.organisations = frozenset(people), frozenset(organisations)
        super().__init__([*sorted(people), *sorted(organisations)])


class Encounters:
    """Joins a batch of claims about exchanges, having read at once all whom they may mean."""

    def __init__(
        self, telling: RowTelling, unit: UnitOfWork, tx: ReadTransaction, claims: Sequence[Claim], seen: EarlierRows
    ) -> None:
        self.telling, self.unit, self.tx, self.claims, self.seen = telling, unit, tx, claims, seen
        self.became = telling.became
        self.domains = tuple(provider.load(tx).mail_domains)
        self.parties = Parties(tx, unit, seen, {party for claim in claims for party in claim.parties})
        self.withs = {id(claim): self._with(claim) for claim in claims}
        everyone = {each for told in self.withs.values() for each in told}
        self.ties: dict[str, set[str]] = defaultdict(set)
        links = tx.links_of(everyone, [Involves.TYPE, Attended.TYPE]) if everyone else []
        keyed = {_id(claim) for claim in claims}
        links += tx.links_of(keyed, [Involves.TYPE])
        for link in {one.id: one for one in links}.values():
            event, party = (link.source, link.target) if link.type == Involves.TYPE else (link.target, link.source)
            self.ties[event].add(party)
        unit.preload(nodes={*keyed, *self.ties})
        self.of_day: dict[str, list[NodeRecord]] = defaultdict(list)
        for record in filter(None, map(unit.node, self.ties)):
            if not record.id.startswith(_PREFIX):
                self.of_day[str(record.values.get("on") or record.values.get("held_on"))].append(record)

    def run(self) -> Became:
        """Decide about each claim."""
        if not self.domains and not self.telling.tally.codes["own_domains"]:
            self.telling.fault(0, "", "", "own_domains", _NO_DOMAINS, _SET_DOMAINS)
        for claim in self.claims:
            self.became.faults.extend(claim.faults)
            if (why := self._aside(claim)) is not None:
                self._done(claim, Outcome.UNCHANGED, None, why)
            else:
                self._encounter(claim, self.withs[id(claim)])
        return self.became

    def _is_ours(self, party: Attendee) -> bool:
        domain = party.email.rpartition("@")[2]
        return any(domain == own or domain.endswith(f".{own}") for own in self.domains)

    def _others(self, claim: Claim) -> list[Attendee]:
        """Those outside us who did not decline."""
        return [party for party in claim.parties if not self._is_ours(party) and not party.declined]

    def _ours(self, claim: Claim) -> list[Attendee]:
        return [party for party in claim.parties if self._is_ours(party)]

    def _with(self, claim: Claim) -> _With:
        on = date.fromisoformat(claim.about.values["on"])
        found = [self.parties.meant(party, on) for party in self._others(claim)]
        people = {each.person for each in found if each.person is not None}
        return _With(people, {id for each in found for id in each.organisations})

    def _aside(self, claim: Claim) -> str | None:
        """Why a claim is no exchange with anyone, said where someone declined it."""
        ours = self._ours(claim)
        if len(ours) == len(claim.parties):
            return "entre nous"
        if ours and all(party.declined for party in ours):
            why = "décliné par nous"
        elif not self._others(claim):
            why = "décliné par les autres"
        else:
            return None
        message = f"« {self._name(claim)} » a été {why} : rien n'en est repris."
        self.telling.fault(claim.place, "", "", "declined", message)
        return why

    def _encounter(self, claim: Claim, told: _With) -> None:
        unknown = self._unknown(claim)
        if not told and not (claim.open and self.domains):
            message = f"« {self._name(claim)} » : rien n'en est repris, {_named(unknown)} n'étant pas de votre réseau."
            self.telling.fault(claim.place, "", "", "unknown_party", message, _CONTACTS)
            self._done(claim, Outcome.CONFLICT, None, "personne de connu")
            return
        held = self._held(claim, told)
        if held is None:
            self._create(claim, told, unknown)
        elif held.type == Meeting.TYPE:
            self._done(claim, Outcome.UNCHANGED, held.id, "réunion déjà notée")
        else:
            self._join(claim, held, told)
        if told and unknown:
            message = f"« {self._name(claim)} » est repris sans {_named(unknown)}, hors de votre réseau."
            self.telling.fault(claim.place, "", "", "unknown_party", message, _CONTACTS)

    def _unknown(self, claim: Claim) -> list[str]:
        on = date.fromisoformat(claim.about.values["on"])
        others = (party for party in self._others(claim) if self.parties.meant(party, on).person is None)
        return list(dict.fromkeys(party.called for party in others))

    def _held(self, claim: Claim, told: _With) -> NodeRecord | None:
        """What the network holds of it already: the one of that key, else what was entered of that day and people."""
        record = self.unit.node(_id(claim))
        if record is not None:
            return record
        for each in self.of_day[claim.about.values["on"]]:
            if not self.seen.met(each.id) and self._same_people(each, told) and _same_way(each, claim):
                return each
        return None

    def _same_people(self, record: NodeRecord, told: _With) -> bool:
        there = self.ties[record.id]
        people = {id for id in there if (node := self.unit.node(id)) is not None and node.type == Person.TYPE}
        if people and told.people:
            return people <= told.people or told.people <= people
        return bool(told.organisations & there) or bool(told.people & there)

    def _direction(self, claim: Claim) -> Direction:
        """From whom it came, known by our own domains; mutual where the other side accepted."""
        began = next((party for party in claim.parties if party.began), None)
        if not self.domains or began is None:
            return Direction.UNKNOWN
        ours = self._is_ours(began)
        answering = self._others(claim) if ours else self._ours(claim)
        if any(party.accepted for party in answering):
            return Direction.MUTUAL
        return Direction.FROM_US if ours else Direction.FROM_THEM

    def _create(self, claim: Claim, told: _With, unknown: Sequence[str]) -> None:
        values = {**claim.about.on_creation, **claim.about.values, "direction": self._direction(claim).value}
        if not told:
            values["asked"] = list(unknown[:_ASKED])
        id = _id(claim)
        before = self.tx.history(id, 1)
        try:
            self.unit.create(Exchange.TYPE, values, id=id, revision=before[0][1].revision + 1 if before else 1)
        except InvalidRecord as error:
            self.telling.refuse(claim, "invalid", str(error), "Corrigez-le, puis importez à nouveau le fichier.")
            return
        self._tie(id, told)
        changes = [CellChange(field, None, value) for field, value in values.items()]
        self._done(claim, Outcome.CREATED, id, "absent du réseau", changes)

    def _join(self, claim: Claim, record: NodeRecord, told: _With) -> None:
        """Complete an exchange that is held: what was entered here stays as it was said."""
        given = dict(claim.about.values)
        if not record.id.startswith(_PREFIX):
            given = {name: value for name, value in given.items() if name not in record.values}
        stated = record.values.get("direction", Direction.UNKNOWN) != Direction.UNKNOWN
        direction = self._direction(claim)
        if stated and direction is not Direction.UNKNOWN and record.id.startswith(_PREFIX):
            given["direction"] = direction.value
        merged = merge(self.tx, record, given, already_met=self.seen.met(record.id))
        if not stated and direction is not Direction.UNKNOWN:
            merged.changes.append(CellChange("direction", Direction.UNKNOWN.value, direction.value))
        if merged.changes:
            self.unit.update(record.id, merged.patch)
        tied = self._tie(record.id, told)
        self._conclude(claim, record, merged, tied)

    def _conclude(self, claim: Claim, record: NodeRecord, merged: Merge, tied: int) -> None:
        for field, before, after in merged.kept:
            label = SCHEMA.nodes[Exchange.TYPE].fields[field].about.label
            message = f"« {label} » : « {before} » est gardé, une personne l'a dit avant « {after} »."
            self.telling.fault(claim.place, label, str(after), "edited", message)
        outcome = Outcome.UPDATED if merged.changes or tied else Outcome.UNCHANGED
        self._done(claim, outcome, record.id, "même échange", merged.changes, merged.kept)

    def _tie(self, id: str, told: _With) -> int:
        """Tie an exchange to those who took part; how many were not yet."""
        missing = [each for each in told if each not in self.ties[id]]
        for each in missing:
            self.unit.connect(Involves.TYPE, id, each)
            self.ties[id].add(each)
        self.became.related.update({Related.TIES: len(missing)} if missing else {})
        return len(missing)

    def _name(self, claim: Claim) -> str:
        return str(claim.about.values.get("subject") or "sans objet")[:80]

    def _done(
        self, claim: Claim, outcome: Outcome, id: str | None, reason: str,
        changes: Sequence[CellChange] = (), kept: Sequence[CellChange] = (),
    ) -> None:  # fmt: skip
        if id is not None:
            self.seen.meet(id, claim.place)
            if changes:
                self.became.made.append(id)
        self.telling.done(claim, outcome, id, reason, changes, kept, self._name(claim))


def _id(claim: Claim) -> str:
    """The id of the exchange that a claim brings: from the same key, the same id."""
    return _PREFIX + hashlib.sha256(claim.about.keys[0].encode("utf-8", "replace")).hexdigest()[:32]


def _named(people: Sequence[str]) -> str:
    return listing([f"« {each[:60]} »" for each in people], 3)


def _same_way(record: NodeRecord, claim: Claim) -> bool:
    """Whether what was entered may be the exchange of a claim, by the way in which people met."""
    if record.type == Meeting.TYPE:
        return Channel(claim.about.values["channel"]) in _TOGETHER
    given, known = Channel(claim.about.values["channel"]), record.values.get("channel")
    return not known or known == given or (given in _TOGETHER and Channel(str(known)) in _TOGETHER)
