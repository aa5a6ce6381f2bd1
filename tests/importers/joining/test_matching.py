"""A row joins the organisation that it is surely about; what is only probable waits for a person."""

from pathlib import Path

import pytest

from crm.duplicates.names import compatible, name_key, own_domain
from crm.network import Network
from importers import run
from importers.joining.outcomes import Outcome
from tests.importers.files import annuaire_row, nodes, siret, write_annuaire, write_csv

HEADER = "Structure;SIRET;SIREN;Code postal;Ville;Email"
FULL = f"{HEADER};Adresse;UAI"


def _add(network: Network, **values: object) -> str:
    return network.commit("Essai", lambda unit: unit.create("Organisation", values)).value


LENS = {"commune": "62498", "city": "Lens"}
JOINED = [
    ({"name": "Autre", "siret": siret(1)}, f"Exemple;{siret(1)};;62400;Béthune;", "SIRET before all else"),
    ({"name": "Autre", "siren": siret(1)[:9], **LENS}, f"Exemple;;{siret(1)[:9]};62300;Lens;", "SIREN and commune"),
    ({"name": "Pôle emploi Lens", **LENS}, "France Travail;;;62300;LENS;", "alias in the commune"),
    ({"name": "Mission locale de Lens", **LENS}, "MISSION LOCALE LENS;;;62300;Lens;", "spelling"),
    (
        {"name": "CCI Artois", "email": "a@cci-exemple.fr", **LENS},
        "CCI;;;62300;Lens;b@cci-exemple.fr",
        "domain, names agree",
    ),
    ({"name": "Exemple"}, "EXEMPLE;;;;;", "name, no commune on either side"),
    ({"name": "Exemple", **LENS}, f"Exemple;{siret(1)};;62300;Lens;", "the SIRET is new"),
    ({"name": "Crèche A", **LENS}, "CRECHE A;;;62300;Lens;", "a letter is part of the name"),
    ({"name": "Crèche A", **LENS}, "Crèche A de Lens;;;62300;Lens;", "the town adds nothing to a whole name"),
    ({"name": "Communauté d'agglomération", **LENS}, "COMMUNAUTE D AGGLOMERATION;;;62300;Lens;", "as Sirene writes"),
    ({"name": "Mairie de Lens", **LENS}, "MAIRIE LENS;;;62300;Lens;", "a generic word with its town is a name"),
    ({"name": "Exemple", "acronym": "EXLE", **LENS}, "EXLE;;;62300;Lens;", "called by the acronym"),
    ({"name": "Ancien Exemple", "uai": "0620001A", **LENS}, "Lycée Neuf;;;62300;Lens;;;0620001A", "same UAI"),
    (
        {"name": "Exemple", "address": "12 rue du Gal Fictif", **LENS},
        "Exemple;;;62300;Lens;;12, Rue du Général Fictif;",
        "one address in two spellings",
    ),
    ({"name": "Exemple", "address": "12 rue Fictive", **LENS}, "Exemple;;;62300;Lens;;;", "no address contradicts"),
]
APART = [
    ({"name": "Mission locale", **LENS}, "Mission locale;;;62400;Béthune;", "another commune"),
    ({"name": "Exemple", "siret": siret(2), **LENS}, f"Exemple;{siret(1)};;62300;Lens;", "another SIRET"),
    ({"name": "Exemple", "siren": siret(2)[:9], **LENS}, f"Exemple;;{siret(1)[:9]};62300;Lens;", "another SIREN"),
    ({"name": "Autre", "email": "a@gmail.com", **LENS}, "Exemple;;;62300;Lens;b@gmail.com", "a domain of everybody"),
    ({"name": "Lycée A", "email": "a@ac-lille.fr", **LENS}, "Lycée B;;;62300;Lens;b@ac-lille.fr", "a shared domain"),
    ({"name": "Crèche A", **LENS}, "Crèche D;;;62300;Lens;", "another letter is another name"),
    ({"name": "CRECHE A", **LENS}, "CRECHE D LENS;;;62300;Lens;", "also beside the town"),
    ({"name": "Crèche", **LENS}, "Crèche L;;;62300;Lens;", "a letter more"),
    (
        {"name": "Garage Martin", "city": "Saint-Martin-Boulogne", "commune": "62758"},
        "Garage Boulogne;;;62280;Saint-Martin-Boulogne;",
        "part of the town's name is part of the name",
    ),
    ({"name": "CFA du bâtiment", "acronym": "CFA", **LENS}, "CFA agricole;;;62300;Lens;", "an acronym of everybody"),
]
ASKED = [
    ({"name": "CCAS", "email": "a@ville-exemple.fr", **LENS}, "Mairie;;;62300;Lens;b@ville-exemple.fr", "another name"),
    ({"name": "Exemple"}, "Exemple;;;62300;Lens;", "the commune is known on one side only"),
    ({"name": "Exemple", **LENS}, "Exemple;;;;;", "the commune is known on the other side only"),
    ({"name": "Mairie", **LENS}, "Mairie;;;62300;Lens;", "one generic word is no name"),
    ({"name": "Accueil", **LENS}, "ACCUEIL;;;62300;Lens;", "one generic word is no name, whatever the spelling"),
    ({"name": "GRETA", **LENS}, "GRETA de Lens;;;62300;Lens;", "one generic word on one side"),
    ({"name": "Exemple", "address": "12 rue Fictive", **LENS}, "Exemple;;;62300;Lens;;14 rue Fictive;", "a number"),
    ({"name": "Exemple", "address": "12 rue Fictive", **LENS}, "Exemple;;;62300;Lens;;12 rue Vraie;", "another street"),
    ({"name": "Exemple", "uai": "0620001A", **LENS}, "Exemple;;;62300;Lens;;;0620002B", "another UAI"),
    ({"name": "Association Exemple", **LENS}, "SARL Exemple;;;62300;Lens;", "an association and a company"),
    ({"name": "Crèche A", "siren": siret(1)[:9], **LENS}, f"Crèche D;;{siret(1)[:9]};62300;Lens;", "two of one SIREN"),
    ({"name": "Crèche", "email": "a@exemple.fr", **LENS}, "Crèche Les Fictifs;;;62300;Lens;b@exemple.fr", "more words"),
    ({"name": "Exemple", "city": "Villefictive"}, "Exemple;;;;Bourgfictif;", "another town that no code tells"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "row", "expected"),
    [
        *(pytest.param(stored, row, "joined", id=why) for stored, row, why in JOINED),
        *(pytest.param(stored, row, "apart", id=why) for stored, row, why in APART),
        *(pytest.param(stored, row, "asked", id=why) for stored, row, why in ASKED),
    ],
)
def test_rows_are_matched(network: Network, tmp_path: Path, stored: dict[str, str], row: str, expected: str) -> None:
    _add(network, **stored)
    report = run(network, [write_csv(tmp_path / "a.csv", f"{FULL}\n{row}\n")])
    count = len(nodes(network, "Organisation"))
    asked = [one for one in report.tally.details[Outcome.CONFLICT] if one.reason.startswith("peut-être")]
    assert (count, len(asked)) == {"joined": (1, 0), "apart": (2, 0), "asked": (1, 1)}[expected]


