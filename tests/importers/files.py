"""Makes the files that tests import: invented partners in real communes, in every format."""

import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from stdnum import luhn

from crm.network import Network
from graph_schema.records import NodeRecord

ANNUAIRE = [
    "siren",
    "nic",
    "siret",
    "statutDiffusionEtablissement",
    "trancheEffectifsEtablissement",
    "etatAdministratifUniteLegale",
    "categorieJuridiqueUniteLegale",
    "denominationUniteLegale",
    "sigleUniteLegale",
    "nomUniteLegale",
    "prenomUsuelUniteLegale",
    "numeroVoieEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "codePostalEtablissement",
    "libelleCommuneEtablissement",
    "codeCommuneEtablissement",
    "etatAdministratifEtablissement",
    "enseigne1Etablissement",
    "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
]

TOWNS = (("62300", "LENS", "62498"), ("62400", "BETHUNE", "62119"), ("59200", "TOURCOING", "59599"))


def siret(number: int, establishment: int = 1) -> str:
    """A SIRET with right check digits that belongs to nobody (SIREN beginning with 00)."""
    siren = f"{number:08d}"
    siren += luhn.calc_check_digit(siren)
    start = f"{siren}{establishment:04d}"
    return start + str(luhn.calc_check_digit(start))


def annuaire_row(number: int, **cells: str) -> dict[str, str]:
    """One establishment of the Annuaire; ``cells`` replaces some of its cells."""
    postal_code, city, commune = TOWNS[number % len(TOWNS)]
    own = siret(number)
    return {
        "siren": own[:9], "nic": own[9:], "siret": own, "statutDiffusionEtablissement": "O",
        "trancheEffectifsEtablissement": "11", "etatAdministratifUniteLegale": "A",
        "categorieJuridiqueUniteLegale": "5710", "denominationUniteLegale": f"EXEMPLE {number}",
        "numeroVoieEtablissement": "1", "typeVoieEtablissement": "RUE", "libelleVoieEtablissement": "FICTIVE",
        "codePostalEtablissement": postal_code, "libelleCommuneEtablissement": city,
        "codeCommuneEtablissement": commune, "etatAdministratifEtablissement": "A",
        "activitePrincipaleEtablissement": "62.01Z", "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
    } | cells  # fmt: skip


def write_annuaire(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """An export of the Annuaire des Entreprises."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ANNUAIRE, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A text file, as it is given."""
    path.write_bytes(text.encode(encoding))
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    """A workbook; ``merged`` are ranges of its first sheet."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    book.save(path)
    return path


def write_ods(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A workbook of LibreOffice, the smallest that is one."""

    def cells(row: Sequence[str]) -> Iterator[str]:
        for text in row:
            yield f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'

    table = "".join(f"<table:table-row>{''.join(cells(row))}</table:table-row>" for row in rows)
    name = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{name}:office:1.0" '
        f'xmlns:table="{name}:table:1.0" xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Feuille1">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        f'xmlns:manifest="{name}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def nodes(network: Network, type: str) -> list[NodeRecord]:
    """All nodes of a type."""
    return network.read(lambda tx: [r for r in tx.records() if isinstance(r, NodeRecord) and r.type == type])


def organisation(network: Network, name: str) -> dict[str, Any]:
    """The values of the one organisation that bears this name."""
    (found,) = [record for record in nodes(network, "Organisation") if record.values["name"] == name]
    return dict(found.values)
