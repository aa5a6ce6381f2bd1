"""What a screen keeps is kept with the rights of whom it was made for."""

from datetime import date
from unittest.mock import patch

import pytest

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from tests.ui.application import opened, words
from tests.ui.screens.conftest import network as network
from tests.ui.screens.conftest import partner
from ui import logins
from ui.remembered import remembered
from ui.screens import screens

OWNER = Actor("M. Fictive", Role.MANAGER)
SECRET = "Cible confidentielle"


def test_nothing_made_for_one_is_given_to_another(network: Network) -> None:
    found, made = measures(network, date(2026, 11, 28)), []
    for actor in (OWNER, OWNER, Actor("M. Fictive", Role.READER), Actor("J. Fictif", Role.MANAGER)):
        with patch.object(logins, "actor_of", lambda cookie, who=actor: who):
            made.append(remembered(found, "sheet", lambda who=actor: who))  # type: ignore[misc]
    assert made == [OWNER, OWNER, Actor("M. Fictive", Role.READER), Actor("J. Fictif", Role.MANAGER)]


@pytest.mark.parametrize("role", list(Role))
def test_a_private_view_drawn_for_its_author_is_drawn_for_no_one_else(network: Network, role: Role) -> None:
    """Each page, with the view's id wherever an address takes one; its author opens each first."""
    state = CanvasState(starts=(partner(network, "Garage Fictif", last=30),))
    id = views.save(Network(network.store, OWNER), SECRET, state, {}).value
    said = [(door.path, {"fiche": id, "vue": id, "autour": id, "presenter": id}) for door in screens()]
    said += [("partenaires", {"fiche": id, "partie": "historique"}), ("reseau", {})]
    seen = []
    for page, address in said:
        with patch.object(logins, "actor_of", lambda cookie: OWNER):
            seen.append(SECRET in words(opened(page, **address)))
        with patch.object(logins, "actor_of", lambda cookie: Actor("J. Fictif", role)):
            app = opened(page, **address)
            assert SECRET not in words(app) + repr(app), page
    assert any(seen)