def test_two_equally_good_candidates_are_asked(network: Network, tmp_path: Path) -> None:
    for _ in range(2):
        _add(network, name="Exemple", **LENS)
    report = run(network, [write_csv(tmp_path / "a.csv", f"{HEADER}\nExemple;;;62300;Lens;\n")])
    assert (report.conflict, report.run) == (1, None)


def test_an_annuaire_row_joins_the_partner_typed_by_hand(network: Network, tmp_path: Path) -> None:
    id = _add(network, name="Exemple 3", **LENS)
    report = run(network, [write_annuaire(tmp_path / "a.csv", [annuaire_row(3)])])
    assert (report.updated, report.conflict) == (1, 0)
    (record,) = nodes(network, "Organisation")
    assert (record.id, record.values["name"], record.values["siret"]) == (id, "Exemple 3", siret(3))


def test_a_row_finds_what_an_earlier_row_and_another_program_have_made(network: Network, tmp_path: Path) -> None:
    rows = "".join(f"Exemple {n};;;62300;Lens;\n" for n in range(3))
    report = run(network, [write_csv(tmp_path / "a.csv", f"{HEADER}\n{rows}EXEMPLE 0;;;62300;Lens;\n")])
    assert (report.created, report.unchanged) == (3, 1)


def test_names_share_a_key_whatever_the_town_and_the_small_words() -> None:
    assert name_key("Pôle emploi Tourcoing", "Tourcoing") == name_key("France Travail", "Tourcoing")
    assert name_key("Chambre de commerce et d'industrie") == name_key("CCI")
    assert name_key("Mission Locale Lille") != name_key("Mission Locale Lens")
    assert name_key("Lens", "Lens") == "lens"
    assert compatible("france travail", "france travail centre")
    assert not compatible("mairie", "ccas")


