"""An export of the Annuaire des Entreprises of any size: its real header, invented companies, real communes."""

import csv
from itertools import cycle, islice
from pathlib import Path

from stdnum import luhn

from graph_schema.territory import communes

_HEADER = (
    "siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,"
    "etablissementSiege,etatAdministratifUniteLegale,categorieJuridiqueUniteLegale,denominationUniteLegale,"
    "sigleUniteLegale,nomUniteLegale,prenomUsuelUniteLegale,activitePrincipaleUniteLegale,"
    "economieSocialeSolidaireUniteLegale,categorieEntreprise,numeroVoieEtablissement,typeVoieEtablissement,"
    "libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,codeCommuneEtablissement,"
    "etatAdministratifEtablissement,enseigne1Etablissement,denominationUsuelleEtablissement,"
    "activitePrincipaleEtablissement,activitePrincipaleNAF25Etablissement,nomenclatureActivitePrincipaleEtablissement"
)
HEADER = _HEADER.split(",")

_ACTIVITIES = ("62.01Z", "43.21A", "56.10A", "85.59A", "47.11B", "88.10A", "49.41A", "94.99Z", "10.71C", "86.10Z")
_LEGAL = ("5710", "5499", "1000", "9220", "7344", "5505", "6540")
_HEADCOUNTS = ("NN", "00", "01", "02", "03", "11", "12", "21", "22")
_TRADES = ("MENUISERIE", "TRANSPORTS", "BOULANGERIE", "CONSEIL", "SERVICES", "HÔTEL", "ATELIER", "ÉNERGIE")
_STREETS = (("RUE", "DES TILLEULS FICTIFS"), ("AVENUE", "DE L'EXEMPLE"), ("PLACE", "INVENTÉE"), ("CHEMIN", "D'ESSAI"))
_SOLE_TRADER = "1000"


def write(path: Path, lines: int) -> Path:
    """An export of so many establishments; the same number gives the same file."""
    towns = [(c.postal_codes[0], c.name.upper(), c.code) for c in communes().values() if c.postal_codes]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number, town in enumerate(islice(cycle(towns[::7]), lines)):
            writer.writerow(_row(number, *town))
    return path


def _row(number: int, postal_code: str, city: str, commune: str) -> list[str]:
    siren = f"00{number // 3:06d}"
    siren += luhn.calc_check_digit(siren)
    nic = f"{number % 3 + 1:04d}"
    nic += luhn.calc_check_digit(siren + nic)
    legal, activity = _LEGAL[number % 7], _ACTIVITIES[number % 10]
    alone = legal == _SOLE_TRADER
    company = "" if alone else f"{_TRADES[number % 8]} EXEMPLE {number // 3}"
    street, words = _STREETS[number % 4]
    return [
        siren, nic, siren + nic, "P" if number % 29 == 0 else "O", "2015-03-01", _HEADCOUNTS[number % 9],
        "true" if number % 3 == 0 else "false", "A", legal, company,
        f"EX{number // 3}" if number % 11 == 0 else "", "FICTIF" if alone else "", "CAMILLE" if alone else "", activity,
        "O" if legal == "9220" else "N", "PME", str(number % 120 + 1), street,
        words, postal_code, city, commune,
        "F" if number % 23 == 0 else "A", f"CHEZ FICTIF {number}" if number % 5 == 0 else "", "",
        activity, "62.10Y", "NAFRev2",
    ]  # fmt: skip
