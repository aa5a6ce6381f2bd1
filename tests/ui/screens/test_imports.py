"""« Importer »: what was understood of files is shown, mended, planned; an import that is interrupted goes on."""

import os
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crm.errors import StoreUnavailable
from crm.ledger.imports import imports
from crm.network import Network, provider
from crm.network.rights import Actor, Role
from importers import Mapping, Progress
from tests.crm.guarded.test_agenda import calendar, event
from tests.importers.files import annuaire_row, nodes, organisation, write_annuaire, write_xlsx
from tests.ui.application import as_typed, errors, notices, opened, words
from tests.ui.screens.conftest import partner
from tests.ui.screens.importing import LIST, applied, dropped, lines, planned
from ui.screens.imports import review
from ui.screens.imports.draft import Draft, safe_name


def draft_of(app: AppTest) -> Draft:
    found: Draft = app.session_state["import-draft"]
    return found


def test_dropped_files_show_what_their_columns_give_and_write_nothing(network: Network) -> None:
    app = dropped(("liste.csv", LIST))
    assert errors(app) == []
    assert [box.value for box in app.selectbox] == [
        "Organisation.name", "Organisation.city", "Organisation.postal_code", "Person.family_name",
    ]  # fmt: skip
    assert "Garage Exemple" in words(app)
    assert nodes(network, "Organisation") == []


def test_the_plan_counts_every_outcome_and_shows_differences_before_and_after(network: Network) -> None:
    applied(dropped(("liste.csv", LIST)))
    app = planned(dropped(("liste.csv", LIST.replace("Mme Exemple", "Mme Exemple;03 21 00 00 00").replace(
        "Contact", "Contact;Téléphone de la structure"))))  # fmt: skip
    assert lines(app) == ["1 à mettre à jour", "1 refusée", "1 anomalie dans les fichiers"]
    assert "2 lignes : 1 à mettre à jour, 1 refusée." in words(app)
    assert "Téléphone : <b>" in words(app)
    assert "Aucun nom d&#x27;organisation sur cette ligne" in words(app)
    assert "phone" not in organisation(network, "Garage Exemple")


def test_what_was_repaired_is_told_apart_from_what_is_wrong(network: Network) -> None:
    rows = "Structure;Ville;Code postal;Courriel de la structure\nGarage Exemple;Bourg-en-Bresse;1000;sans-arobase\n"
    app = planned(dropped(("liste.csv", rows)))
    assert lines(app) == ["1 à créer", "1 anomalie dans les fichiers", "1 réparation, rien à faire"]
    assert "Code postal rétabli" in words(app)


def test_a_mapping_that_cannot_be_imported_is_mended_on_the_screen(network: Network) -> None:
    app = planned(dropped(("liste.csv", "Ville;Lieu-dit;Intitulé\nLens;Garage Exemple;\n")))
    assert "au-dessus d'elle à l'écran" in errors(app)[0]
    app.selectbox[1].set_value("Organisation.name").run()
    assert errors(app) == []
    planned(app).button(key="import-apply").click().run()
    assert organisation(network, "Garage Exemple")["city"] == "Lens"


def test_of_two_columns_for_one_field_the_screen_says_which_is_read_and_lets_it_be_the_other(network: Network) -> None:
    app = dropped(("liste.csv", "Structure;Ville;Commune\nGarage Exemple;Arras;Lens\n"))
    assert [box.value for box in app.selectbox] == ["Organisation.name", "Organisation.city", None]
    assert "« Ville » donne déjà ce champ" in words(app)
    app.selectbox[2].set_value("Organisation.city").run()
    assert [box.value for box in app.selectbox] == ["Organisation.name", None, "Organisation.city"]
    assert "« Commune » donne ce champ, à votre choix" in words(app)
    applied(app)
    assert "Colonne non reprise : « Ville » (« Commune » donne ce champ, à votre choix)." in as_typed(words(app))
    assert organisation(network, "Garage Exemple")["city"] == "Lens"


def test_a_column_without_a_known_header_is_given_a_meaning(network: Network) -> None:
    app = dropped(("liste.csv", "Structure;Ville;Couleur\nGarage Exemple;Lens;Bleu\n"))
    app.selectbox[2].set_value("Organisation.acronym").run()
    applied(app)
    assert organisation(network, "Garage Exemple")["acronym"] == "Bleu"


def test_two_files_are_one_import_and_each_keeps_its_own_columns(network: Network, tmp_path: Path) -> None:
    sirene = write_annuaire(tmp_path / "etablissements.csv", [annuaire_row(1)]).read_bytes()
    book = write_xlsx(tmp_path / "liste.xlsx", {"A": [["Ville", "Intitulé", "SIRET"], ["Lens", "Mission Fictive", ""]]})
    app = dropped(("etablissements.csv", sirene), ("liste.xlsx", book.read_bytes()))
    assert any("Export de l'Annuaire des Entreprises" in as_typed(each.value) for each in app.caption)
    app.selectbox[1].set_value("Organisation.name").run()
    applied(app)
    assert errors(app) == []
    assert sorted(str(each.values["name"]) for each in nodes(network, "Organisation")) == [
        "EXEMPLE 1", "Mission Fictive",
    ]  # fmt: skip
    assert len(imports(network)) == 1