def test_only_a_domain_of_one_s_own_tells_an_organisation() -> None:
    assert own_domain("a@exemple.fr") == "exemple.fr"
    assert [own_domain(f"a@{d}") for d in ("gmail.com", "orange.fr", "ac-lille.fr", "pas-de-calais.gouv.fr")] == [
        ""
    ] * 4


def test_a_row_to_look_at_writes_nothing_that_is_tied_to_it(network: Network, tmp_path: Path) -> None:
    _add(network, name="Exemple", address="12 rue Fictive", **LENS)
    header = "Structure;Code postal;Ville;Adresse;Nom contact;Prénom;Date du dernier contact;Objet de la convention"
    row = "Exemple;62300;Lens;14 rue Fictive;Exemple;Léa;03/03/2026;Apprentissage"
    report = run(network, [write_csv(tmp_path / "a.csv", f"{header}\n{row}\n")])
    assert (report.conflict, report.run) == (1, None)
    assert [nodes(network, type) for type in ("Person", "Exchange", "Agreement")] == [[], [], []]


COLLEAGUES = [
    (["Léa Exemple"], "Exemple;Léa", 1, 0),
    (["Léa Exemple"], "Exemple;Luc", 2, 0),
    (["Léa Exemple"], "Exemple;L.", 1, 0),
    (["Léa Exemple", "Luc Exemple"], "Exemple;L.", 2, 1),
    (["Léa Exemple", "Luc Exemple"], "Exemple;", 2, 1),
    (["Léa Exemple", "Luc Exemple"], "Exemple;Luc", 2, 0),
]


@pytest.mark.parametrize(("there", "row", "people", "asked"), COLLEAGUES)
def test_a_name_that_may_be_two_people_is_asked(
    network: Network, tmp_path: Path, there: list[str], row: str, people: int, asked: int
) -> None:
    header = "Structure;Code postal;Ville;Nom contact;Prénom"
    known = "".join(f"Garage Fictif;62300;Lens;{name.split()[1]};{name.split()[0]}\n" for name in there)
    run(network, [write_csv(tmp_path / "known.csv", f"{header}\n{known}")])
    report = run(network, [write_csv(tmp_path / "a.csv", f"{header}\nGarage Fictif;62300;Lens;{row}\n")])
    assert len(nodes(network, "Person")) == people
    assert [fault.code for fault in report.tally.faults].count("probable") == asked


def test_a_row_that_has_but_an_acronym_is_about_nobody_however_often_it_is_read(
    network: Network, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "a.csv", "Structure;Sigle;Ville\n;Exemple;Lens\nExemple;;Lens\n")
    assert (run(network, [file]).created, run(network, [file]).run) == (1, None)
