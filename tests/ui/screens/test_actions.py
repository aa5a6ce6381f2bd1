"""« Actions », on « Aujourd'hui »: said in one line, narrowed by the address, ticked off in place."""

from datetime import timedelta
from unittest.mock import patch

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import action_list, actions, register
from crm.records.register import FirstTie
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import TODAY, partner
from ui import logins, session


def filled(network: Network) -> str:
    """An action that is late and mine, about a garage, and one without a day; returns the garage's id."""
    garage = partner(network, "Garage Fictif")
    late = {"title": "Relancer", "owner": session.actor().name, "due_on": (TODAY - timedelta(2)).isoformat()}
    register.create(network, "Action", late, [FirstTie("FollowsUp", garage)])
    actions.create(network, "Visiter", owner="A. Modèle")
    return garage


def test_the_sentence_leads_to_the_list(network: Network) -> None:
    partner(network, "Garage Exemple")
    assert "à faire" not in words(opened())
    filled(network)
    shown = words(opened())
    assert ">2 actions</a> à faire, dont" in shown
    assert ">1 en retard</a>" in shown


def test_the_list_is_what_the_address_asks(network: Network) -> None:
    garage = filled(network)
    everything = words(opened(voir="actions"))
    assert everything.index("Relancer") < everything.index("Visiter")
    for asked in ({"quelles": "miennes"}, {"quelles": "retard"}, {"partenaire": garage}):
        shown = words(opened(voir="actions", **asked))
        assert ("Relancer</a>" in shown, "Visiter</a>" in shown) == (True, False), asked
    assert "Relancer</a>" not in words(opened(voir="actions", quelles="sans-date"))
    assert "Rien à faire ici" in words(opened(voir="actions", quelles="sans-date", partenaire=garage))


def test_an_action_is_ticked_off_in_place(network: Network) -> None:
    filled(network)
    (first, *_) = action_list.open_actions(network)
    app = opened(voir="actions")
    app.button(key=f"action-done-{first.id}").click().run()
    assert errors(app) == []
    assert "Fait : Relancer." in words(app)
    assert [each.action.title for each in action_list.open_actions(network)] == ["Visiter"]


def test_who_may_not_edit_reads_the_list_and_ticks_nothing_off(network: Network) -> None:
    filled(network)
    with patch.object(logins, "actor_of", lambda cookie: Actor("T. Fictif", Role.READER)):
        app = opened(voir="actions")
    assert "Visiter" in words(app)
    assert [each for each in app.button if each.label == "Fait"] == []
