"""Contact cards (.vcf): people with their role and organisation, organisations; a list or group is neither.

Birthdays, photographs, notes and private addresses are not read: nobody needs them of a professional contact.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from crm.errors import InputError
from crm.network.validation import InvalidRecord, clean
from crm.records.identifiers import Trust, check_email, check_phone, phone_region
from graph_schema.limits import Limit
from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.wording import count
from importers.claims import Claim, LinkClaim, RecordClaim
from importers.faults import ImportFault
from importers.parts import FileFormat
from importers.reading.addresses import locate
from importers.reading.cards import CardLine, cards
from importers.reading.kinds import kind_of_name
from importers.reading.people import named_in, split_name
from importers.reading.sources import Source

LARGEST = Limit(50 << 20, "Taille d'un carnet d'adresses importé", "refusé : exportez moins de contacts à la fois")

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCARD\s", re.IGNORECASE)
_KNOWN_BY = ("family_name", "given_name", "email")
_NAMES = ("family_name", "given_name", "civility")
_LONGEST = {"name": 200, "family_name": 100}
_NO_VOICE = frozenset({"FAX", "PAGER", "MODEM", "BBS"})
_MOBILE = frozenset({"CELL", "MOBILE", "IPHONE"})
_MOBILE_WORDS = frozenset(["mobile", "portable", "gsm", "iphone"])
_SHARED_WORDS = frozenset(["secretariat", "standard", "accueil"])


def _knows(start: bytes) -> bool:
    return _BEGIN.match(start) is not None


def _read(source: Source, today: date) -> Iterator[Claim | ImportFault]:
    if source.size > LARGEST:
        raise InputError(
            f"Le carnet « {source.name} » est trop gros ({source.size >> 20} Mo) : exportez-le en plusieurs fois.",
            field="file",
        )
    content = source.path.read_bytes()
    some, lists, place = False, 0, 0
    for place, lines in enumerate(cards(content), 1):
        card = _Card(source.name, place, lines)
        if card.is_list:
            lists += 1
        elif (claim := card.claim()) is not None:
            some = True
            yield claim
        else:
            yield card.fault("FN", "", "no_name", "Cette fiche n'a ni nom ni organisation : rien n'en est repris.")
    if not some:
        raise InputError(f"« {source.name} » n'a aucune fiche entière avec un nom.", field="file", code="none")
    if lists:
        message = f"{count(lists, 'groupe')} de contacts : rien n'en est repris."
        yield ImportFault(source.name, "", 0, "", "", "lists", message)
    if len(re.findall(rb"(?im)^BEGIN:VCARD\s*$", content)) > len(re.findall(rb"(?im)^END:VCARD\s*$", content)):
        message = f"Le fichier s'arrête au milieu d'une fiche, après la {place}e : les fiches d'avant sont reprises."
        yield ImportFault(source.name, "", 0, "", "", "cut", message, "Exportez-le à nouveau.")


class _Card:
    """One card, and what is to be said of it."""

    def __init__(self, file: str, place: int, lines: Sequence[CardLine]) -> None:
        self.file, self.place = file, place
        self.origin = {"source": f"Import : {file}"}
        self.lines: dict[str, list[CardLine]] = {}
        for line in lines:
            self.lines.setdefault(line.name, []).append(line)
        labels = {line.group: line.text for line in self.lines.get("X-ABLABEL", ()) if line.group}
        self.labels = {group: frozenset(fold(text).split()) for group, text in labels.items()}
        self.faults: list[ImportFault] = []

    @property
    def is_list(self) -> bool:
        """Whether it is a group of others."""
        return "group" in (self._text("KIND").lower(), self._text("X-ADDRESSBOOKSERVER-KIND").lower())

    def claim(self) -> Claim | None:
        """What it says; None where it names nobody."""
        organisation, person = self._organisation(), self._person()
        role = " ".join(filter(None, (self._text("TITLE") or self._text("ROLE"),)))
        if person is None:
            if organisation is None:
                return None
            self._own_addresses(organisation)
            return Claim(self.place, self._record(Organisation.TYPE, organisation), faults=self.faults)
        shared = self._reached_by(person)
        contact = self._record(Person.TYPE, person)
        if organisation is None:
            contact.known_by = _KNOWN_BY
            return Claim(self.place, contact, faults=self.faults)
        if shared:
            organisation.setdefault("phone", shared)
        partner = self._record(Organisation.TYPE, organisation)
        tie = LinkClaim(WorksFor.TYPE, contact, partner, {"role": role[:200]} if role else {})
        return Claim(self.place, partner, [contact], [tie], self.faults)

    def _record(self, type: str, values: dict[str, Any]) -> RecordClaim:
        """A claim with what fits into a record; the rest is left out, and said."""
        origin = dict(self.origin)
        if type == Organisation.TYPE and (kind := kind_of_name(str(values["name"]))):
            origin["kind"] = kind.value
        left = {field: value[: _LONGEST.get(field, len(value))] for field, value in values.items()}
        while left:
            try:
                cleaned = clean(SCHEMA.nodes[type], left)
            except InvalidRecord as error:
                for wrong in error.faults:
                    field = wrong.field if wrong.field in left else next(reversed(left))
                    self._say(field, str(left.pop(field)), "invalid", wrong.message)
                    break
                continue
            return RecordClaim(type, {field: cleaned[field] for field in left if field in cleaned}, origin)
        return RecordClaim(type, {}, origin)

    def _is_organisation(self) -> bool:
        named = " ".join(self._fields("N")).strip()
        company = self._text("X-ABSHOWAS").upper() == "COMPANY" or self._text("KIND").lower() == "org"
        called = self._fields("ORG")[:1]
        return company or (not named and bool(called) and self._text("FN") in ("", *called))

    def _organisation(self) -> dict[str, Any] | None:
        name = next(iter(self._fields("ORG")), "") or (self._text("FN") if self._is_organisation() else "")
        if not name:
            return None
        values: dict[str, Any] = {"name": name}
        for line in self._best("ADR", private=False)[:1]:
            parts = [*line.fields, *[""] * 7][:7]
            values |= {"address": " ".join(filter(None, parts[:3])), "city": parts[3], "postal_code": parts[5]}
            values = {field: value for field, value in values.items() if value}
            if (located := locate(values)).problem:
                message = f"Commune indéterminée pour « {located.shown[:60]} » : {located.problem}."
                self._say("ADR", located.shown, "commune", message)
        return values

    def _own_addresses(self, values: dict[str, Any]) -> None:
        region = phone_region(str(values.get("postal_code", "")))
        numbers = [(number, line) for line in self._best("TEL") if (number := self._number(line, region))]
        for field, found in (("phone", [number for number, _ in numbers]), ("email", self._emails())):
            self._put(values, field, found)
        if site := next((line.text for line in self._best("URL") if line.text.startswith("http")), ""):
            values["website"] = site

    def _person(self) -> dict[str, Any] | None:
        if self._is_organisation():
            return None
        family, given, _, prefix, *_ = [*(part.replace(",", " ").strip() for part in self._fields("N")), *[""] * 5]
        if not family and not given:
            whole = self._text("FN") or self._text("NICKNAME")
            named = named_in(whole)
            if not whole or named.several or named.nobody:
                return None
            return {name: value for name, value in named.person.items() if name in _NAMES}
        if not family:
            family, given = given, ""
        person = {"family_name": " ".join(family.split())}
        if given:
            person["given_name"] = " ".join(given.split())
        if civility := split_name(f"{prefix} X").get("civility") if prefix else None:
            person["civility"] = civility
        return person

    def _reached_by(self, person: dict[str, Any]) -> str:
        """Put the ways to reach someone; the number of a switchboard is given back: it is the organisation's."""
        fixed, mobile, shared = list[str](), list[str](), list[str]()
        for line in self._best("TEL"):
            number, label = self._number(line), self.labels.get(line.group, frozenset())
            if number:
                is_mobile = line.kinds & _MOBILE or label & _MOBILE_WORDS
                (shared if label & _SHARED_WORDS else mobile if is_mobile else fixed).append(number)
        for field, found in (("phone", fixed), ("mobile", mobile), ("email", self._emails())):
            self._put(person, field, found)
        return shared[0] if shared else ""

    def _put(self, values: dict[str, Any], field: str, found: Sequence[str]) -> None:
        given = list(dict.fromkeys(found))
        if given:
            values[field] = given[0]
        for each in given[1:]:
            label = SCHEMA.nodes[Person.TYPE].fields[field].about.label
            self._say(field, each, "unplaced", f"« {each} » n'est pas repris : « {label} » n'a de place que pour un.")

    def _number(self, line: CardLine, region: str = "FR") -> str:
        if line.kinds & _NO_VOICE:
            return ""
        text = re.sub(r"(?i)^tel:", "", line.text)
        number, *params = text.split(";")
        extension = next((each[4:] for each in params if each.lower().startswith("ext=")), "")
        checked = check_phone(f"{number} poste {extension}" if extension else number, region)
        if checked.state is not Trust.VALID:
            self._say("TEL", text, "invalid", f"« {text[:40]} » n'est pas un numéro de téléphone.")
            return ""
        return checked.value

    def _emails(self) -> list[str]:
        found = []
        for line in self._best("EMAIL"):
            text = re.sub(r"(?i)^mailto:", "", line.text)
            checked = check_email(text)
            if checked.state is Trust.VALID:
                found.append(checked.value.lower())
            else:
                self._say("EMAIL", text, "invalid", f"« {text[:60]} » n'est pas un courriel : il n'est pas repris.")
        return found

    def _best(self, name: str, private: bool = True) -> list[CardLine]:
        """The properties of a name, those of work first; the private ones only where there are no others."""
        found = self.lines.get(name, [])
        work = sorted((line for line in found if "HOME" not in line.kinds), key=lambda line: "WORK" not in line.kinds)
        return work or (found if private else [])

    def _one(self, name: str) -> CardLine | None:
        """A property that is there once, in French where it is there in several languages."""
        found = self.lines.get(name, [])
        french = (line for line in found if line.params.get("LANGUAGE", [""])[0].lower().startswith("fr"))
        return next(french, found[0] if found else None)

    def _text(self, name: str) -> str:
        line = self._one(name)
        return line.text if line else ""

    def _fields(self, name: str) -> list[str]:
        line = self._one(name)
        return line.fields if line else []

    def _say(self, column: str, value: str, code: str, message: str) -> None:
        self.faults.append(self.fault(column, value, code, message))

    def fault(self, column: str, value: str, code: str, message: str) -> ImportFault:
        """What is to be said of a property."""
        return ImportFault(self.file, "", self.place, column, value[:200], code, message)


FORMAT = FileFormat("contact_cards", "Carnet d'adresses (.vcf)", ("vcf",), _knows, _read, ("Fiche", "Avec elle"))
