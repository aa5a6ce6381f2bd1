"""Any list of partners: a row, read through the mapping of its columns, becomes an entry."""

import re
from collections import defaultdict
from collections.abc import Mapping as Map
from collections.abc import Sequence
from datetime import date
from typing import Any

from crm.network.validation import InvalidRecord, clean
from crm.records.identifiers import State, check_email
from graph_schema.exchanges import Direction
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import Field, Shape
from importers.claims import Entry
from importers.faults import Fault, Severity
from importers.reading.cells import convert, text_of
from importers.reading.contacts import is_unanswered, meant_by, told_by_channel
from importers.reading.headers import CONCERNS, DEPARTEMENT, LAST_CONTACT, Target, field_of, parse_target
from importers.reading.kinds import kind_of_name
from importers.reading.mapping import Mapping
from importers.reading.people import are_several, named_in
from importers.reading.places import find_commune
from importers.reading.tables import Cell, Table

_EARLIEST, _LATEST = date(1950, 1, 1), date(2099, 12, 31)
_SUBJECTS = 6
"""What one row may say that an exchange was about; a commit has room for as many."""
_NAME, _FAMILY_NAME = Target("Organisation", "name"), Target("Person", "family_name")
_ROLE, _CIVILITY = Target("WorksFor", "role"), Target("Person", "civility")
_CHANNEL, _DIRECTION = Target("Exchange", "channel"), Target("Exchange", "direction")
_SEVERAL = re.compile(r"[;|\n]")
_LEFT_OUT = "La cellule n'est pas reprise ; le reste de la ligne l'est."


