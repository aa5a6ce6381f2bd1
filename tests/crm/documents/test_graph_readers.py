"""Our graph files are read whole by software that others wrote: igraph, rustworkx, NetworkX, graphology and Gephi."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph  # type: ignore[import-untyped]
import networkx as nx
import pytest
import rustworkx

from crm.analytics.freshness import State
from crm.canvas.scene import Scene
from crm.demo import fill
from crm.documents.graph_files import gexf, graphml
from crm.documents.whole import whole
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.crm.canvas.scenes import ON, link, node, scene
from tests.graph_readers import gephi, graphology

COLOUR = "#12ab9f"
GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"

# igraph says that it keeps our ids of links rather than its own, which is what we want.
pytestmark = pytest.mark.filterwarnings("ignore:Could not add edge ids:RuntimeWarning")


@pytest.fixture(scope="module", autouse=True)
def graphology_there() -> None:
    """Graphology is a matter of npm: where that is missing these tests are skipped, or fail under CI."""
    try:
        graphology.installed()
    except graphology.Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def gephi_there() -> None:
    """Gephi is a matter of Java and Maven: where they are missing its tests are skipped, or fail under CI."""
    try:
        gephi.java()
        gephi.jar()
    except gephi.Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """All that leaves of the demonstration."""
    store = open_store(str(tmp_path_factory.mktemp("demonstration") / "demo.db"))
    network = Network(store, Actor("Essai", Role.ADMIN))
    fill(network, on=ON)
    yield whole(network, measures(network, ON), 2**31)
    store.close()


def twins() -> Scene:
    """Two twin links, one of them over, and one back; a position and a community for one node only."""
    nodes = (node("a", "Fer & « Fils » été", State.CHASE)._replace(community=2, degree=3), node("b", "Œuvre <b>"))
    over = link("a", "b", "l2")._replace(
        current=False, proofs=2, valid_from=date(2025, 1, 5), valid_to=date(2026, 2, 3)
    )
    return Scene(ON, nodes, (link("a", "b", "l1")._replace(valid_from=date(2024, 5, 6)), over, link("b", "a", "l3")))


def written(shown: Scene, folder: Path, ending: str) -> Path:
    """The file of a scene, every node in one colour."""
    file = folder / f"réseau.{ending}"
    positions = {"a": (10.5, -20.0)}
    colours = {each.id: COLOUR for each in shown.nodes}
    file.write_bytes(gexf(shown, positions, colours) if ending == "gexf" else graphml(shown, positions))
    return file


Found = tuple[dict[str, str], Counter[tuple[str, str, str]]]
"""The names of nodes by id; the id and both ends of each link."""


def of_scene(shown: Scene) -> Found:
    """What a reader should find."""
    return {n.id: n.caption for n in shown.nodes}, Counter((e.id, e.source, e.target) for e in shown.links)


def of_graphology(file: Path) -> Found:
    """What graphology finds."""
    graph = graphology.read(file)
    links = Counter((each["key"], each["source"], each["target"]) for each in graph["edges"])
    return {each["key"]: each["attributes"]["label"] for each in graph["nodes"]}, links


def of_networkx(file: Path) -> Found:
    """What NetworkX finds; in a GraphML without twin links its edges have no key, but their id."""
    graph = nx.read_gexf(file) if file.suffix == ".gexf" else nx.read_graphml(file, force_multigraph=True)
    links = Counter((data["id"], source, target) for source, target, data in graph.edges(data=True))
    return dict(graph.nodes(data="label")), links


def of_igraph(file: Path) -> Found:
    """What igraph finds."""
    graph = igraph.Graph.Read_GraphML(str(file))
    ids = graph.vs["id"]
    links = Counter((each["id"], ids[each.source], ids[each.target]) for each in graph.es)
    return dict(zip(ids, graph.vs["label"], strict=True)), links


def of_rustworkx(file: Path) -> Found:
    """What rustworkx finds."""
    (graph,) = rustworkx.read_graphml(str(file))
    nodes: Any = graph.nodes()
    edges: Any = graph.weighted_edge_list()
    links = Counter((data["id"], nodes[source]["id"], nodes[target]["id"]) for source, target, data in edges)
    return {each["id"]: each["label"] for each in nodes}, links


def of_gephi(file: Path) -> Found:
    """What Gephi finds, without a word against the file."""
    graph = gephi.read(file)
    assert graph["issues"] == ["INFO: GEXF version 1.3"]
    links = Counter((each["id"], each["source"], each["target"]) for each in graph["edges"])
    return {each["id"]: each["label"] for each in graph["nodes"]}, links


READERS = {
    "gexf": (of_graphology, of_networkx),
    "graphml": (of_graphology, of_networkx, of_igraph, of_rustworkx),
}


@pytest.mark.parametrize("ending", READERS)
def test_every_reader_finds_every_node_and_link_of_the_demonstration(
    demonstration: Scene, tmp_path: Path, ending: str
) -> None:
    file = written(demonstration, tmp_path, ending)
    assert len(demonstration.nodes) > 900
    for read in READERS[ending]:
        assert read(file) == of_scene(demonstration), read.__name__


@pytest.mark.usefixtures("gephi_there")
def test_gephi_opens_the_whole_demonstration(demonstration: Scene, tmp_path: Path) -> None:
    assert of_gephi(written(demonstration, tmp_path, "gexf")) == of_scene(demonstration)


@pytest.mark.usefixtures("gephi_there")
def test_gephi_draws_what_we_drew_and_plays_when_each_link_held(tmp_path: Path) -> None:
    graph = gephi.read(written(twins(), tmp_path, "gexf"))
    first = next(each for each in graph["nodes"] if each["id"] == "a")
    assert (first["label"], first["type"], first["degree"]) == ("Fer & « Fils » été", "Organisation", 3)
    assert (first["x"], first["y"], first["colour"]) == (10.5, 20.0, COLOUR)
    assert first["size"] > 1
    spells = {each["id"]: [[_day(end) for end in spell] for spell in each["spells"]] for each in graph["edges"]}
    assert spells == {"l1": [[date(2024, 5, 6), None]], "l2": [[date(2025, 1, 5), date(2026, 2, 3)]], "l3": []}
    assert {each["kind"] for each in graph["edges"]} == {"WorksWith"}


def _day(instant: int | None) -> date | None:
    return None if instant is None else datetime.fromtimestamp(instant / 1000, UTC).date()


@pytest.mark.parametrize("ending", READERS)
def test_every_reader_keeps_twin_links_apart(tmp_path: Path, ending: str) -> None:
    file = written(twins(), tmp_path, ending)
    for read in READERS[ending]:
        assert read(file) == of_scene(twins()), read.__name__


def test_graphml_keys_have_one_id_each_and_truths_are_those_of_xml(tmp_path: Path) -> None:
    file = written(twins(), tmp_path, "graphml")
    text = file.read_text(encoding="utf-8")
    keys = [each.attrib for each in ElementTree.fromstring(text) if each.tag.endswith("key")]
    ids = [each["id"] for each in keys]
    assert ids == [f"d{rank}" for rank in range(len(ids))]
    assert {"label", "kind", "degree", "current", "id", "valid_from"} <= {each["attr.name"] for each in keys}
    assert ("True" in text, ">true<" in text, ">false<" in text) == (False, True, True)
    (read,) = rustworkx.read_graphml(str(file))
    found: Any = read.edges()
    assert [each["current"] for each in found] == [True, False, True]


@pytest.mark.parametrize("ending", READERS)
def test_an_attribute_is_of_one_type_and_never_a_list(tmp_path: Path, ending: str) -> None:
    file = written(twins(), tmp_path, ending)
    first, second = (each["attributes"] for each in graphology.read(file)["nodes"])
    assert (first["degree"], first["community"], "community" in second) == (3, 2, False)
    graph = nx.read_gexf(file) if ending == "gexf" else nx.read_graphml(file)
    held = [data for _, data in graph.nodes(data=True)] + [data for *_, data in graph.edges(data=True)]
    for name in {name for data in held for name in data} - {"viz"}:
        (kept,) = {type(data[name]) for data in held if name in data}
        assert kept in (str, int, float, bool), name


def test_gexf_says_the_look_the_place_and_how_long_each_link_holds(tmp_path: Path) -> None:
    file = written(twins(), tmp_path, "gexf")
    root = ElementTree.parse(file).getroot()
    assert root is not None
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    first, second = graph.iter(f"{GEXF}node")
    look = {each.tag.removeprefix(VIZ): each.attrib for each in first if each.tag.startswith(VIZ)}
    assert look["color"] == {"r": "18", "g": "171", "b": "159"}
    assert look["position"] == {"x": "10.50", "y": "20.00", "z": "0"}
    assert float(look["size"]["value"]) > 0
    assert second.find(f"{VIZ}position") is None
    held = {each.get("id"): (each.get("start"), each.get("end")) for each in graph.iter(f"{GEXF}edge")}
    assert held == {"l1": ("2024-05-06", None), "l2": ("2025-01-05", "2026-02-03"), "l3": (None, None)}
    assert {each.get("kind") for each in graph.iter(f"{GEXF}edge")} == {"WorksWith"}
    assert "None" not in file.read_text(encoding="utf-8")


def test_the_demonstration_has_links_with_and_without_a_beginning(demonstration: Scene) -> None:
    assert {each.valid_from is None for each in demonstration.links} == {True, False}


def test_measures_of_a_file_are_the_same_in_two_libraries(tmp_path: Path) -> None:
    shown = scene("abcdef", [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("b", "f")])
    file = written(shown, tmp_path, "graphml")
    read = igraph.Graph.Read_GraphML(str(file)).as_undirected()
    here = nx.betweenness_centrality(nx.Graph(nx.read_graphml(file)), normalized=False)
    for id, between in zip(read.vs["id"], read.betweenness(), strict=True):
        assert math.isclose(between, here[id])


@pytest.mark.parametrize("ending", READERS)
def test_an_empty_network_is_a_file_for_them_too(tmp_path: Path, ending: str) -> None:
    file = written(replace(twins(), nodes=(), links=()), tmp_path, ending)
    for read in READERS[ending][:2]:
        assert read(file) == ({}, Counter())
