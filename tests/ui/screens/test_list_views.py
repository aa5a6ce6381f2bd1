"""A list is kept under a name as it is shown, and opened again from where it is."""

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import list_views, views
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import partner
from ui import session


@pytest.fixture
def mine(network: Network) -> Network:
    """The network as the screens' own user works on it, not signed in."""
    return Network(network.store, session.actor())


def with_views(page: str, **said: str | list[str]) -> AppTest:
    """A list with its menu of views open."""
    app = opened(page, **said)
    app.session_state["list-views"] = True
    return app.run()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("partenaires", {"rang": ["A"], "ordre": ["retard"], "colonnes": ["commune", "rang"]}),
        ("registre", {"sorte": ["conventions"], "inverse": ["oui"], "colonnes": ["finit-le"]}),
    ],
)
def test_a_list_is_kept_as_its_address_says_it(
    network: Network, mine: Network, page: str, said: dict[str, list[str]]
) -> None:
    garage = partner(network, "Garage Fictif", tier="A")
    app = with_views(page, **said, fiche=garage, lignes="200")
    app.text_input(key="views-name").input("À suivre")
    app.button(key="views-keep").click().run()
    assert errors(app) == []
    (found,) = list_views.saved(mine, page)
    assert (found.view.name, found.view.shared, found.query) == ("À suivre", False, said)
    assert ">À suivre</a>" in words(with_views(page))


def test_only_the_columns_chosen_are_shown(network: Network) -> None:
    partner(network, "Garage Fictif", tier="A")
    shown = words(opened("partenaires", colonnes=["rang"]))
    assert 'class="tier"' in shown
    assert 'class="town"' not in shown
    assert "Garage Fictif</a>" in shown


def test_the_private_view_of_another_is_not_offered_and_a_shared_one_is(network: Network) -> None:
    theirs = Network(network.store, Actor("J. Fictif", Role.MANAGER))
    id = list_views.save(theirs, "Projet discret", "partenaires", {"rang": ["A"]}).value
    assert "Projet discret" not in words(with_views("partenaires"))
    views.share(theirs, id, True)
    assert 'href="/partenaires?rang=A">Projet discret</a>' in words(with_views("partenaires"))


def test_its_author_renames_and_deletes_a_view(network: Network, mine: Network) -> None:
    id = list_views.save(mine, "Bassin", "partenaires", {"rang": ["A"]}).value
    app = with_views("partenaires")
    app.text_input(key=f"views-name-{id}").input("Bassin de Lens")
    app.button(key="views-rename").click().run()
    assert [each.view.name for each in list_views.saved(mine, "partenaires")] == ["Bassin de Lens"]
    app.button(key="views-delete").click().run()
    app.button(key="views-delete-sure").click().run()
    assert list_views.saved(mine, "partenaires") == []
