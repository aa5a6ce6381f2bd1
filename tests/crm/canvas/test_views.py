"""Saved views: names, rights, and what becomes of a view when the network has moved on."""

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.errors import DuplicateKey, Forbidden, InputError, NotFound
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork

STATE = CanvasState(starts=("org-1",), expanded=frozenset({"org-2/WorksWith"}), pinned=frozenset({"org-2"}))


@pytest.fixture(autouse=True)
def two_partners(network: Network) -> None:
    """Two organisations of which the views speak."""

    def work(unit: UnitOfWork) -> None:
        unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1")
        unit.create("Organisation", {"name": "Hôtel Fictif"}, id="org-2")

    network.commit("Saisie", work)


def other(network: Network, role: Role = Role.MANAGER) -> Network:
    """The network as a colleague works on it."""
    return Network(network.store, Actor("J. Fictif", role))


def store_content(network: Network, id: str, content: str) -> None:
    """Give a view any content, as another version of the software might have."""
    network.commit("Ailleurs", lambda unit: unit.update(id, {"content": content}))


def test_a_name_already_taken_is_replaced_only_when_asked(network: Network) -> None:
    id = views.save(network, "Bassin", STATE, {}).value
    with pytest.raises(DuplicateKey, match="déjà une vue « BASSIN »") as told:
        views.save(network, "BASSIN", replace(STATE, depth=2), {})
    assert told.value.existing == id
    assert views.save(network, "BASSIN", replace(STATE, depth=2), {}, replace=True).value == id
    assert [view.name for view in views.saved(network)] == ["BASSIN"]
    assert views.open_view(network, id).state.depth == 2


def test_two_colleagues_may_use_one_name(network: Network) -> None:
    views.save(network, "Bassin", STATE, {}, shared=True)
    views.save(other(network), "Bassin", STATE, {}, shared=True)
    assert [(view.name, view.mine) for view in views.saved(network)] == [("Bassin", True), ("Bassin", False)]


def test_a_view_is_renamed_unless_the_name_is_taken(network: Network) -> None:
    first = views.save(network, "Bassin", STATE, {}).value
    second = views.save(network, "Comité", STATE, {}).value
    with pytest.raises(DuplicateKey):
        views.rename(network, second, "bassin")
    views.rename(network, first, "BASSIN de Lens")
    views.rename(network, first, "Bassin de Lens")
    assert [view.name for view in views.saved(network)] == ["Bassin de Lens", "Comité"]


def test_a_reader_keeps_views_and_shares_none(network: Network) -> None:
    reader = other(network, Role.READER)
    id = views.save(reader, "La mienne", STATE, {}).value
    views.rename(reader, id, "Toujours la mienne")
    with pytest.raises(Forbidden):
        views.share(reader, id, True)
    with pytest.raises(Forbidden):
        views.save(reader, "Pour tous", STATE, {}, shared=True)
    with pytest.raises(Forbidden):
        views.save(reader, "Toujours la mienne", STATE, {}, shared=True, replace=True)
    views.delete(reader, id)
    assert views.saved(reader) == []


def test_the_view_of_another_is_opened_not_changed(network: Network) -> None:
    manager = other(network)
    id = views.save(manager, "Bassin", STATE, {}, shared=True).value
    third = Network(network.store, Actor("M. Modèle", Role.MANAGER))
    with pytest.raises(Forbidden, match=r"est à J\. Fictif"):
        views.rename(third, id, "X")
    with pytest.raises(Forbidden, match=r"est à J\. Fictif"):
        views.delete(third, id)
    views.delete(network, id)
    with pytest.raises(NotFound):
        views.open_view(manager, id)


def test_an_administrator_does_not_reach_private_views(network: Network) -> None:
    id = views.save(other(network), "Discrète", STATE, {}).value
    with pytest.raises(NotFound):
        views.delete(network, id)
    assert len(views.saved(other(network))) == 1


def test_what_has_gone_since_is_dropped_and_said(network: Network) -> None:
    state = replace(STATE, starts=("org-1", "org-2", "commune:62498"), path=("org-1", "org-2"), loss="org-2")
    id = views.save(network, "Bassin", state, {"org-1": (0.0, 0.0), "org-2": (1.0, 1.0)}).value
    network.commit("Suppression", lambda unit: unit.delete(["org-2"]))
    opened = views.open_view(network, id)
    assert opened.state == CanvasState(starts=("org-1", "commune:62498"))
    assert set(opened.positions) == {"org-1"}
    assert opened.notice == "1 élément de cette vue n'existe plus : il est laissé de côté."


def test_a_type_of_link_removed_since_is_dropped_and_said(network: Network) -> None:
    id = views.save(network, "Bassin", STATE, {}).value
    content = '{"state":{"starts":["org-1"],"expanded":["org-1/Sponsors"],"links_out":["Sponsors"],"theme":"x"}}'
    store_content(network, id, content)
    opened = views.open_view(network, id)
    assert opened.state == CanvasState(starts=("org-1",))
    assert "« Sponsors »" in opened.notice
    assert "1 élément de cette vue n'existe plus" in opened.notice


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "3", '{"state":3,"positions":[1]}', "[" * 5000])
def test_an_unreadable_view_opens_empty_and_says_so(network: Network, content: str) -> None:
    id = views.save(network, "Bassin", STATE, {}).value
    store_content(network, id, content)
    opened = views.open_view(network, id)
    assert (opened.state, dict(opened.positions)) == (CanvasState(), {})
    assert opened.notice == "Cette vue est illisible : elle s'ouvre vide."


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    )
)
def test_any_positions_are_read_or_left_out(network: Network, positions: object) -> None:
    places = views._places(positions).values()
    assert all(abs(x) <= 1e6 and abs(y) <= 1e6 for x, y in places)


def test_what_cannot_be_a_view_is_refused_in_one_sentence(network: Network) -> None:
    crowd = CanvasState(starts=tuple(f"org-{number:080}" for number in range(2500)))
    for name, state, places, words in (
        ("", STATE, {}, "« Nom » est obligatoire"),
        ("N" * 121, STATE, {}, "trop long"),
        ("Vide", CanvasState(), {}, "rien à enregistrer"),
        ("Loin", STATE, {"org-1": (float("nan"), 0.0)}, "positions illisibles"),
        ("Foule", crowd, {}, "trop grande"),
    ):
        with pytest.raises(InputError, match=words):
            views.save(network, name, state, places)
    assert views.saved(network) == []


def test_the_journal_names_no_view(network: Network) -> None:
    views.save(network, "Discrète", STATE, {})
    views.save(network, "Pour tous", STATE, {}, shared=True)
    reasons = [commit.reason for commit in network.read(lambda tx: tx.commits(after=1))]
    assert reasons == ["Vue privée enregistrée", "Vue partagée enregistrée"]


def test_a_view_keeps_the_camera_that_is_one(network: Network) -> None:
    id = views.save(network, "De près", STATE, {}, camera=(12.5, -3.0, 1.7)).value
    assert views.open_view(network, id).camera == (12.5, -3.0, 1.7)
    for camera in (None, (0.0, 0.0, 0.0), (0.0, math.nan, 1.0)):
        views.save(network, "De près", STATE, {}, camera=camera, replace=True)
        assert views.open_view(network, id).camera is None
