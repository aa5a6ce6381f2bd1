"""GEXF and GraphML hold the whole scene, and whatever names hold they stay readable by any XML parser."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.analytics.freshness import State
from crm.canvas.scene import Positions, Scene
from crm.documents.graph_files import gexf, graphml
from tests.crm.canvas.scenes import ON, link, node, scene

Write = Callable[[Scene, Positions], bytes]


def coloured(shown: Scene, positions: Positions) -> bytes:
    """GEXF in which every node has one colour."""
    return gexf(shown, positions, {node.id: "#12ab9f" for node in shown.nodes})


FORMATS: dict[str, tuple[Write, Callable[..., Any]]] = {
    "gexf": (coloured, nx.read_gexf),
    "graphml": (graphml, nx.read_graphml),
}
ODD = "Fer & « Fils » <b>\x00\x1b\ud800</node>\u202e ]]> \U0001f600"


@pytest.fixture(params=FORMATS)
def written(request: pytest.FixtureRequest) -> Callable[..., "nx.MultiDiGraph[str]"]:
    """Write a scene, then read it back as other software does."""
    write, read = FORMATS[request.param]

    def turn(shown: Scene, positions: Positions | None = None) -> "nx.MultiDiGraph[str]":
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(read(BytesIO(write(shown, positions or {}))))
        return graph

    return turn


Written = Callable[..., "nx.MultiDiGraph[str]"]


def test_nodes_keep_all_that_is_known_of_them(written: Written) -> None:
    shown = Scene(ON, (node("a", "Garage Fictif", State.CHASE)._replace(degree=3, community=2, detail="Lens"),), ())
    attributes = written(shown).nodes["a"]
    expected = {
        "label": "Garage Fictif", "type": "Organisation", "kind": "Entreprise", "family": "entreprise",
        "state": "à relancer", "degree": 3, "community": 2, "detail": "Lens",
    }  # fmt: skip
    assert {name: attributes[name] for name in expected} == expected


def test_links_keep_their_direction_their_words_and_their_twins(written: Written) -> None:
    first = link("a", "b", "l1")._replace(detail="depuis le 12/03/2026", current=False, proofs=2)
    graph = written(replace(scene("ab"), links=(first, link("a", "b", "l2"), link("b", "a", "l3"))))
    assert (graph.number_of_edges("a", "b"), graph.number_of_edges("b", "a")) == (2, 1)
    details = [data for *_, data in graph.edges(data=True) if data.get("detail") == "depuis le 12/03/2026"]
    assert [(d["label"], d["link"], d["current"], d["proofs"]) for d in details] == [
        ("travaille avec", "WorksWith", False, 2)
    ]


def test_positions_go_along_and_gephi_counts_upwards() -> None:
    shown, positions = scene("ab"), {"a": (10.5, -20.0), "gone": (0.0, 0.0)}
    attributes = nx.read_graphml(BytesIO(graphml(shown, positions))).nodes
    assert (attributes["a"]["x"], attributes["a"]["y"]) == (10.5, -20.0)
    assert "x" not in attributes["b"]
    assert b'viz:position x="10.50" y="20.00"' in coloured(shown, positions)


def test_a_name_may_hold_anything(written: Written) -> None:
    graph = written(Scene(ON, (node("a", ODD),), ()))
    assert graph.nodes["a"]["label"] == "Fer & « Fils » <b></node>\u202e ]]> \U0001f600"


@given(st.text(), st.text())
def test_any_text_makes_a_file_that_can_be_read(name: str, detail: str) -> None:
    shown = Scene(ON, (node("a", name)._replace(detail=detail),), (link("a", "a")._replace(detail=detail),))
    for write, read in FORMATS.values():
        assert set(read(BytesIO(write(shown, {}))).nodes) == {"a"}


def test_an_empty_network_is_a_file_too(written: Written) -> None:
    assert len(written(scene([]))) == 0


def test_links_to_what_is_not_shown_are_left_out(written: Written) -> None:
    assert written(scene("a", [("a", "b")])).number_of_edges() == 0
