"""What a claim says besides its organisation: contacts and their roles, exchanges and their subjects, agreements…"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.agreements import Agreement
from graph_schema.exchanges import Concerns, Direction, Exchange, Involves
from graph_schema.people import Person, WorksFor
from graph_schema.records import LinkRecord, NodeRecord, Values
from graph_schema.text import fold
from graph_schema.wording import number
from importers.claims import Claim, LinkClaim, RecordClaim
from importers.faults import ImportFault
from importers.joining.mentioned import Mentioned
from importers.joining.merging import merge
from importers.joining.outcomes import Became, Related
from importers.joining.seen import EarlierRows

_AGREEMENT_KEYS = ("number", "signed_on", "ends_on")


class RelationJoiner:
    """Joins what claims say to their organisations, having read at once all that may be there already.

    A contact is known by their address or their name among colleagues, an exchange by its day, an agreement by its
    number or its days; any other record by what its claim says, among those linked to the organisation in that way.
    """

    def __init__(
        self, unit: UnitOfWork, tx: ReadTransaction, joined: Sequence[tuple[Claim, str]], seen: EarlierRows,
        became: Became, where: tuple[str, str],
    ) -> None:  # fmt: skip
        self.unit, self.tx, self.seen, self.became, self.where = unit, tx, seen, became, where
        self.stored: dict[tuple[str, str], list[LinkRecord]] = defaultdict(list)
        records = [record for claim, _ in joined for record in claim.records]
        mentions = [record for record in records if record.mention]
        self.subjects = Mentioned(tx, unit, seen, mentions) if mentions else None
        self._read_links(joined)
        emails = {str(r.values["email"]) for r in records if r.type == Person.TYPE and r.values.get("email")}
        found = tx.lookup(Person.TYPE, "email", emails) if emails else {}
        unit.adopt(record for records in found.values() for record in records)
        self.by_email = {email: [record.id for record in records] for email, records in found.items()}

    def _read_links(self, joined: Sequence[tuple[Claim, str]]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for claim, id in joined:
            for link in claim.links:
                if link.joins(claim.about):
                    wanted[link.type].add(id)
        others: set[str] = set()
        for type, organisations in wanted.items():
            for stored in self.tx.links_of(organisations, [type]):
                for end, other in ((stored.source, stored.target), (stored.target, stored.source)):
                    if end in organisations:
                        self.unit.adopt([stored])
                        self.stored[type, end].append(stored)
                        others.add(other)
        self.unit.preload(nodes=others)
        exchanges = {link.source for (type, _), links in self.stored.items() if type == Involves.TYPE for link in links}
        about = self.tx.links_of(exchanges, [Concerns.TYPE]) if self.subjects and exchanges else ()
        self.unit.adopt(about)
        self.about = {(link.source, link.target) for link in about}

    def _links(self, type: str, organisation: str) -> list[LinkRecord]:
        """The organisation's links of a type, those of earlier rows included."""
        made = self.seen.links.get((type, organisation), [])
        ids = {link.id for link in made}
        return [*(link for link in self.stored[type, organisation] if link.id not in ids), *made]

    def add(self, claim: Claim, organisation: str) -> bool:
        """Join the rest of a claim; whether that changed anything. Of one who may be two people nothing is written."""
        if any(self._doubtful(claim, organisation, r.values) for r in claim.records if r.type == Person.TYPE):
            return False
        before = self.became.related.total()
        joined = _Joined({claim.about: organisation}, set())
        for record in claim.records:
            if not record.mention:
                id, made = self._record(claim, organisation, record)
                joined.ids[record] = id
                # A person may be met in many ways: that they are new opens nothing of what is written already.
                if made and record.type != Person.TYPE:
                    joined.made.add(record)
        for link in claim.links:
            self._link(claim, organisation, link, joined)
        return self.became.related.total() > before

    def _record(self, claim: Claim, organisation: str, record: RecordClaim) -> tuple[str, bool]:
        """The id of a record that a claim tells of, and whether it was made for it."""
        found, related = self._known(claim, organisation, record)
        if found is None:
            id = self.unit.create(record.type, {**record.on_creation, **record.values})
            self._made(id, record)
            self.became.related[related] += 1
        else:
            id = found.id
            self._complete(claim, found, _unsaid(record, found.values), related)
        self.seen.meet(id, claim.place)
        return id, found is None

    def _known(self, claim: Claim, organisation: str, record: RecordClaim) -> tuple[NodeRecord | None, Related]:
        given = record.values
        if record.type == Person.TYPE:
            return self._known_person(claim, organisation, given), Related.PEOPLE
        types = [link.type for link in claim.links if link.joins(record) and link.joins(claim.about)]
        links = [link for type in types for link in self._links(type, organisation)]
        ids = [link.target if link.source == organisation else link.source for link in links]
        same, related = _SAME.get(record.type, (_same_values, Related.OTHERS))
        known = (node for id in ids if (node := self.unit.node(id)) is not None and node.type == record.type)
        telling = {name: given[name] for name in record.known_by} if record.known_by else given
        return next((node for node in known if same(node.values, telling)), None), related

    def _made(self, id: str, record: RecordClaim) -> None:
        """Let later claims find a record by what it is known by."""
        self.seen.create(record.type, id)
        if self.subjects is not None and (made := self.unit.node(id)) is not None:
            self.subjects.enter(record.type, id, made.values)
        if record.type == Person.TYPE and (email := record.values.get("email")):
            self.seen.by_email.setdefault(email, []).append(id)

    def _link(self, claim: Claim, organisation: str, link: LinkClaim, joined: "_Joined") -> None:
        if link.target.mention:
            self._mention(claim, joined.ids[link.source], link)
        elif link.type == WorksFor.TYPE:
            self._role(claim, organisation, joined.ids[link.source], link.values)
        elif link.source in joined.made or link.target in joined.made:
            id = self.unit.connect(link.type, joined.ids[link.source], joined.ids[link.target], dict(link.values))
            if link.joins(claim.about):
                self._remember(link.type, organisation, id)

    def _known_person(self, claim: Claim, organisation: str, given: dict[str, Any]) -> NodeRecord | None:
        if alike := self._alike(organisation, given):
            return alike[0]
        email = given.get("email", "")
        if self._same_email(email):
            message = f"L'adresse {email} est déjà celle d'une autre personne du réseau : deux fiches la porteront."
            self._fault(claim.place, "email", email, "shared_email", message)
        return None

    def _same_email(self, email: str) -> list[str]:
        return [*self.by_email.get(email, ()), *self.seen.by_email.get(email, ())]

    def _alike(self, organisation: str, given: dict[str, Any]) -> list[NodeRecord]:
        """Those whom a name may mean: who has its address, else colleagues; those called exactly so if there are any.

        All of one name are one where the name is whole; a bare family name or an initial may be that of several.
        """
        colleagues = dict.fromkeys(link.source for link in self._links(WorksFor.TYPE, organisation))
        for ids in (dict.fromkeys(self._same_email(given.get("email", ""))), colleagues):
            records = [record for id in ids if (record := self.unit.node(id)) and _same_name(record.values, given)]
            whole = [record for record in records if _given_name(record.values) == _given_name(given)]
            if records:
                return whole[:1] or records
        return []

    def _doubtful(self, claim: Claim, organisation: str, given: dict[str, Any]) -> bool:
        """Whether a name may mean several people, which is said."""
        alike = self._alike(organisation, given) if given else []
        if len(alike) < 2:
            return False
        name = " ".join(filter(None, (given.get("given_name"), given["family_name"])))
        message = f"« {name} » peut être {number(len(alike))} personnes : ni contact ni échange repris."
        hint = "Écrivez le prénom entier ou le courriel, puis importez à nouveau le fichier."
        self._fault(claim.place, "family_name", name, "probable", message, hint)
        return True

    def _role(self, claim: Claim, organisation: str, person: str, given: Mapping[str, Any]) -> None:
        role = given.get("role")
        held = [link for link in self._links(WorksFor.TYPE, organisation) if link.source == person]
        same = [link for link in held if fold(str(link.values.get("role", ""))) == fold(str(role or ""))]
        unnamed = [link for link in held if not link.values.get("role")]
        known = same or unnamed if role else held
        if known:
            link = self.unit.link(known[0].id) or known[0]
            patch = {name: value for name, value in given.items() if name not in link.values and value is not False}
            if patch and self._update(claim, link.id, patch):
                self.became.related[Related.ROLES] += 1
                self._remember(WorksFor.TYPE, organisation, link.id)
            return
        id = self.unit.connect(WorksFor.TYPE, person, organisation, given)
        self.became.related[Related.ROLES] += 1
        self._remember(WorksFor.TYPE, organisation, id)

    def _mention(self, claim: Claim, source: str, link: LinkClaim) -> None:
        """Link a record to one that the claim only names."""
        assert self.subjects is not None
        id, problem = self.subjects.find(link.target)
        if id is None:
            message = f"{problem} : l'échange est repris sans dire qu'il en était question."
            self._fault(claim.place, link.column, link.target.keys[0], "unknown_subject", message)
        elif (source, id) not in self.about:
            self.about.add((source, id))
            self.unit.connect(link.type, source, id)
            self.became.related[Related.SUBJECTS] += 1

    def _complete(self, claim: Claim, record: NodeRecord, given: dict[str, Any], related: Related) -> None:
        merged = merge(self.tx, record, given, already_met=self.seen.met(record.id))
        for field, before, after in merged.kept:
            message = f"« {before} » est gardé au lieu de « {after} », qui contredit ce qui a été saisi ou lu avant."
            self._fault(claim.place, field, str(after), "edited", message)
        if merged.changes and self._update(claim, record.id, merged.patch):
            self.became.related[related] += 1

    def _update(self, claim: Claim, id: str, patch: dict[str, Any]) -> bool:
        """Change what is there already; False, and said, when the row does not go with what is kept."""
        try:
            self.unit.update(id, patch)
        except InvalidRecord as error:
            self._fault(claim.place, "", "", "invalid", f"{error} Ce que dit la ligne n'est pas repris.")
            return False
        return True

    def _remember(self, type: str, organisation: str, id: str) -> None:
        link = self.unit.link(id)
        assert link is not None
        made = self.seen.links.setdefault((type, organisation), [])
        made[:] = [*(known for known in made if known.id != id), link]

    def _fault(self, row: int, column: str, value: str, code: str, message: str, hint: str = "") -> None:
        self.became.faults.append(ImportFault(*self.where, row, column, value[:200], code, message, hint))


