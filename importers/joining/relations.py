"""What a row says besides its organisation: the contact and their role, the exchange and its subject, the agreement."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.exchanges import Direction
from graph_schema.records import LinkRecord, NodeRecord, Values
from graph_schema.text import fold
from importers.claims import Entry
from importers.faults import Fault
from importers.joining.merging import merge
from importers.joining.outcomes import Batch, Related
from importers.joining.seen import Seen
from importers.joining.subjects import Subjects

_AGREEMENT_KEYS = ("number", "signed_on", "ends_on")


class Relations:
    """Joins what rows say to their organisations, having read at once all that may be there already."""

    def __init__(
        self, unit: UnitOfWork, tx: ReadTransaction, joined: Sequence[tuple[Entry, str]], seen: Seen,
        batch: Batch, where: tuple[str, str],
    ) -> None:  # fmt: skip
        self.unit, self.tx, self.seen, self.batch, self.where = unit, tx, seen, batch, where
        self.origin = f"Repris du fichier {where[0]}"
        self.stored: dict[tuple[str, str], list[LinkRecord]] = defaultdict(list)
        concerned = [entry for entry, _ in joined if entry.concerns]
        self.subjects = Subjects(tx, concerned) if concerned else None
        self._read_links([(entry, id) for entry, id in joined if entry.more])
        emails = {e.person["email"] for e, _ in joined if e.person and e.person.get("email")}
        found = tx.lookup("Person", "email", emails) if emails else {}
        unit.adopt(record for records in found.values() for record in records)
        self.by_email = {email: [record.id for record in records] for email, records in found.items()}

    def _read_links(self, joined: Sequence[tuple[Entry, str]]) -> None:
        wanted = {
            "WorksFor": {id for entry, id in joined if entry.person},
            "Involves": {id for entry, id in joined if entry.exchange},
            "PartyTo": {id for entry, id in joined if entry.agreement},
        }
        others: set[str] = set()
        for type, organisations in wanted.items():
            for link in self.tx.links_of(organisations, [type]) if organisations else ():
                organisation, other = (link.source, link.target) if type == "PartyTo" else (link.target, link.source)
                if organisation in organisations:
                    self.unit.adopt([link])
                    self.stored[type, organisation].append(link)
                    others.add(other)
        self.unit.preload(nodes=others)
        exchanges = {link.source for (type, _), links in self.stored.items() if type == "Involves" for link in links}
        about = self.tx.links_of(exchanges, ["Concerns"]) if self.subjects and exchanges else ()
        self.unit.adopt(about)
        self.about = {(link.source, link.target) for link in about}

    def _links(self, type: str, organisation: str) -> list[LinkRecord]:
        """The organisation's links of a type, those of earlier rows included."""
        made = self.seen.links.get((type, organisation), [])
        ids = {link.id for link in made}
        return [*(link for link in self.stored[type, organisation] if link.id not in ids), *made]

    def add(self, entry: Entry, organisation: str) -> bool:
        """Join the rest of a row; whether that changed anything."""
        before = self.batch.related.total()
        person = self._person(entry, organisation, entry.person) if entry.person else None
        if person is not None:
            self._role(entry, organisation, person)
        if entry.agreement is not None:
            self._agreement(entry, organisation, entry.agreement)
        if entry.exchange is not None:
            self._exchange(entry, organisation, person, entry.exchange)
        return self.batch.related.total() > before

    def _person(self, entry: Entry, organisation: str, given: dict[str, Any]) -> str:
        found = self._known_person(entry, organisation, given)
        if found is None:
            id = self.unit.create("Person", given)
            if email := given.get("email"):
                self.seen.by_email.setdefault(email, []).append(id)
            self.batch.related[Related.PEOPLE] += 1
        else:
            id = found.id
            self._complete(entry, found, {k: v for k, v in given.items() if k != "source"}, Related.PEOPLE)
        self.seen.meet(id, entry.row)
        return id

    def _known_person(self, entry: Entry, organisation: str, given: dict[str, Any]) -> NodeRecord | None:
        email = given.get("email", "")
        same_email = [*self.by_email.get(email, ()), *self.seen.by_email.get(email, ())]
        colleagues = [link.source for link in self._links("WorksFor", organisation)]
        for id in (*same_email, *colleagues):
            record = self.unit.node(id)
            if record is not None and _same_name(record.values, given):
                return record
        if same_email:
            message = f"L'adresse {email} est déjà celle d'une autre personne du réseau : deux fiches la porteront."
            self._fault(entry.row, "email", email, "shared_email", message)
        return None

    def _role(self, entry: Entry, organisation: str, person: str) -> None:
        given = entry.role
        role = given.get("role")
        held = [link for link in self._links("WorksFor", organisation) if link.source == person]
        same = [link for link in held if fold(str(link.values.get("role", ""))) == fold(str(role or ""))]
        unnamed = [link for link in held if not link.values.get("role")]
        known = same or unnamed if role else held
        if known:
            link = self.unit.link(known[0].id) or known[0]
            patch = {name: value for name, value in given.items() if name not in link.values and value is not False}
            if patch and self._update(entry, link.id, patch):
                self.batch.related[Related.ROLES] += 1
                self._remember("WorksFor", organisation, link.id)
            return
        id = self.unit.connect("WorksFor", person, organisation, given)
        self.batch.related[Related.ROLES] += 1
        self._remember("WorksFor", organisation, id)

    def _exchange(self, entry: Entry, organisation: str, person: str | None, given: dict[str, Any]) -> None:
        """The exchange of that day, made or completed, and what it was about."""
        known = (self.unit.node(link.source) for link in self._links("Involves", organisation))
        found = next((each for each in known if each is not None and each.values.get("on") == given["on"]), None)
        if found is None:
            id = self.unit.create("Exchange", {"subject": self.origin[:500], **given})
            self._remember("Involves", organisation, self.unit.connect("Involves", id, organisation))
            if person is not None:
                self.unit.connect("Involves", id, person)
            self.batch.related[Related.EXCHANGES] += 1
        else:
            id = found.id
            self._complete(entry, found, _unsaid(found.values, given), Related.EXCHANGES)
        self.seen.meet(id, entry.row)
        for type, name in entry.concerns:
            self._concerns(entry, id, type, name)

    def _concerns(self, entry: Entry, exchange: str, type: str, name: str) -> None:
        assert self.subjects is not None
        made = self.seen.by_number.get(fold(name), ()) if type == "Agreement" else ()
        id, problem = self.subjects.find(type, name, made)
        if id is None:
            message = f"{problem} : l'échange est repris sans dire qu'il en était question."
            self._fault(entry.row, "", name, "unknown_subject", message)
        elif (exchange, id) not in self.about:
            self.about.add((exchange, id))
            self.unit.connect("Concerns", exchange, id)
            self.batch.related[Related.SUBJECTS] += 1

    def _agreement(self, entry: Entry, organisation: str, given: dict[str, Any]) -> None:
        for link in self._links("PartyTo", organisation):
            record = self.unit.node(link.target)
            if record is not None and _same_agreement(record.values, given):
                known = {k: v for k, v in given.items() if k != "subject" or k not in record.values}
                self._complete(entry, record, known, Related.AGREEMENTS)
                return
        id = self.unit.create("Agreement", given)
        self.seen.meet(id, entry.row)
        if number := given.get("number"):
            self.seen.by_number.setdefault(fold(number), []).append(id)
        self._remember("PartyTo", organisation, self.unit.connect("PartyTo", organisation, id))
        self.batch.related[Related.AGREEMENTS] += 1

    def _complete(self, entry: Entry, record: NodeRecord, given: dict[str, Any], related: Related) -> None:
        merged = merge(self.tx, record, given, already_met=self.seen.met(record.id))
        for field, before, after in merged.kept:
            message = f"« {before} » est gardé au lieu de « {after} », qui contredit ce qui a été saisi ou lu avant."
            self._fault(entry.row, field, str(after), "edited", message)
        if merged.changes and self._update(entry, record.id, merged.patch):
            self.batch.related[related] += 1

    def _update(self, entry: Entry, id: str, patch: dict[str, Any]) -> bool:
        """Change what is there already; False, and said, when the row does not go with what is kept."""
        try:
            self.unit.update(id, patch)
        except InvalidRecord as error:
            self._fault(entry.row, "", "", "invalid", f"{error} Ce que dit la ligne n'est pas repris.")
            return False
        return True

    def _remember(self, type: str, organisation: str, id: str) -> None:
        link = self.unit.link(id)
        assert link is not None
        made = self.seen.links.setdefault((type, organisation), [])
        made[:] = [*(known for known in made if known.id != id), link]

    def _fault(self, row: int, column: str, value: str, code: str, message: str) -> None:
        self.batch.faults.append(Fault(*self.where, row, column, value[:200], code, message))


