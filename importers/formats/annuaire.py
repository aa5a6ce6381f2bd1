"""The export of the Annuaire des Entreprises, and Sirene's files of establishments with the same headers.

Headers: « Sirene : dictionnaire des variables » (INSEE) and annuaire-entreprises.data.gouv.fr. A row becomes an
organisation in one go: no field of these files needs the repairs that people's spreadsheets do.
"""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from crm.records.identifiers import Trust, check_siret
from graph_schema.organisations import Organisation
from graph_schema.vocabularies import Headcount, NafVersion
from importers.claims import Claim, RecordClaim
from importers.faults import ImportFault, Severity
from importers.parts import Part, TableFormat, TableReader, table_part
from importers.reading.kinds import kind_of_establishment
from importers.reading.mapping import Column, Mapping
from importers.reading.places import FoundCommune, find_commune
from importers.reading.sources import FileNature
from importers.reading.tables import Cell, Table

_KNOWN_BY = frozenset({"siren", "siret", "etatAdministratifEtablissement", "codeCommuneEtablissement"})
_FIELDS = (
    "siren", "siret", "sigleUniteLegale", "statutDiffusionEtablissement", "trancheEffectifsEtablissement",
    "categorieJuridiqueUniteLegale", "codePostalEtablissement", "libelleCommuneEtablissement",
    "codeCommuneEtablissement", "etatAdministratifEtablissement", "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
)  # fmt: skip
_NAMES = ("enseigne1Etablissement", "denominationUsuelleEtablissement", "denominationUniteLegale")
_PERSON_NAMES = ("prenomUsuelUniteLegale", "nomUsageUniteLegale", "nomUniteLegale")
_ADDRESS = (
    "complementAdresseEtablissement", "numeroVoieEtablissement", "indiceRepetitionEtablissement",
    "typeVoieEtablissement", "libelleVoieEtablissement",
)  # fmt: skip
_HEADCOUNTS = frozenset(term.value for term in Headcount)
_VERSIONS = frozenset(term.value for term in NafVersion)
_NOT_SHOWN = "[ND]"
_NO_PLACE = FoundCommune(None)


_FEEDS = {
    "siren": "siren", "siret": "siret", "sigleUniteLegale": "acronym", "statutDiffusionEtablissement": "masked",
    "trancheEffectifsEtablissement": "headcount", "categorieJuridiqueUniteLegale": "legal_category",
    "codePostalEtablissement": "postal_code", "libelleCommuneEtablissement": "city",
    "codeCommuneEtablissement": "commune",
    "etatAdministratifEtablissement": "closed", "activitePrincipaleEtablissement": "naf",
    "nomenclatureActivitePrincipaleEtablissement": "naf_version",
    **dict.fromkeys((*_NAMES, *_PERSON_NAMES), "name"), **dict.fromkeys(_ADDRESS, "address"),
}  # fmt: skip
"""Header → field of the organisation."""


def annuaire_columns(header: Sequence[str]) -> list[Column]:
    """What each column of an export is read as."""
    known, unknown = "reconnue : export de l'Annuaire des Entreprises", "non reprise : aucun champ ne lui correspond"
    return [
        Column(text, index, f"Organisation.{_FEEDS[text]}", known)
        if text in _FEEDS
        else Column(text, index, None, unknown)
        for index, text in enumerate(header)
    ]


def is_annuaire(header: Sequence[str]) -> bool:
    """Whether this header is that of an export of establishments."""
    return _KNOWN_BY.issubset(header)


class AnnuaireReader:
    """Turns the rows of one table into claims."""

    def __init__(self, table: Table) -> None:
        self.file, self.sheet = table.source.name, table.sheet
        self.width = len(table.header)
        self.all_text = table.source.nature is FileNature.TEXT
        self.origin = f"Import : {self.file}"
        at = {name: index for index, name in enumerate(table.header)}
        # A column that the file lacks reads the empty cell added at the end of each row.
        self.pick = itemgetter(*(at.get(name, self.width) for name in (*_FIELDS, *_NAMES, *_PERSON_NAMES, *_ADDRESS)))

    def claim(self, row: int, cells: Sequence[Cell]) -> Claim:
        """What a row says; its faults tell what is wrong with it."""
        texts = cells if self.all_text else map(_text, cells)
        padded = [*texts, *[""] * (self.width + 1 - len(cells))]
        given = tuple(map(str.strip, self.pick(padded)))
        if _NOT_SHOWN in given:
            given = tuple("" if text == _NOT_SHOWN else text for text in given)
        siren, siret, acronym, diffusion, headcount, legal, postal_code, city, commune, state, naf, version = given[:12]
        names, person_names, address = given[12:15], given[15:18], given[18:]
        faults: list[ImportFault] = []
        name = next(filter(None, names), "") or " ".join(list(filter(None, person_names))[:2])
        checked = check_siret(siret)
        if checked.state is Trust.FORMAT:
            return self._refused(row, siret, checked.message)
        if checked.state is Trust.CHECKSUM:
            faults.append(ImportFault(self.file, self.sheet, row, "siret", siret, "checksum", checked.message))
        place = find_commune(commune, "", "") if commune else _NO_PLACE
        if place.code is None:
            place = find_commune(commune, postal_code, city)
        if place.problem:
            message = f"Commune indéterminée pour « {f'{postal_code} {city}'[:60]} » : {place.problem}."
            faults.append(
                ImportFault(self.file, self.sheet, row, "codeCommuneEtablissement", commune, "commune", message)
            )
        masked = diffusion in ("P", "N")
        values = {
            "name": name[:200].strip(),
            "acronym": acronym,
            "siren": siren or checked.value[:9],
            "siret": checked.value,
            "naf": naf,
            "naf_version": version if version in _VERSIONS else "",
            "legal_category": legal,
            "headcount": headcount if headcount in _HEADCOUNTS else "",
            "closed": state == "F",
            "masked": masked,
            "address": "" if masked else " ".join(filter(None, address)),
            "postal_code": postal_code,
            "city": place.name or city,
            "commune": place.code or commune.upper(),
        }
        guess = kind_of_establishment(legal, naf, name if legal[:1] in "789" else "")
        on_creation: dict[str, Any] = {"kind": guess.kind._value_, "source": self.origin}
        if guess.functions:
            on_creation["functions"] = [function.value for function in guess.functions]
        kept = {field: value for field, value in values.items() if value != ""}
        return Claim(row, RecordClaim(Organisation.TYPE, kept, on_creation), faults=faults)

    def _refused(self, row: int, siret: str, message: str) -> Claim:
        hint = "Téléchargez à nouveau l'export, sans l'enregistrer depuis un tableur."
        fault = ImportFault(self.file, self.sheet, row, "siret", siret, "invalid", message, hint, Severity.ERROR)
        return Claim(row, RecordClaim(Organisation.TYPE, {}), faults=[fault])


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else str(cell)


def _open(table: Table, mapping: Mapping | None, today: date, checked: bool) -> Part:
    reader = TableReader(AnnuaireReader(table).claim)
    return table_part(FORMAT, table, reader, annuaire_columns(table.header))


FORMAT = TableFormat("annuaire", "Export de l'Annuaire des Entreprises", is_annuaire, _open)
