"""The export of the Annuaire des Entreprises, as it comes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.network import Network
from crm.network.validation import clean
from graph_schema.registry import SCHEMA
from importers import plan, run
from importers.formats.annuaire import AnnuaireReader
from importers.joining.outcomes import Outcome
from importers.reading.kinds import kind_of_establishment, kind_of_words
from importers.reading.sources import FileNature, Source
from importers.reading.tables import Table
from tests.importers.files import ANNUAIRE, annuaire_row, nodes, organisation, siret, write_annuaire


def _import(network: Network, tmp_path: Path, **cells: str) -> dict[str, object]:
    assert run(network, [write_annuaire(tmp_path / "annuaire.csv", [annuaire_row(3, **cells)])]).created == 1
    (found,) = nodes(network, "Organisation")
    return dict(found.values)


def test_an_establishment_becomes_an_organisation(network: Network, tmp_path: Path) -> None:
    assert _import(network, tmp_path) == {
        "name": "EXEMPLE 3", "kind": "entreprise", "siren": siret(3)[:9], "siret": siret(3), "naf": "62.01Z",
        "naf_version": "NAFRev2", "legal_category": "5710", "headcount": "11", "address": "1 RUE FICTIVE",
        "postal_code": "62300", "city": "Lens", "commune": "62498", "tier": "C", "source": "Import : annuaire.csv",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"enseigne1Etablissement": "CHEZ FICTIF", "denominationUsuelleEtablissement": "X"}, "CHEZ FICTIF"),
        ({"denominationUsuelleEtablissement": "ATELIER FICTIF"}, "ATELIER FICTIF"),
        (
            {"denominationUniteLegale": "", "prenomUsuelUniteLegale": "CLAIRE", "nomUniteLegale": "FICTIF"},
            "CLAIRE FICTIF",
        ),
    ],
)
def test_the_name_is_the_one_that_people_know(
    network: Network, tmp_path: Path, cells: dict[str, str], name: str
) -> None:
    assert _import(network, tmp_path, **cells)["name"] == name


def test_a_masked_establishment_keeps_no_address(network: Network, tmp_path: Path) -> None:
    values = _import(network, tmp_path, statutDiffusionEtablissement="P", libelleVoieEtablissement="[ND]")
    assert values["masked"] is True
    assert "address" not in values


def test_closing_and_reopening_are_followed(network: Network, tmp_path: Path) -> None:
    assert _import(network, tmp_path, etatAdministratifEtablissement="F")["closed"] is True
    report = run(network, [write_annuaire(tmp_path / "b.csv", [annuaire_row(3)])])
    assert report.updated == 1
    assert organisation(network, "EXEMPLE 3")["closed"] is False


def test_the_kind_is_guessed_on_creation_only(network: Network, tmp_path: Path) -> None:
    _import(network, tmp_path, categorieJuridiqueUniteLegale="9220")
    report = run(network, [write_annuaire(tmp_path / "b.csv", [annuaire_row(3, categorieJuridiqueUniteLegale="5710")])])
    assert report.updated == 1
    assert organisation(network, "EXEMPLE 3")["kind"] == "association"


@pytest.mark.parametrize(
    ("legal", "naf", "name", "kind"),
    [
        ("5710", "62.01Z", "", "entreprise"), ("9220", "88.99B", "MISSION LOCALE FICTIVE", "service_public_emploi"),
        ("9220", "94.99Z", "CLUB FICTIF", "association"), ("7346", "84.11Z", "", "epci"),
        ("7210", "84.11Z", "COMMUNE FICTIVE", "autre"),
        ("7113", "84.12Z", "", "service_etat"), ("7381", "94.11Z", "", "chambre_consulaire"),
        ("8420", "94.11Z", "", "branche"),
        ("5499", "85.59A", "", "etablissement_formation"), ("7331", "84.11Z", "", "etablissement_formation"),
        ("", "", "", "entreprise"),
    ],
)  # fmt: skip
def test_kinds_follow_from_name_activity_and_legal_category(legal: str, naf: str, name: str, kind: str) -> None:
    assert kind_of_establishment(legal, naf, name).kind.value == kind


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Mission Locale", "service_public_emploi"), ("OPCO EP", "organisme_paritaire"), ("CCI", "chambre_consulaire"),
        ("Communauté de communes", "epci"), ("Lycée pro", "etablissement_formation"), ("E.I. / ACI", "iae"),
    ],
)  # fmt: skip
def test_kinds_are_known_by_the_words_of_the_field(word: str, kind: str) -> None:
    found = kind_of_words(word)
    assert found is not None
    assert found.value == kind


def test_files_of_establishments_without_any_name_complete_but_create_nothing(network: Network, tmp_path: Path) -> None:
    run(network, [write_annuaire(tmp_path / "a.csv", [annuaire_row(1, trancheEffectifsEtablissement="")])])
    stock = [annuaire_row(n, denominationUniteLegale="") for n in (1, 2)]
    report = run(network, [write_annuaire(tmp_path / "StockEtablissement.csv", stock)])
    assert (report.updated, report.refused, report.created) == (1, 1, 0)


def test_columns_may_be_missing_and_rows_short(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    header = "siret,siren,etatAdministratifEtablissement,codeCommuneEtablissement,denominationUniteLegale"
    path.write_text(f"{header}\n{siret(1)},{siret(1)[:9]},A,62498,EXEMPLE\n{siret(2)},{siret(2)[:9]},A\n", "utf-8")
    planned = plan(network, [path]).tally
    assert (planned.rows[Outcome.CREATED], planned.rows[Outcome.REFUSED]) == (1, 1)


@given(st.lists(st.text(max_size=30), max_size=len(ANNUAIRE)))
def test_what_is_read_is_already_as_a_record_keeps_it(cells: list[str]) -> None:
    source = Source(Path("annuaire.csv"), FileNature.TEXT, 0, "")
    reader = AnnuaireReader(Table(source, "", tuple(ANNUAIRE), 1, iter(()), lambda: 0, 0))
    given_cells = dict(zip(ANNUAIRE, cells, strict=False)) | {
        "siret": siret(1),
        "siren": siret(1)[:9],
        "codeCommuneEtablissement": "62498",
    }
    claim = reader.claim(2, [given_cells.get(name, "") for name in ANNUAIRE])
    named = {"name": "Exemple"} | claim.about.values
    assert {k: v for k, v in clean(SCHEMA.nodes["Organisation"], named).items() if k in named} == named
