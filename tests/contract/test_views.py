"""Saved views on each store: kept whole, listed to whom they are for, and told to nobody else by any reading."""

from datetime import date

import pytest

from crm.canvas import views
from crm.canvas.state import CanvasState, Colour
from crm.errors import NotFound
from crm.ledger.versions import versions
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records.search import search
from crm.records.sheet import sheet
from crm.store.protocol import Store

DAY = date(2026, 11, 20)


@pytest.fixture
def mine(store: Store) -> Network:
    """The network as its author works on it, with one organisation."""
    network = Network(store, Actor("C. Exemple", Role.MANAGER))
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    return network


@pytest.fixture
def theirs(mine: Network) -> Network:
    """The same network as a colleague works on it."""
    return Network(mine.store, Actor("J. Fictif", Role.MANAGER))


def test_a_view_opens_as_it_was_kept(mine: Network) -> None:
    state = CanvasState(starts=("org-1", "commune:62498"), depth=2, colour=Colour.COMMUNITY)
    id = views.save(mine, "Bassin de Lens", state, {"org-1": (12.34, -56.0)}, shown_on=DAY).value
    opened = views.open_view(mine, id)
    assert opened.state == state
    assert opened.positions == {"org-1": (12.3, -56.0)}
    assert opened.view == views.SavedView(id, "Bassin de Lens", "C. Exemple", False, DAY, True)
    assert opened.notice == ""


def test_nothing_tells_a_private_view_to_others(mine: Network, theirs: Network) -> None:
    id = views.save(mine, "Projet discret", CanvasState(starts=("org-1",)), {}).value
    assert views.saved(theirs) == []
    assert search(theirs, "discret") == []
    assert versions(theirs, id) == []
    for read in (lambda: views.open_view(theirs, id), lambda: sheet(theirs, id, DAY)):
        with pytest.raises(NotFound):
            read()
    reasons = [commit.reason for commit in theirs.read(lambda tx: tx.commits())]
    assert not any("discret" in reason for reason in reasons)


def test_a_shared_view_is_for_everyone(mine: Network, theirs: Network) -> None:
    id = views.save(mine, "Comités du Pas-de-Calais", CanvasState(starts=("org-1",)), {}, shared=True).value
    (view,) = views.saved(theirs)
    assert (view.id, view.shared, view.mine, view.author) == (id, True, False, "C. Exemple")
    assert views.open_view(theirs, id).state.starts == ("org-1",)
    views.share(mine, id, False)
    assert views.saved(theirs) == []
