"""What is no table of partners makes no record, and is told in one sentence; partners that look alike stay."""

from pathlib import Path

import pytest

from crm.errors import InputError
from crm.network import Network
from importers import plan, run
from importers.joining.outcomes import Outcome
from tests.importers.files import nodes, siret, write_csv, write_xlsx

HEADER = "Structure;SIRET;Ville;Email\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"results": [{"siret": "1", "nom": "Exemple"}]}', "JSON"),
        ('[\n  {"structure": "Exemple", "ville": "Lens"}\n]', "JSON"),
        ('{"structure": "Exemple", "ville": "Lens"}\n{"structure": "Autre", "ville": "Lens"}\n', "JSON"),
        ("<!DOCTYPE html><table><tr><td>Structure</td><td>Ville</td></tr></table>", "page web"),
        ("<?xml version='1.0'?><structure><ville>Lens</ville></structure>", "XML"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xls"])
def test_a_file_is_known_by_its_content_and_never_by_its_ending(
    network: Network, tmp_path: Path, content: str, said: str, name: str
) -> None:
    with pytest.raises(InputError, match=said):
        run(network, [write_csv(tmp_path / name, content)])


def test_a_workbook_named_as_a_text_is_read(network: Network, tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", {"A": [["Structure", "Ville"], ["Exemple", "Lens"]]})
    report = run(network, [book.rename(tmp_path / "a.csv")])
    assert report.created == 1


PROSE = (
    "Entreprise, ville, contact : ce que nous demandons à chaque partenaire avant la rencontre.\n"
    "Nous avons rencontré le directeur, qui souhaite accueillir deux jeunes à la rentrée prochaine.\n"
    "Il faudra le rappeler avant la fin du mois, car son planning est chargé cet automne.\n"
    "La convention sera signée ensuite, si le conseil d'administration donne son accord.\n"
)
DICTIONARY = [
    ["Structure", "Description", "Type", "Exemple"], ["raison_sociale", "Le nom", "texte", "Exemple"],
    ["code_postal", "Le code", "texte", "62300"], ["date_maj", "Le jour", "date", "2026-01-01"],
]  # fmt: skip
OF_HEADERS = [
    ["Organisation", "Format"],
    ["SIRET", "14 chiffres"],
    ["Raison sociale", "texte"],
    ["Code postal", "texte"],
]


def test_prose_is_no_table(network: Network, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="est un texte"):
        run(network, [write_csv(tmp_path / "a.txt", PROSE)])


@pytest.mark.parametrize("rows", [DICTIONARY, OF_HEADERS])
def test_a_description_of_columns_is_no_table_and_each_sheet_is_judged_by_itself(
    network: Network, tmp_path: Path, rows: list[list[str]]
) -> None:
    with pytest.raises(InputError, match="décrit des colonnes"):
        run(network, [write_xlsx(tmp_path / "a.xlsx", {"Description": rows})])
    sheets = {"Description": rows, "Données": [["Structure", "Ville"], ["Exemple", "Lens"]]}
    report = run(network, [write_xlsx(tmp_path / "b.xlsx", sheets)])
    assert [each.values["name"] for each in nodes(network, "Organisation")] == ["Exemple"]
    (fault,) = report.faults
    assert (fault.sheet, fault.code) == ("Description", "sheet_unread")
    assert "décrit des colonnes" in fault.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("value,label,description\nASSO,Associations,Associations\nCCAS,Centre,Un centre\n", "aucun en-tête reconnu"),
        ("name,slug,code_insee\nLens,lens,62498\nArras,arras,62041\nLille,lille,59350\n", "liste de communes"),
        ("code,name,rome\n1,Boulangère,D1102\n2,Fleuriste,D1209\n", "ne dit pas de quoi elle donne le nom"),
    ],
)  # fmt: skip
def test_a_list_of_other_things_is_refused(network: Network, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        run(network, [write_csv(tmp_path / "a.csv", text)])


@pytest.mark.parametrize(
    "text", ["Nom\nExemple\n", "Nom;Ville\nLens Fictive;Lens\n", "Structure;Truc;Machin\nExemple;1;2\n"]
)
def test_a_short_list_of_partners_stays_one(network: Network, tmp_path: Path, text: str) -> None:
    assert run(network, [write_csv(tmp_path / "a.csv", text)]).created == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Nom de la structure (obligatoire);14 chiffres;Ville;Adresse mail", "l'explication des colonnes"),
        ("Texte;Texte;Texte;Texte", "l'explication des colonnes"),
        ("Raison sociale complète;Indiquer le SIRET;;", "l'explication"),
        ("Total;;;", "un total"), ("TOTAL GÉNÉRAL;12;;", "un total"), ("Sous-total;1 234,5;;", "un total"),
        ("Nombre de structures;12;;", "un total"), ("Source : annuaire fictif, mars 2026;;;", "une note"),
        ("NB : liste provisoire;;;", "une note"), (";;;Rappel : relancer avant juin", "une note"),
        ("Page 1/2;;;", "une note"),
        ("Mise à jour le 12/03/2026;;;", "une note"), ("* structures fermées en août;;;", "une note"),
        ("Les structures en gras ont déjà signé une convention.;;;", "une note"),
        ("Structure;SIRET;Ville;Email", "l'en-tête répété"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_partner_is_left_out_and_told(network: Network, tmp_path: Path, row: str, why: str) -> None:
    text = f"{HEADER}{row}\nExemple;{siret(7)};Lens;a@exemple.fr\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert [each.values["name"] for each in nodes(network, "Organisation")] == ["Exemple"]
    (fault,) = report.faults
    assert (fault.row, fault.code) == (2, "no_partner")
    assert why in fault.message


@pytest.mark.parametrize(
    "row",
    ["Total Fictif;;Lens;", f"Total;{siret(9)};Lens;", "TotalExemple;;;", "Texte et Formes;;Lens;", "Page Fictive;;;",
     "Source Exemple;;;", "Note Bleue Fictive;;Lens;", "Nombre d'Or SARL;;Lens;", "Moyenne Ville Fictive;;Lens;",
     "Association pour la sauvegarde du patrimoine de la vallée fictive de l'Exemple et de ses environs;;;",
     "Ville de Lens;;Lens;", "Format Fictif;;Lens;a@exemple.fr", "Rappel Fictif;;;", "Somme Exemple;;Lens;"],
)  # fmt: skip
def test_a_partner_whose_name_looks_like_it_comes_in(network: Network, tmp_path: Path, row: str) -> None:
    planned = plan(network, [write_csv(tmp_path / "a.csv", f"{HEADER}{row}\n")]).tally
    assert (planned.rows[Outcome.CREATED], planned.codes["no_partner"]) == (1, 0)


def test_many_rows_left_out_are_counted(network: Network, tmp_path: Path) -> None:
    report = run(network, [write_csv(tmp_path / "a.csv", HEADER + "Exemple;;Lens;\n" + HEADER * 60)])
    assert report.created == 1
    assert report.tally.codes == {"no_partner": 51}
    assert report.faults[-1].message.startswith("10 autres lignes")