def _unsaid(stored: Values, given: dict[str, Any]) -> dict[str, Any]:
    """What a row adds to an exchange: a direction that was not said yet, and whatever it has not."""
    said = Direction.UNKNOWN not in (given.get("direction"), stored.get("direction"))
    open_one = stored.get("direction", Direction.UNKNOWN) == Direction.UNKNOWN != given.get("direction")
    kept = {name: value for name, value in given.items() if name != "direction" or open_one or said}
    return {name: value for name, value in kept.items() if name != "channel" or "channel" not in stored}


def _same_name(stored: Values, given: dict[str, Any]) -> bool:
    """Same family name, and given names that do not contradict each other (one may be missing or an initial)."""
    if fold(str(stored.get("family_name", ""))) != fold(str(given["family_name"])):
        return False
    one, other = (fold(str(values.get("given_name", ""))) for values in (stored, given))
    return not one or not other or one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _same_agreement(stored: Values, given: dict[str, Any]) -> bool:
    for key in _AGREEMENT_KEYS:
        if given.get(key) and stored.get(key):
            return bool(stored[key] == given[key])
    # A row that gives nothing else is known by its subject.
    unsaid = not any(given.get(key) for key in _AGREEMENT_KEYS)
    return unsaid and fold(str(stored.get("subject", ""))) == fold(str(given["subject"]))