class _Joined(NamedTuple):
    """What a claim tells of, joined so far: the id of each record, and which were made."""

    ids: dict[RecordClaim, str]
    made: set[RecordClaim]


def _unsaid(record: RecordClaim, stored: Values) -> dict[str, Any]:
    """What a claim adds to a record that is there: an agreement keeps its subject, an exchange what it says already."""
    given = record.values
    if record.type == Agreement.TYPE:
        return {name: value for name, value in given.items() if name != "subject" or name not in stored}
    if record.type != Exchange.TYPE:
        return given
    said = Direction.UNKNOWN not in (given.get("direction"), stored.get("direction"))
    open_one = stored.get("direction", Direction.UNKNOWN) == Direction.UNKNOWN != given.get("direction")
    kept = {name: value for name, value in given.items() if name != "direction" or open_one or said}
    return {name: value for name, value in kept.items() if name != "channel" or "channel" not in stored}


def _same_name(stored: Values, given: dict[str, Any]) -> bool:
    """Same family name, and given names that do not contradict each other (one may be missing or an initial)."""
    if fold(str(stored.get("family_name", ""))) != fold(str(given["family_name"])):
        return False
    one, other = _given_name(stored), _given_name(given)
    return not one or not other or one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _given_name(values: Mapping[str, Any]) -> str:
    return fold(str(values.get("given_name") or ""))


def _same_agreement(stored: Values, given: dict[str, Any]) -> bool:
    for key in _AGREEMENT_KEYS:
        if given.get(key) and stored.get(key):
            return bool(stored[key] == given[key])
    # A row that gives nothing else is known by its subject.
    unsaid = not any(given.get(key) for key in _AGREEMENT_KEYS)
    return unsaid and fold(str(stored.get("subject", ""))) == fold(str(given["subject"]))


def _same_day(stored: Values, given: dict[str, Any]) -> bool:
    return bool(stored.get("on") == given["on"])


def _same_values(stored: Values, given: dict[str, Any]) -> bool:
    return all(stored.get(name) == value for name, value in given.items())


_SAME: Mapping[str, tuple[Callable[[Values, dict[str, Any]], bool], Related]] = {
    Exchange.TYPE: (_same_day, Related.EXCHANGES), Agreement.TYPE: (_same_agreement, Related.AGREEMENTS),
}  # fmt: skip
"""By what a record is known among those linked to the organisation, and how it is counted."""
