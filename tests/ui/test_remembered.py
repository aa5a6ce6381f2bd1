"""What a screen keeps is kept with the rights of whom it was made for."""

import re
from datetime import date
from unittest.mock import patch

import pytest

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.measures.measuring import STATES, measures
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


@pytest.mark.parametrize("page", [each.path for each in screens()])
def test_each_page_is_for_each_role_what_it_would_be_had_nobody_looked_before(network: Network, page: str) -> None:
    """A confidential proof and a private view are there to be told."""
    id = partner(network, "Garage Fictif", last=30)
    views.save(Network(network.store, OWNER), SECRET, CanvasState(starts=(id,)), {})
    proof = {
        "title": "Compte rendu",
        "kind": "compte_rendu",
        "confidential": True,
        "url": "https://exemple.test/secret",
    }
    network.commit("Une preuve.", lambda unit: unit.create("Evidence", proof))
    reader, *others = (Actor(f"Test {role}", role) for role in (Role.READER, Role.MANAGER, Role.ADMIN, Role.AUDITOR))
    everyone = [OWNER, reader, *others]  # who may read least looks after one who may more, and before the others
    alone = []
    for actor in everyone:
        STATES.forget()
        alone.append(drawn(page, actor))
    STATES.forget()
    assert [drawn(page, actor) for actor in everyone] == alone


def drawn(page: str, actor: Actor) -> str:
    """All that a page says to someone, but for how long ago."""
    with patch.object(logins, "actor_of", lambda cookie: actor):
        return re.sub(r"à l[^ ]*instant|il y a [^<·,]*|data-made=\"[^\"]*\"", "", words(opened(page)))
