"""« Réglages »: read by all, edited by those who may, and nobody overwrites what they have not seen."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from crm import provider
from crm.network import Network
from crm.rights import Actor, Role
from tests.ui.application import errors, field, opened, words
from tests.ui.screens.conftest import TODAY, serve
from ui import session


def save(app: AppTest) -> AppTest:
    """Press « Enregistrer »."""
    return next(each for each in app.button if each.label == "Enregistrer").click().run()


def kept(network: Network) -> tuple[str, str | None]:
    """Our name and activity number as they are kept."""
    ours = network.read(provider.load)
    return ours.name, ours.nda


@pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR])
def test_who_may_not_edit_reads_the_settings(network: Network, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(network, "departement:62")
    monkeypatch.setattr(session, "actor", lambda: Actor("L. Exemple", role))
    app = opened("reglages")
    assert errors(app) == []
    assert [*app.button, *app.text_input, *app.multiselect, *app.date_input] == []
    assert "CFA Exemple" in words(app)
    assert "Pas-de-Calais (62)" in words(app)


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
