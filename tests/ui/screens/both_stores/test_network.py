"""« Réseau » draws the same picture, keeps the same links and gives the same files, whatever keeps the network."""

from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from crm.canvas import views
from crm.canvas.building import scene
from crm.canvas.layout import layout
from crm.canvas.scene import Scene
from crm.canvas.state import DEEPEST, CanvasState, Colour, SizeMeaning
from crm.demo import HUB
from crm.documents.whole import whole
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from tests.ui.application import errors, opened
from tests.ui.screens.both_stores.stores import everything, on_both_stores
from tests.ui.screens.conftest import TODAY, ago
from ui import settings
from ui.exports.formats import FORMATS

GARAGE, KEY_PERSON = "org-0002", "pers-0001"
STATES = (
    CanvasState(starts=(HUB,)),
    CanvasState(starts=(HUB,), depth=DEEPEST, colour=Colour.COMMUNITY, size=SizeMeaning.RELAY),
    CanvasState(starts=("epci:246200364",), families_out=frozenset()),
    CanvasState(search="exemple"),
    CanvasState(path=(GARAGE, KEY_PERSON)),
    CanvasState(introduce=GARAGE),
    CanvasState(starts=(KEY_PERSON,), loss=KEY_PERSON),
    CanvasState(starts=(HUB,), depth=2, compare=ago(200)),
)


def shown(network: Network, state: CanvasState) -> Scene:
    """The scene of a state, today."""
    return scene(network, measures(network, TODAY), state)


def say(app: AppTest, **event: object) -> AppTest:
    """Let the canvas send one event."""
    name = app.session_state["network-memory"].name
    app.session_state["network"] = {"said": {"session": name, "queue": [{"seq": 1, **event}]}}
    return app.run()


@on_both_stores
def test_a_scene_has_the_same_nodes_links_and_hidden_counts(network: Network) -> list[str]:
    scenes = [shown(network, state) for state in STATES]
    assert scenes[1].left_out > 0
    assert any(node.hidden for node in scenes[0].nodes)
    return [str(each) for each in scenes]


@on_both_stores
def test_nodes_stand_at_the_same_places_also_when_one_is_expanded(network: Network) -> list[str]:
    around = shown(network, STATES[0])
    far = max(around.nodes, key=lambda node: node.hidden).id
    wider = shown(network, CanvasState(starts=(HUB,), expanded=frozenset({far})))
    placed = layout(around)
    assert set(placed) == {node.id for node in around.nodes}
    return [str(sorted(placed.items())), str(sorted(layout(wider, placed).items()))]


@on_both_stores
def test_the_page_draws_expands_hides_and_lists_in_its_twin(network: Network) -> list[str]:
    found = [*everything(opened("reseau")), *everything(opened("reseau", autour=HUB, fiche=HUB))]
    app = say(opened("reseau", autour=GARAGE), kind="expand", nodes=[GARAGE])
    assert GARAGE in str(app.query_params["deplier"])
    found += everything(app)
    for asked in (
        {"tableau": "1"},
        {"sans": "personne"},
        {"date": ago(200).isoformat()},
        {"depuis": ago(200).isoformat()},
    ):
        found += everything(opened("reseau", autour=HUB, **asked))
    return found


@on_both_stores
def test_a_link_is_drawn_undone_and_done_again(network: Network) -> list[str]:
    one, other = [node.id for node in shown(network, STATES[0]).nodes if node.type == "Organisation"][1:3]

    def ties() -> int:
        return len(network.read(lambda tx: tx.links_of([one])))

    before = ties()
    app = say(opened("reseau", autour=HUB), kind="link", source=one, target=other)
    found = everything(app)
    app.selectbox(key=f"draw-{one}-{other}-way").select("WorksWith-vers").run()
    app.button(key="network-link-add").click().run()
    assert ties() == before + 1
    found += everything(app)
    app.button(key="network-undo").click().run()
    assert ties() == before
    found += everything(app)
    app.button(key="network-redo").click().run()
    assert ties() == before + 1
    found += everything(app)
    app.button(key="network-undo").click().run()
    assert ties() == before
    reasons = [commit.reason for commit in network.read(lambda tx: tx.commits(newest_first=True, limit=4))]
    return [*found, *everything(app), *reasons]


@on_both_stores
def test_a_view_is_private_then_shared(network: Network) -> list[str]:
    app = opened("reseau", autour=GARAGE, couleur="famille")
    app.text_input(key="views-name").input("Autour du garage")
    app.button(key="views-keep").click().run()
    found = everything(app)
    (view,) = (each for each in views.saved(Network(network.store, settings.local_actor())) if each.mine)
    with patch.object(settings, "local_actor", lambda: Actor("J. Fictif", Role.MANAGER)):
        assert errors(opened("reseau", vue=view.id)) == ["Cette vue n'existe pas, ou n'existe plus."]
        found += everything(opened("reseau"))
    app.selectbox(key="views-managed").set_value(view.id).run()
    app.button(key="views-share").click().run()
    found += everything(app)
    with patch.object(settings, "local_actor", lambda: Actor("J. Fictif", Role.MANAGER)):
        theirs = opened("reseau", vue=view.id)
        assert theirs.query_params["autour"] == GARAGE
        found += everything(theirs)
    app.button(key="views-delete").click().run()
    app.button(key="views-delete-sure").click().run()
    return [*found, *everything(app)]


@on_both_stores
def test_a_file_of_the_network_holds_the_same(network: Network) -> list[str]:
    measured = measures(network, TODAY)
    around, everyone = shown(network, STATES[0]), whole(network, measured, 10_000)
    placed = layout(around)
    files = [FORMATS[each](around, placed, "Autour du club").decode() for each in FORMATS]
    return [*files, FORMATS["gexf"](everyone, {}, "Le réseau").decode()]
