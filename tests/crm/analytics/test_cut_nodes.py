import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from crm.analytics.cut_nodes import CutTree

EDGES = st.lists(st.tuples(st.integers(0, 9).map(str), st.integers(0, 9).map(str)), max_size=20)
COUNTED = st.sets(st.integers(1, 9).map(str))


def lost(graph: "nx.Graph[str]", without: "nx.Graph[str]", counted: set[str]) -> set[str]:
    """The counted nodes that the root « 0 » reaches in one graph and not in the other."""
    reached, still = (set(nx.single_source_shortest_path_length(each, "0")) for each in (graph, without))
    return (reached - still) & counted


def test_all_that_follows_on_a_chain_hangs_on_each_of_its_nodes() -> None:
    tree = CutTree(nx.path_graph(["us", "a", "b", "c"]), "us", {"b", "c"})
    assert {node: set(others) for node, others in tree.cut_nodes()} == {"a": {"b", "c"}, "b": {"c"}}
    assert {(near, far, len(beyond)) for near, far, beyond in tree.bridges()} == {("a", "b", 2), ("b", "c", 1)}


def test_nothing_hangs_on_one_node_of_a_ring() -> None:
    tree = CutTree(nx.cycle_graph(["us", "a", "b", "c"]), "us", {"a", "b", "c"})
    assert list(tree.cut_nodes()) == []
    assert list(tree.bridges()) == []


@given(EDGES, COUNTED)
def test_what_hangs_on_a_node_is_what_its_removal_loses(edges: list[tuple[str, str]], counted: set[str]) -> None:
    graph: nx.Graph[str] = nx.Graph([edge for edge in edges if edge[0] != edge[1]])
    graph.add_node("0")
    found = {node: set(others) for node, others in CutTree(graph, "0", counted).cut_nodes()}
    for node in set(graph) - {"0"}:
        without = graph.copy()
        without.remove_node(node)
        assert found.get(node, set()) == lost(graph, without, counted) - {node}


@given(EDGES, COUNTED)
def test_bridges_are_the_links_whose_removal_loses_something(edges: list[tuple[str, str]], counted: set[str]) -> None:
    graph: nx.Graph[str] = nx.Graph([edge for edge in edges if edge[0] != edge[1]])
    graph.add_node("0")
    found = {frozenset((near, far)): set(beyond) for near, far, beyond in CutTree(graph, "0", counted).bridges()}
    for one, other in graph.edges:
        without = graph.copy()
        without.remove_edge(one, other)
        expected = set() if "0" in (one, other) else lost(graph, without, counted)
        assert found.get(frozenset((one, other)), set()) == expected
