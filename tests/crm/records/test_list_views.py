"""What a list shows is kept under a name: its author's alone until shared, and of that list alone."""

import pytest

from crm.canvas import views as canvas_views
from crm.canvas.state import CanvasState
from crm.errors import DuplicateKey, Forbidden, InputError
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import list_views, views

LATE = {"fraicheur": ["à relancer"], "ordre": ["retard"], "colonnes": ["commune", "rang"]}


def colleague(network: Network, role: Role = Role.MANAGER) -> Network:
    return Network(network.store, Actor("J. Fictif", role))


def names(network: Network, page: str) -> list[str]:
    return [each.view.name for each in list_views.saved(network, page)]


def test_a_list_comes_back_as_it_was_narrowed_ordered_and_shown(network: Network) -> None:
    list_views.save(network, "À relancer", "partenaires", LATE)
    (found,) = list_views.saved(network, "partenaires")
    assert (found.view.name, found.view.mine, found.query) == ("À relancer", True, LATE)


def test_each_list_has_its_views_and_the_canvas_its_own(network: Network) -> None:
    state = CanvasState(starts=("org-1",), depth=2)
    list_views.save(network, "Bassin", "partenaires", LATE)
    list_views.save(network, "Bassin", "registre", {"sorte": ["conventions"]})
    canvas_views.save(network, "Bassin", state, {})
    assert names(network, "partenaires") == names(network, "registre") == ["Bassin"]
    (view,) = canvas_views.saved(network)
    assert canvas_views.open_view(network, view.id).state.depth == 2


def test_a_name_is_taken_once_a_list_until_it_is_replaced(network: Network) -> None:
    id = list_views.save(network, "Bassin", "partenaires", LATE).value
    with pytest.raises(DuplicateKey):
        list_views.save(network, "BASSIN", "partenaires", {})
    assert list_views.save(network, "Bassin", "partenaires", {}, replace=True).value == id
    other = list_views.save(network, "Autre", "partenaires", LATE).value
    with pytest.raises(DuplicateKey):
        views.rename(network, other, "bassin")
    views.rename(network, other, "Rang A")
    views.delete(network, id)
    assert names(network, "partenaires") == ["Rang A"]


def test_a_private_view_is_its_authors_alone_until_it_is_shared(network: Network) -> None:
    other = colleague(network)
    id = list_views.save(other, "Cible confidentielle", "partenaires", LATE).value
    assert names(network, "partenaires") == []
    views.share(other, id, True)
    (found,) = list_views.saved(network, "partenaires")
    assert (found.view.author, found.view.mine) == ("J. Fictif", False)


def test_who_may_only_read_keeps_views_for_themselves(network: Network) -> None:
    reader = colleague(network, Role.READER)
    list_views.save(reader, "La mienne", "partenaires", LATE)
    with pytest.raises(Forbidden):
        list_views.save(reader, "Pour tous", "partenaires", LATE, shared=True)


def test_more_than_a_list_can_be_narrowed_by_is_refused(network: Network) -> None:
    with pytest.raises(InputError, match="trop de filtres"):
        list_views.save(network, "Trop", "partenaires", {"texte": ["a" * 30_000]})
