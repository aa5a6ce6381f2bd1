"""« Réglages »: read by all, edited by those who may, and nobody overwrites what they have not seen."""

import shutil
from datetime import timedelta
from io import BytesIO

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network, provider
from crm.network.rights import Actor, Role
from crm.records import register
from crm.vault import deposits
from crm.vault.deposits import Description
from crm.vault.place import vault_of
from graph_schema.evidence import EvidenceKind
from tests.crm.vault.conftest import folder_of
from tests.ui.application import errors, field, notices, opened, words
from tests.ui.screens.conftest import TODAY, partner, serve
from ui import session


def save(app: AppTest) -> AppTest:
    """Press « Enregistrer »."""
    return next(each for each in app.button if each.label == "Enregistrer").click().run()


def kept(network: Network) -> tuple[str, str | None]:
    """Our name and activity number as they are kept."""
    ours = network.read(provider.load)
    return ours.name, ours.nda


def looked() -> str:
    """What « Réglages » says once the vault was looked at."""
    app = opened("reglages")
    button = next(each for each in app.button if each.label == "Regarder le coffre")
    return words(button.click().run())


@pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR])
def test_who_may_not_edit_reads_the_settings(network: Network, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(network, "departement:62")
    monkeypatch.setattr(session, "actor", lambda: Actor("L. Exemple", role))
    app = opened("reglages")
    assert errors(app) == []
    assert [*app.text_input, *app.multiselect, *app.date_input] == []
    assert [each.label for each in app.button] == (["Regarder le coffre"] if role is Role.AUDITOR else [])
    assert "CFA Exemple" in words(app)
    assert "Pas-de-Calais (62)" in words(app)


def test_the_vault_is_told_with_what_is_wrong_with_it(network: Network) -> None:
    serve(network)
    shown = looked()
    assert "Coffre des preuves" in shown
    assert "sera créé au premier dépôt" in shown
    said = Description((partner(network, "Garage Exemple"),), EvidenceKind.OTHER, TODAY)
    id = deposits.deposit(network, BytesIO(b"%PDF-1.7"), "Note.pdf", said).value.id
    shown = looked()
    assert all(each in shown for each in (vault_of(network).id, "1 fichier, 8", "chaque fichier est là"))
    shutil.rmtree(folder_of(network) / "files")
    shown = looked()
    assert f"Le fichier de la preuve {id}" in shown


def test_in_the_past_nothing_is_offered_to_edit(network: Network) -> None:
    serve(network, "departement:62")
    app = opened("reglages", date=(TODAY - timedelta(days=3)).isoformat())
    assert [*app.text_input, *app.multiselect] == []


def test_what_others_saved_meanwhile_stays(network: Network) -> None:
    serve(network)
    app = opened("reglages")
    provider.save(network, {"nda": "32 62 00000 62"})
    field(app, "Nom").set_value("Organisme Fictif")
    assert errors(save(app)) == []
    assert kept(network) == ("Organisme Fictif", "32 62 00000 62")


def test_our_sites_stand_in_the_settings_and_one_more_is_a_click_away(network: Network) -> None:
    shown = words(opened("reglages"))
    assert "Aucun pour l&#x27;instant" in shown
    assert "/registre?sorte=sites&amp;faire=ajouter" in shown
    site = register.create(network, "Site", {"name": "Site d'Arras", "commune": "62041"}).value
    shown = words(opened("reglages"))
    assert f"fiche={site}" in shown
    assert "<td>Arras</td>" in shown


def test_a_siret_with_a_wrong_key_is_kept_and_said(network: Network) -> None:
    provider.save(network, {"name": "CFA Exemple", "siret": "00000000000019"})
    (said,) = notices(opened("reglages"), "warning")
    assert "SIRET" in said
    provider.save(network, {"siret": "00000000000018"})
    assert notices(opened("reglages"), "warning") == []


def test_a_wrong_mail_domain_is_refused_in_one_sentence_and_stays_typed(network: Network) -> None:
    app = opened("reglages")
    next(each for each in app.multiselect if each.label == "Nos domaines de courriel").set_value(["cfa"])
    assert ["n'est pas un domaine de courriel" in each for each in errors(save(app))] == [True]
    assert network.read(provider.record) is None