class ListReader:
    """Turns the rows of one table into entries. ``today`` bounds the dates of what has already happened."""

    def __init__(self, table: Table, mapping: Mapping, today: date) -> None:
        self.file, self.sheet, self.header, self.today = table.source.name, table.sheet, table.header, today
        self.columns: list[tuple[int, Target, Field | None]] = []
        for column in mapping.columns:
            target = parse_target(column.target) if column.target else None
            if target is not None:
                self.columns.append((column.index, target, field_of(target)))
        self.index = {target: index for index, target, _ in self.columns}
        self.origin = f"Import : {self.file}"

    def entry(self, row: int, cells: Sequence[Cell]) -> Entry:
        """What a row says; its faults tell what was repaired or left out."""
        faults: list[Fault] = []
        given, besides = self._convert(row, cells, faults)
        departement = " ".join(besides[DEPARTEMENT])
        organisation = given["Organisation"]
        person = self._person(row, given, faults)
        town = self._locate(row, organisation, departement, faults)
        if organisation.get("siret") and not organisation.get("siren"):
            organisation["siren"] = organisation["siret"][:9]
        entry = Entry(row, self._clean("Organisation", row, organisation, faults), {"source": self.origin}, town)
        name = str(organisation.get("name", ""))
        if "kind" not in organisation and (kind := kind_of_name(name)):
            entry.on_creation["kind"] = kind.value
        if "name" not in entry.organisation:
            entry.nameless = self._needed(faults, _NAME, "Corrigez ce nom : sans lui, aucun partenaire n'est créé.")
        if person:
            cleaned = self._clean("Person", row, person, faults)
            if "family_name" in cleaned:
                entry.person = cleaned
                entry.role = self._clean("WorksFor", row, given["WorksFor"], faults)
            else:
                self._needed(faults, _FAMILY_NAME, "Corrigez ce nom : sans lui, ce contact n'est pas repris.")
        self._exchange(entry, given["Exchange"], besides, faults)
        if given["Agreement"]:
            subject = {"subject": f"Convention avec {name}"[:200] if name else "Convention"}
            agreement = self._clean("Agreement", row, {**subject, **given["Agreement"]}, faults)
            entry.agreement = {**subject, **agreement} if agreement.keys() & given["Agreement"] else None
        self._check_width(row, cells, faults)
        entry.faults = faults
        return entry

    def _convert(
        self, row: int, cells: Sequence[Cell], faults: list[Fault]
    ) -> tuple[dict[str, dict[str, Any]], dict[Target, list[str]]]:
        """What the cells give, by type and field; and the texts of the columns that feed no field."""
        given: dict[str, dict[str, Any]] = defaultdict(dict)
        besides: dict[Target, list[str]] = defaultdict(list)
        for index, target, field in self.columns:
            cell = cells[index] if index < len(cells) else None
            if field is None:
                besides[target] += [text] if (text := text_of(cell)) else []
                continue
            if target == _CHANNEL:
                besides[target].append(text_of(cell))
            value, code, message, hint = convert(field, cell)
            if code:
                faults.append(self._fault(row, target, text_of(cell), code, message, hint))
            if isinstance(value, date) and not self._possible(row, target, value, text_of(cell), faults):
                continue
            if value is not None:
                _put(given[target.type], field, value)
        return given, besides

    def _exchange(
        self, entry: Entry, given: dict[str, Any], besides: Map[Target, list[str]], faults: list[Fault]
    ) -> None:
        """The exchange of the row, with what its column's name says of it where no cell may."""
        about = [(CONCERNS[t], name) for t in CONCERNS for text in besides.get(t, ()) for name in _subjects_in(text)]
        if "on" not in given:
            if given or about:
                target = next(t for t in self.index if t.type in ("Exchange", "Concerns"))
                message = "La ligne dit de quoi il a été parlé, sans dire quand : l'échange n'est pas repris."
                faults.append(self._fault(entry.row, target, "", "no_date", message, "Ajoutez la date de l'échange."))
            return
        direction, channel = meant_by(self.header[self.index[LAST_CONTACT]])
        direction = self._direction(direction, given, "".join(besides.get(_CHANNEL, ())))
        stated = {"direction": direction, "channel": channel} if channel else {"direction": direction}
        entry.exchange = {"on": given["on"], **stated, **self._clean("Exchange", entry.row, given, faults)}
        entry.exchange["on"] = given["on"].isoformat()
        entry.concerns = about[:_SUBJECTS]
        if len(about) > _SUBJECTS:
            target = next(t for t in self.index if t.type == "Concerns")
            message = f"Une ligne dit jusqu'à {_SUBJECTS} sujets d'un échange : les suivants ne sont pas repris."
            faults.append(self._fault(entry.row, target, about[_SUBJECTS][1], "too_many", message))

    def _direction(self, by_header: Direction, given: dict[str, Any], channel: str) -> Direction:
        """Who contacted whom where no cell of « Sens » says it: that nobody answered overrides the column's name.

        Beside a column « Sens » a name that would hold for every row says nothing: there an empty cell is a doubt.
        """
        if channel and (told := told_by_channel(channel)) is not None:
            return told
        if any(is_unanswered(str(given[name])) for name in ("subject", "note") if name in given):
            return Direction.FROM_US
        return Direction.UNKNOWN if _DIRECTION in self.index else by_header

    def _possible(self, row: int, target: Target, day: date, text: str, faults: list[Fault]) -> bool:
        if day < _EARLIEST:
            message = f"La date « {text} » est trop ancienne pour être juste."
        elif day > _LATEST:
            message = f"La date « {text} » est trop lointaine pour être juste."
        elif target.type == "Exchange" and day > self.today:
            message = f"Le dernier contact « {text} » est dans le futur."
        else:
            return True
        faults.append(self._fault(row, target, text, "date", message, f"Corrigez l'année. {_LEFT_OUT}"))
        return False

    def _person(self, row: int, given: dict[str, dict[str, Any]], faults: list[Fault]) -> dict[str, Any] | None:
        """The contact of the row; coordinates without anyone to bear them go to the organisation."""
        person, organisation, role = given["Person"], given["Organisation"], given["WorksFor"]
        written = person.get("family_name")
        if written and check_email(written).state is State.VALID:
            person.setdefault("email", person.pop("family_name").lower())
        elif written:
            self._named(row, given, faults)
        if person.get("family_name"):
            return {"source": self.origin, **person}
        if not written and person.get("given_name"):
            target = Target("Person", "given_name")
            message = "Contact sans nom de famille : il n'est pas repris."
            faults.append(self._fault(row, target, person["given_name"], "no_name", message, "Ajoutez son nom."))
        for field, own in (("email", "email"), ("phone", "phone"), ("mobile", "phone")):
            if field in person and organisation.setdefault(own, person[field]) != person[field]:
                self._left(row, Target("Person", field), person[field], faults)
        for target, value in ((_ROLE, role.get("role")), (_CIVILITY, person.get("civility"))):
            if value and target in self.index:
                self._left(row, target, value, faults)
        return None

    def _named(self, row: int, given: dict[str, dict[str, Any]], faults: list[Fault]) -> None:
        """Read whom the contact's cell names; a cell that names several people, or no one, makes nobody."""
        person, role = given["Person"], given["WorksFor"]
        written = person["family_name"]
        if Target("Person", "given_name") in self.index and len(written) < 100:
            if not are_several(written) and not are_several(str(person.get("given_name", ""))):
                return
            several, nobody = True, False
        else:
            header = fold(self.header[self.index[_FAMILY_NAME]])
            named = named_in(written, family_first=header.startswith(("nom prenom", "nom et prenom")))
            several, nobody = named.several, named.nobody
            del person["family_name"]
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
        faults.append(self._fault(row, _FAMILY_NAME, written, code, message, hint))

    def _left(self, row: int, target: Target, value: str, faults: list[Fault]) -> None:
        """Tell what is said of a contact and has nowhere to go."""
        message = f"« {value[:60]} » n'est pas repris : aucun contact de cette ligne ne peut le porter."
        faults.append(self._fault(row, target, value, "unplaced", message, "Ajoutez le nom de la personne."))

    def _locate(self, row: int, organisation: dict[str, Any], departement: str, faults: list[Fault]) -> str:
        """Put the official commune in place; returns the town's name."""
        code, postal_code, city = (str(organisation.get(k, "")) for k in ("commune", "postal_code", "city"))
        if not (code or postal_code or city):
            return ""
        place = find_commune(code, postal_code, city, departement)
        if place.code:
            organisation["commune"] = place.code
            if city or code:
                organisation["city"] = place.name
            return place.name
        target = next(
            t for t in (Target("Organisation", k) for k in ("city", "postal_code", "commune")) if t in self.index
        )
        shown = " ".join(part for part in (code, postal_code, city) if part)
        message = f"Commune indéterminée pour « {shown[:60]} » : {place.problem}."
        hint = "Ajoutez ou corrigez le code postal et la ville : sans commune, la couverture ignore ce partenaire."
        faults.append(self._fault(row, target, shown, "commune", message, hint))
        return city

    def _clean(self, type: str, row: int, values: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
        """The values in the form that a record keeps; a field that does not fit is left out and said.

        Each turn leaves out one field at least, so there are no more turns than fields.
        """
        kind = SCHEMA.type(type)
        required = {
            name: "?" if field.shape is Shape.TEXT else _EARLIEST
            for name, field in kind.fields.items()
            if field.required
        }
        left = dict(values)
        while left:
            try:
                cleaned = clean(kind, {**required, **left})
            except InvalidRecord as error:
                own = [fault for fault in error.faults if fault.field in left]
                # What contradicts the record as a whole names no field: the last one given is the one too many.
                for fault in own or [error.faults[0]._replace(field=list(left)[-1])]:
                    if fault.field in left:
                        target, text = Target(type, fault.field), str(left.pop(fault.field))
                        faults.append(self._fault(row, target, text, fault.code, fault.message, _LEFT_OUT))
                continue
            return {name: cleaned[name] for name in left if name in cleaned}
        return {}

    def _needed(self, faults: list[Fault], target: Target, hint: str) -> Fault | None:
        """The fault of a cell on which others depend, which now says so."""
        column = self.header[self.index[target]] if target in self.index else None
        for at, fault in enumerate(faults):
            if fault.column == column:
                faults[at] = fault._replace(hint=hint)
                return faults[at]
        return None

    def _check_width(self, row: int, cells: Sequence[Cell], faults: list[Fault]) -> None:
        extra = [text for cell in cells[len(self.header) :] if (text := text_of(cell))]
        if extra:
            message = f"La ligne a plus de cellules que l'en-tête : « {extra[0][:40]} » n'est pas repris."
            hint = "Mettez entre guillemets les textes qui contiennent le séparateur."
            faults.append(Fault(self.file, self.sheet, row, "", extra[0][:200], "extra_cells", message, hint))

    def _fault(self, row: int, target: Target, value: str, code: str, message: str, hint: str = "") -> Fault:
        index = self.index.get(target)
        column = self.header[index] if index is not None and index < len(self.header) else ""
        return Fault(self.file, self.sheet, row, column, value[:200], code, message, hint, Severity.WARNING)


def _put(values: dict[str, Any], field: Field, value: Any) -> None:
    """Set a field; several columns of lists or long texts add up."""
    if field.many and field.name in values:
        values[field.name] = [*values[field.name], *(v for v in value if v not in values[field.name])]
    elif field.about.long and field.name in values:
        values[field.name] = f"{values[field.name]}\n{value}"
    else:
        values[field.name] = re.sub(r"[ \t\u00a0]+", " ", value) if isinstance(value, str) else value


def _subjects_in(text: str) -> list[str]:
    """The records that one cell names, one after the other."""
    return list(dict.fromkeys(part for each in _SEVERAL.split(text) if (part := each.strip())))
