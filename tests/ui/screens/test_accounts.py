"""« Comptes », in « Réglages »: administrators list, add, change and remove accounts; nobody else sees them."""

from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.network.rights import Actor, Role
from tests.ui.application import errors, opened, words
from ui import accounts, logins

PASSWORD, OTHER = "un mot de passe assez long", "un autre mot de passe"


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def test_an_account_is_added_and_listed(network: Network) -> None:
    app = opened("reglages")
    assert "Aucun compte" in words(app)
    app.text_input(key="account-name").input("N. Fictive")
    app.selectbox(key="account-role").set_value(Role.AUDITOR)
    app.text_input(key="account-password").input("court")
    assert "12 caractères" in errors(press(app, "Ajouter le compte"))[0]
    assert accounts.accounts() == {}
    app.text_input(key="account-password").input(PASSWORD)
    app = press(app, "Ajouter le compte")
    assert errors(app) == []
    assert "Compte de N. Fictive ajouté." in words(app)
    assert "<td>Auditeur</td>" in words(app)
    found = accounts.recognise("N. Fictive", PASSWORD)
    assert found is not None
    assert found.role is Role.AUDITOR
    assert PASSWORD not in [each.value for each in app.text_input]


def test_an_account_is_given_a_role_a_password_and_removed(network: Network) -> None:
    accounts.add("A. Exemple", Role.ADMIN, PASSWORD)
    accounts.add("N. Fictive", Role.READER, PASSWORD)
    app = opened("reglages")
    app.selectbox(key="account-which").set_value("N. Fictive").run()
    app.selectbox(key="account-new-role-N. Fictive").set_value(Role.MANAGER)
    assert errors(press(app, "Changer son rôle")) == []
    assert accounts.accounts()["N. Fictive"].role is Role.MANAGER
    app.text_input(key="account-new-password-N. Fictive").input(OTHER)
    assert errors(press(app, "Donner ce mot de passe")) == []
    assert accounts.recognise("N. Fictive", OTHER) is not None
    assert errors(press(app, "Supprimer")) == []
    assert list(accounts.accounts()) == ["A. Exemple"]
    app.selectbox(key="account-which").set_value("A. Exemple").run()
    assert "dernier administrateur" in errors(press(app, "Supprimer"))[0]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_no_other_role_sees_them(network: Network, role: Role) -> None:
    accounts.add("N. Fictive", Role.READER, PASSWORD)
    with patch.object(logins, "actor_of", lambda cookie: Actor("T. Fictif", role)):
        shown = words(opened("reglages"))
    assert "Comptes" not in shown
    assert "N. Fictive" not in shown
