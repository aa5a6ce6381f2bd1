"""Saved views on screen: kept under a name, opened by a door, changed by their author."""

import pytest
from streamlit.testing.v1 import AppTest

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.network import Network
from crm.network.rights import Actor, Role
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import ago, partner
from ui import session


@pytest.fixture
def mine(network: Network) -> Network:
    """The network as the screens' own user works on it, not signed in."""
    return Network(network.store, session.actor())


@pytest.fixture
def theirs(network: Network) -> Network:
    """The same as a colleague works on it."""
    return Network(network.store, Actor("J. Fictif", Role.MANAGER))


def keep(app: AppTest, name: str) -> AppTest:
    """Type a name and press « Enregistrer »."""
    app.text_input(key="views-name").input(name)
    return app.button(key="views-keep").click().run()


def test_what_is_shown_is_kept_under_a_name(network: Network, mine: Network) -> None:
    garage = partner(network, "Garage Fictif")
    app = keep(opened("reseau", autour=garage, couleur="famille"), "Autour du garage")
    assert "Vue « Autour du garage » enregistrée." in words(app)
    (view,) = views.saved(mine)
    assert (view.shared, view.shown_on) == (False, None)
    kept = views.open_view(mine, view.id)
    assert (kept.state.starts, kept.state.colour) == ((garage,), "famille")
    assert set(kept.positions) == {garage}
    assert f'href="/reseau?vue={view.id}">Autour du garage</a>' in words(app)


def test_a_view_of_the_past_keeps_its_date_and_may_be_shared(network: Network, mine: Network) -> None:
    garage = partner(network, "Garage Fictif")
    app = opened("reseau", autour=garage, date=ago(40).isoformat())
    app.checkbox(key="views-shared").check()
    keep(app, "Il y a quarante jours")
    (view,) = views.saved(mine)
    assert (view.shared, view.shown_on) == (True, ago(40))


def test_a_name_already_taken_is_replaced_after_asking(network: Network, mine: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    views.save(mine, "Bassin", CanvasState(starts=(garage,)), {})
    app = keep(opened("reseau", autour=hotel), "Bassin")
    (view,) = views.saved(mine)
    assert views.open_view(mine, view.id).state.starts == (garage,)
    app.button(key="views-replace").click().run()
    assert errors(app) == []
    assert views.open_view(mine, view.id).state.starts == (hotel,)


def test_a_door_opens_the_view_with_its_date(network: Network, mine: Network) -> None:
    garage = partner(network, "Garage Fictif")
    state = CanvasState(starts=(garage,), depth=2)
    id = views.save(mine, "Bassin", state, {garage: (1.0, 2.0)}, shown_on=ago(30)).value
    app = opened("reseau", vue=id)
    assert errors(app) == []
    assert app.query_params["autour"] == garage
    assert app.query_params["profondeur"] == "2"
    assert app.query_params["date"] == ago(30).isoformat()
    assert "vue" not in app.query_params
    assert app.session_state["network-memory"].views.popitem()[1].positions[garage] == (1.0, 2.0)


def test_what_is_gone_from_a_view_is_said(network: Network, mine: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    id = views.save(mine, "Bassin", CanvasState(starts=(garage, hotel)), {}).value
    network.commit("Suppression", lambda unit: unit.delete([hotel]))
    assert "1 élément de cette vue n&#x27;existe plus" in words(opened("reseau", vue=id))


def test_the_private_view_of_another_is_neither_listed_nor_opened(network: Network, theirs: Network) -> None:
    garage = partner(network, "Garage Fictif")
    id = views.save(theirs, "Projet discret", CanvasState(starts=(garage,)), {}).value
    app = opened("reseau", vue=id)
    assert errors(app) == ["Cette vue n'existe pas, ou n'existe plus."]
    assert "Projet discret" not in words(app)
    assert "Projet discret" not in words(opened("partenaires", fiche=id))
    views.share(theirs, id, True)
    assert "Projet discret</a>" in words(opened("reseau"))


def test_its_author_renames_shares_and_deletes_a_view(network: Network, mine: Network) -> None:
    garage = partner(network, "Garage Fictif")
    id = views.save(mine, "Bassin", CanvasState(starts=(garage,)), {}).value
    app = opened("reseau", autour=garage)
    app.text_input(key=f"views-name-{id}").input("Bassin de Lens")
    app.button(key="views-rename").click().run()
    assert [view.name for view in views.saved(mine)] == ["Bassin de Lens"]
    app.button(key="views-share").click().run()
    assert [view.shared for view in views.saved(mine)] == [True]
    app.button(key="views-delete").click().run()
    assert len(views.saved(mine)) == 1
    app.button(key="views-delete-sure").click().run()
    assert views.saved(mine) == []
    assert errors(app) == []


def test_a_view_without_a_name_is_refused_and_nothing_typed_is_lost(network: Network, mine: Network) -> None:
    garage = partner(network, "Garage Fictif")
    app = opened("reseau", autour=garage)
    app.checkbox(key="views-dated").check()
    keep(app, "   ")
    assert errors(app) == ["« Nom » est obligatoire."]
    assert app.checkbox(key="views-dated").value
    assert views.saved(mine) == []