def test_a_file_that_cannot_be_read_is_one_sentence_and_another_may_be_dropped(network: Network) -> None:
    app = dropped(("photo.csv", b"\x00\x01\x02" * 50))
    assert len(errors(app)) == 1
    assert "photo.csv" in errors(app)[0]
    assert len(app.file_uploader) == 1


def test_a_calendar_is_shown_planned_and_imported_without_anything_to_choose(network: Network) -> None:
    provider.save(network, {"name": "CFA Exemple", "mail_domains": ["cfa-exemple.example"]})
    partner(network, "Garage Exemple", email="contact@garage.example")
    people = ("ORGANIZER:mailto:a@cfa-exemple.example", "ATTENDEE:mailto:b@garage.example")
    content = calendar(*event("DTSTART:20260312T080000Z", "SUMMARY:Point de suivi", *people))
    app = planned(dropped(("agenda.ics", content)))
    assert any(each.value.startswith("Agenda (.ics)") for each in app.caption)
    assert "12/03/2026 · Point de suivi" in words(app)
    assert lines(app) == ["1 à créer", "1 anomalie dans les fichiers"]
    app.button(key="import-apply").click().run()
    (made,) = nodes(network, "Exchange")
    assert made.values["on"] == "2026-03-12"
    assert lines(app) == ["1 créée", "1 anomalie dans les fichiers"]


def test_the_same_file_again_has_nothing_to_import_and_says_when_it_was(network: Network) -> None:
    applied(dropped(("liste.csv", LIST)))
    app = planned(dropped(("liste.csv", LIST)))
    assert "ont déjà été importés le" in notices(app, "info")[0]
    assert not [button for button in app.button if button.key == "import-apply"]


def test_an_outage_leaves_the_files_and_the_mapping_there(network: Network) -> None:
    app = planned(dropped(("liste.csv", LIST)))
    with patch.object(review, "run", side_effect=StoreUnavailable("La base ne répond plus.")):
        app.button(key="import-apply").click().run()
    assert errors(app) == ["La base ne répond plus."]
    applied(app)
    assert organisation(network, "Garage Exemple")["city"] == "Lens"


def test_a_page_that_runs_again_during_an_import_goes_on_with_it(network: Network) -> None:
    runs_left = 1

    def interrupting(words: str) -> Callable[[Progress], None]:
        def tell(done: Progress) -> None:
            nonlocal runs_left
            if runs_left:
                runs_left -= 1
                st.rerun()

        return tell

    app = planned(dropped(("liste.csv", LIST)))
    with patch.object(review, "_bar", interrupting):
        app.button(key="import-apply").click().run()
    assert errors(app) == []
    assert "il a repris où il s'était arrêté" in notices(app, "info")[0]
    assert organisation(network, "Garage Exemple")["city"] == "Lens"
    assert [run.finished for run in imports(network)] == [True]


def test_the_files_are_private_and_go_once_imported_or_given_up(network: Network) -> None:
    app = dropped(("../../liste.csv", LIST))
    (path,) = draft_of(app).paths
    folder = draft_of(app).folder
    assert path.name == "liste.csv"
    assert path.is_relative_to(folder)
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0
    applied(app)
    assert not path.exists()
    app.button(key="import-restart").click().run()
    assert not folder.exists()
    assert len(app.file_uploader) == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("liste.csv", "liste.csv"),
        ("C:\\mes fichiers\\a.xlsx", "a.xlsx"),
        ("..", "fichier"),
        ("a\n\x00b.csv", "a__b.csv"),
    ],
)
def test_a_name_has_no_folder_nor_control_character(name: str, kept: str) -> None:
    assert safe_name(name) == kept
    assert len(safe_name("é" * 300 + ".csv").encode()) < 255


def test_columns_of_the_same_name_in_several_sheets_go_together(tmp_path: Path, network: Network) -> None:
    rows = [["Structure", "Couleur"], ["Garage Exemple", "Bleu"]]
    more = [["Couleur", "Structure"], ["Vert", "Garage Fictif"]]
    app = dropped(("a.xlsx", write_xlsx(tmp_path / "a.xlsx", {"A": rows, "B": more}).read_bytes()))
    app.selectbox[1].set_value("Organisation.acronym").run()
    assert [box.value for box in app.selectbox] == [
        "Organisation.name", "Organisation.acronym", "Organisation.acronym", "Organisation.name",
    ]  # fmt: skip
    assert isinstance(draft_of(app).mapping, Mapping)


def test_nothing_is_imported_in_the_past_nor_without_the_right(network: Network) -> None:
    partner(network, "Garage Exemple")
    assert len(opened("importer", date="2026-03-03").file_uploader) == 0
    with patch("ui.session.actor", return_value=Actor("L. Exemple", Role.READER)):
        app = opened("importer")
    assert len(app.file_uploader) == 0
    assert "Votre rôle ne permet pas d'importer" in notices(app, "info")[0]
