"""Any list of partners: a row, read through the mapping of its columns, becomes a claim."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from typing import Any, NamedTuple

from crm.records.identifiers import Trust, check_email
from graph_schema.agreements import Agreement, PartyTo
from graph_schema.exchanges import Concerns, Direction, Exchange, Involves
from graph_schema.limits import Limit
from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.text import fold
from graph_schema.vocabularies import Kind
from importers.claims import Claim, LinkClaim, RecordClaim
from importers.faults import ImportFault
from importers.parts import Part, TableFormat, TableReader, table_part
from importers.reading.addresses import locate
from importers.reading.cells import text_of
from importers.reading.contacts import is_unanswered, meant_by, told_by_channel, unsaid
from importers.reading.contents import SAMPLE
from importers.reading.headers import CONCERNS, DEPARTEMENT, LAST_CONTACT, Target
from importers.reading.kinds import kind_of_name, unknown_kinds
from importers.reading.learners import check_partners, learner_columns, learners, without_learners
from importers.reading.mapping import Mapping
from importers.reading.people import are_several, named_in
from importers.reading.rows import MappedRows, fed
from importers.reading.tables import Cell, Table
from importers.reading.unfit import PartnerRows, check_table

SUBJECTS = Limit(6, "Sujets d'un échange dans une ligne importée", "les suivants ne sont pas repris, et c'est dit")
"""A commit has room for as many."""

_NAME, _FAMILY_NAME = Target(Organisation.TYPE, "name"), Target(Person.TYPE, "family_name")
_ROLE, _CIVILITY = Target(WorksFor.TYPE, "role"), Target(Person.TYPE, "civility")
_CHANNEL, _DIRECTION = Target(Exchange.TYPE, "channel"), Target(Exchange.TYPE, "direction")
_KIND, _MOST_KINDS, _LONGEST_KIND = Target(Organisation.TYPE, "kind"), 1_000, 100
_SEVERAL = re.compile(r"[;|\n]")


class _Told(NamedTuple):
    """What a row says besides its organisation."""

    records: list[RecordClaim]
    links: list[LinkClaim]


class ListReader(MappedRows):
    """Turns the rows of one table into claims. ``today`` bounds the dates of what has already happened."""

    def __init__(self, table: Table, mapping: Mapping, today: date) -> None:
        super().__init__(table, fed(mapping), today)
        self.origin = f"Import : {self.file}"
        self.unsaid = False
        self.unknown_kinds: Counter[str] = Counter()

    def claim(self, row: int, cells: Sequence[Cell]) -> Claim:
        """What a row says; its faults tell what was repaired or left out."""
        faults: list[ImportFault] = []
        given, besides = self.converted(row, cells, faults)
        person = self._person(row, given, faults)
        declared = self._unknown_kind(given[Organisation.TYPE], cells, faults)
        organisation = self._organisation(row, given[Organisation.TYPE], " ".join(besides[DEPARTEMENT]), faults)
        if declared:
            organisation.on_creation = {"kind": Kind.OTHER.value, **organisation.on_creation}
        claim = Claim(row, organisation, faults=faults)
        if "name" not in organisation.values:
            claim.nameless = self.needed(faults, _NAME, "Corrigez ce nom : sans lui, aucun partenaire n'est créé.")
        told = _Told([], [])
        contact = self._contact(row, person, given[WorksFor.TYPE], organisation, told, faults) if person else None
        ends = (organisation, contact) if contact else (organisation,)
        self._exchange(row, ends, given[Exchange.TYPE], besides, told, faults)
        self._agreement(row, organisation, given, told, faults)
        claim.records, claim.links = told
        claim.unread = self.unread(cells)
        self.check_width(row, cells, faults)
        return claim

    def _organisation(
        self, row: int, given: dict[str, Any], departement: str, faults: list[ImportFault]
    ) -> RecordClaim:
        located = locate(given, departement)
        if located.problem:
            message = f"Commune indéterminée pour « {located.shown[:60]} » : {located.problem}."
            hint = "Ajoutez ou corrigez le code postal et la ville : sans commune, la couverture ignore ce partenaire."
            target = Target(Organisation.TYPE, located.field)
            faults.append(self.fault(row, target, located.shown, "commune", message, hint))
        if given.get("siret") and not given.get("siren"):
            given["siren"] = given["siret"][:9]
        cleaned = self.cleaned(Organisation.TYPE, row, given, faults)
        on_creation = {"source": self.origin}
        if "kind" not in given and (kind := kind_of_name(str(given.get("name", "")))):
            on_creation["kind"] = kind.value
        return RecordClaim(Organisation.TYPE, cleaned, on_creation)

    def _unknown_kind(self, given: dict[str, Any], cells: Sequence[Cell], faults: list[ImportFault]) -> str:
        """The type that the row declares and no list holds: counted, to be told once for the column."""
        index = self.index.get(_KIND)
        if index is None or "kind" in given or index >= len(cells) or not (text := text_of(cells[index])):
            return ""
        if len(text) > _LONGEST_KIND:
            return text
        faults[:] = [fault for fault in faults if (fault.column, fault.code) != (self.header[index], "unknown_choice")]
        if text in self.unknown_kinds or len(self.unknown_kinds) < _MOST_KINDS:
            self.unknown_kinds[text] += 1
        return text

    def _contact(
        self, row: int, person: dict[str, Any], role: dict[str, Any], organisation: RecordClaim, told: _Told,
        faults: list[ImportFault],
    ) -> RecordClaim | None:  # fmt: skip
        """The contact whom the row names, and their role there."""
        cleaned = self.cleaned(Person.TYPE, row, person, faults)
        if "family_name" not in cleaned:
            self.needed(faults, _FAMILY_NAME, "Corrigez ce nom : sans lui, ce contact n'est pas repris.")
            return None
        source = cleaned.pop("source", self.origin)
        contact = RecordClaim(Person.TYPE, cleaned, {"source": source})
        told.records.append(contact)
        told.links.append(
            LinkClaim(WorksFor.TYPE, contact, organisation, self.cleaned(WorksFor.TYPE, row, role, faults))
        )
        return contact

    def _agreement(
        self,
        row: int,
        organisation: RecordClaim,
        given: Map[str, dict[str, Any]],
        told: _Told,
        faults: list[ImportFault],
    ) -> None:
        if not given[Agreement.TYPE]:
            return
        name = str(given[Organisation.TYPE].get("name", ""))
        subject = {"subject": f"Convention avec {name}"[:200] if name else "Convention"}
        cleaned = self.cleaned(Agreement.TYPE, row, {**subject, **given[Agreement.TYPE]}, faults)
        if cleaned.keys() & given[Agreement.TYPE]:
            agreement = RecordClaim(Agreement.TYPE, {**subject, **cleaned})
            told.records.append(agreement)
            told.links.append(LinkClaim(PartyTo.TYPE, organisation, agreement))

    def remarks(self) -> Iterator[ImportFault]:
        """What is to be said of all the rows: exchanges of unsaid direction, types of partners that no list holds."""
        if self.unsaid:
            header = self.header[self.index[LAST_CONTACT]]
            yield unsaid(self.file, self.sheet, header, stated=_DIRECTION in self.index)
        if self.unknown_kinds:
            header = self.header[self.index[_KIND]]
            yield unknown_kinds(self.file, self.sheet, header, self.unknown_kinds)

    def _exchange(
        self, row: int, ends: Sequence[RecordClaim], given: dict[str, Any], besides: Map[Target, list[str]],
        told: _Told, faults: list[ImportFault],
    ) -> None:  # fmt: skip
        """The exchange of the row, with what its column's name says of it where no cell may."""
        about = [(CONCERNS[t], name) for t in CONCERNS for text in besides.get(t, ()) for name in _subjects_in(text)]
        if "on" not in given:
            if given or about:
                target = next(t for t in self.index if t.type in (Exchange.TYPE, Concerns.TYPE))
                message = "La ligne dit de quoi il a été parlé, sans dire quand : l'échange n'est pas repris."
                faults.append(self.fault(row, target, "", "no_date", message, "Ajoutez la date de l'échange."))
            return
        direction, channel = meant_by(self.header[self.index[LAST_CONTACT]])
        direction = self._direction(direction, given, "".join(besides.get(_CHANNEL, ())))
        stated = {"direction": direction, "channel": channel} if channel else {"direction": direction}
        values = {"on": given["on"], **stated, **self.cleaned(Exchange.TYPE, row, given, faults)}
        values["on"] = given["on"].isoformat()
        self.unsaid = self.unsaid or values["direction"] == Direction.UNKNOWN
        exchange = RecordClaim(Exchange.TYPE, values, {"subject": f"Repris du fichier {self.file}"[:500]})
        subjects = [RecordClaim(type, {}, keys=(name,)) for type, name in about[:SUBJECTS]]
        told.records.extend((exchange, *subjects))
        told.links.extend(LinkClaim(Involves.TYPE, exchange, end) for end in ends)
        told.links.extend(LinkClaim(Concerns.TYPE, exchange, subject) for subject in subjects)
        if len(about) > SUBJECTS:
            target = next(t for t in self.index if t.type == Concerns.TYPE)
            message = f"Une ligne dit jusqu'à {SUBJECTS} sujets d'un échange : les suivants ne sont pas repris."
            faults.append(self.fault(row, target, about[SUBJECTS][1], "too_many", message))

    def _direction(self, by_header: Direction, given: dict[str, Any], channel: str) -> Direction:
        """Who contacted whom where no cell of « Sens » says it: that nobody answered overrides the column's name.

        Beside a column « Sens » a name that would hold for every row says nothing: there an empty cell is a doubt.
        """
        if channel and (told := told_by_channel(channel)) is not None:
            return told
        if any(is_unanswered(str(given[name])) for name in ("subject", "note") if name in given):
            return Direction.FROM_US
        return Direction.UNKNOWN if _DIRECTION in self.index else by_header

    def _person(self, row: int, given: dict[str, dict[str, Any]], faults: list[ImportFault]) -> dict[str, Any] | None:
        """The contact of the row; coordinates without anyone to bear them go to the organisation."""
        person, organisation, role = given[Person.TYPE], given[Organisation.TYPE], given[WorksFor.TYPE]
        written = person.get("family_name")
        if written and check_email(written).state is Trust.VALID:
            person.setdefault("email", person.pop("family_name").lower())
        elif written:
            self._named(row, given, faults)
        if person.get("family_name"):
            return {"source": self.origin, **person}
        if not written and person.get("given_name"):
            target = Target(Person.TYPE, "given_name")
            message = "Contact sans nom de famille : il n'est pas repris."
            faults.append(self.fault(row, target, person["given_name"], "no_name", message, "Ajoutez son nom."))
        for field, own in (("email", "email"), ("phone", "phone"), ("mobile", "phone")):
            if field in person and organisation.setdefault(own, person[field]) != person[field]:
                self._left(row, Target(Person.TYPE, field), person[field], faults)
        for target, value in ((_ROLE, role.get("role")), (_CIVILITY, person.get("civility"))):
            if value and target in self.index:
                self._left(row, target, value, faults)
        return None

    def _named(self, row: int, given: dict[str, dict[str, Any]], faults: list[ImportFault]) -> None:
        """Read whom the contact's cell names; a cell that names several people, or no one, makes nobody."""
        person, role = given[Person.TYPE], given[WorksFor.TYPE]
        written = person["family_name"]
        if Target(Person.TYPE, "given_name") in self.index and len(written) < 100:
            if not are_several(written) and not are_several(str(person.get("given_name", ""))):
                return
            several, nobody = True, False
        else:
            header = fold(self.header[self.index[_FAMILY_NAME]]) if _FAMILY_NAME in self.index else ""
            named = named_in(written, family_first=header.startswith(("nom prenom", "nom et prenom")))
            several, nobody = named.several, named.nobody
            del person["family_name"]
            for value in named.left:
                self._left(row, _FAMILY_NAME, value, faults)
            told = [(person, name, value) for name, value in named.person.items()]
            for values, name, value in [*told, *([(role, "role", named.role)] if named.role and not nobody else [])]:
                if values.setdefault(name, value) != value:
                    self._left(row, _FAMILY_NAME, value, faults)
        if several:
            person.pop("family_name", None)
            message = f"« {written[:60]} » nomme plusieurs personnes : aucun contact n'est repris."
            hint = "Mettez une personne par ligne, en répétant le partenaire."
        elif nobody:
            message = f"« {written[:60]} » n'est pas le nom d'une personne : aucun contact n'est repris."
            hint = "Indiquez un nom, ou laissez la cellule vide : le courriel et le téléphone vont au partenaire."
        else:
            return
        code = "several_people" if several else "no_person"
        faults.append(self.fault(row, _FAMILY_NAME, written, code, message, hint))

    def _left(self, row: int, target: Target, value: str, faults: list[ImportFault]) -> None:
        """Tell what is said of a contact and has nowhere to go."""
        message = f"« {value[:60]} » n'est pas repris : aucun contact de cette ligne ne peut le porter."
        faults.append(self.fault(row, target, value, "unplaced", message, "Ajoutez le nom de la personne."))


def _subjects_in(text: str) -> list[str]:
    """The records that one cell names, one after the other."""
    return list(dict.fromkeys(part for each in _SEVERAL.split(text) if (part := each.strip())))


def _open(table: Table, mapping: Mapping | None, today: date, checked: bool) -> Part:
    first = list(islice(table.rows, SAMPLE))
    file, rows = table.source.name, [cells for _, cells in first]
    fitted = (mapping or Mapping(())).fitted(table.header, rows)
    of_learners = learner_columns(table.header)
    if of_learners:
        fitted = without_learners(fitted, rows)
        check_partners(file, fitted, of_learners)
    check_table(file, fitted, rows)
    if checked:
        fitted.check(file)
    partners = PartnerRows(file, table.sheet, table.header, fitted)
    table = replace(table, rows=partners.of(chain(first, table.rows)))
    reader = ListReader(table, fitted, today)

    def remarks() -> Iterator[ImportFault]:
        if of_learners:
            yield learners(file, table.sheet, of_learners)
        yield from partners.remarks()
        yield from reader.remarks()

    return table_part(FORMAT, table, TableReader(reader.claim, remarks), fitted.columns, fitted)


FORMAT = TableFormat("lists", "Liste de partenaires", lambda header: True, _open, general=True)
