"""Who of the network is meant by those whom appointments and messages name: by address, whole name, mail domain."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AnySet
from datetime import date
from typing import Any, NamedTuple

from crm.duplicates.names import own_domain
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.records import LinkRecord
from graph_schema.text import fold
from importers.claims import Attendee
from importers.joining.seen import EarlierRows

_NAMES = ("given_name", "family_name", "email")
_ADDRESSES = ("email", "website")


class Meant(NamedTuple):
    """Whom a party means: a person, organisations (theirs, or that of their address), or nobody that is known."""

    person: str | None
    organisations: Collection[str]


class Parties:
    """The people and organisations that some parties may mean, read at once for all of them.

    A person is who has that address, or, alone to do so, that name and no other address, at an organisation of its
    domain; without an address the name alone tells. An organisation is the only one that has that mail domain.
    """

    def __init__(self, tx: ReadTransaction, unit: UnitOfWork, seen: EarlierRows, parties: Collection[Attendee]) -> None:
        self.unit = unit
        emails = {party.email for party in parties if party.email}
        names = {fold(party.name) for party in parties if party.name}
        domains = {own_domain(email) for email in emails} - {""}
        self.by_email: dict[str, set[str]] = defaultdict(set)
        self.by_name: dict[str, set[str]] = defaultdict(set)
        self.by_domain: dict[str, set[str]] = defaultdict(set)
        self._read(tx.rows(Person.TYPE, _NAMES), Person.TYPE, emails, names, domains)
        self._read(tx.rows(Organisation.TYPE, _ADDRESSES), Organisation.TYPE, emails, names, domains)
        for type, fields in ((Person.TYPE, _NAMES), (Organisation.TYPE, _ADDRESSES)):
            made = [record for id in seen.made.get(type, ()) if (record := unit.node(id)) is not None]
            rows = ((record.id, *(record.values.get(name) for name in fields)) for record in made)
            self._read(rows, type, emails, names, domains)
        people = {id for found in (self.by_email, self.by_name) for ids in found.values() for id in ids}
        self.roles: dict[str, list[LinkRecord]] = defaultdict(list)
        links = tx.links_of(people, [WorksFor.TYPE]) if people else []
        for link in (*links, *(one for (type, _), made in seen.links.items() if type == WorksFor.TYPE for one in made)):
            self.roles[link.source].append(link)
        unit.preload(nodes={*people, *(link.target for link in links)})

    def _read(
        self, rows: Iterable[Sequence[object]], type: str, emails: AnySet[str], names: AnySet[str],
        domains: AnySet[str],
    ) -> None:  # fmt: skip
        for id, *values in rows:
            given = [str(value or "") for value in values]
            if type == Person.TYPE:
                first, last, email = given
                for name in {fold(f"{first} {last}"), fold(f"{last} {first}")} & names if first else ():
                    self.by_name[name].add(str(id))
                if email.lower() in emails:
                    self.by_email[email.lower()].add(str(id))
            else:
                for domain in {_domain(text) for text in given} & domains:
                    self.by_domain[domain].add(str(id))

    def meant(self, party: Attendee, on: date) -> Meant:
        """Whom a party means on that day."""
        person = self._person(party)
        domain = own_domain(party.email) if party.email else ""
        of_domain = self.by_domain.get(domain, set()) if domain else set()
        if person is None:
            return Meant(None, of_domain if len(of_domain) == 1 else ())
        held = {link.target for link in self.roles[person] if _held(link.values, on)}
        own = held & of_domain or held
        return Meant(person, own if len(own) == 1 else of_domain if not own and len(of_domain) == 1 else ())

    def _person(self, party: Attendee) -> str | None:
        found = self.by_email.get(party.email, set()) if party.email else set()
        named = self.by_name.get(fold(party.name), set()) if party.name else set()
        if found:
            both = found & named or found
            return next(iter(both)) if len(both) == 1 else None
        (one,) = named if len(named) == 1 else ("",)
        return one if one and (not party.email or self._agrees(one, party.email)) else None

    def _agrees(self, person: str, email: str) -> bool:
        """Whether someone of that name may have that address: they have none of that kind, and work at its domain."""
        domain, record = own_domain(email), self.unit.node(person)
        if not domain or record is None:
            return False
        known = str(record.values.get("email") or "")
        if known:
            return own_domain(known) == domain
        employers = filter(None, (self.unit.node(link.target) for link in self.roles[person]))
        return any(domain in {_domain(str(each.values.get(name) or "")) for name in _ADDRESSES} for each in employers)


def _held(values: Mapping[str, Any], on: date) -> bool:
    day = on.isoformat()
    return str(values.get("valid_from") or "") <= day and day <= str(values.get("valid_to") or "9999")


def _domain(text: str) -> str:
    """The domain of a mail address or of a page, when it can tell one organisation from another."""
    host = text.partition("://")[2].partition("/")[0].removeprefix("www.") if "://" in text else text
    return own_domain(host) if host else ""
