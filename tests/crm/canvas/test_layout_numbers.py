"""What the layout computes in arrays is what it would be link by link."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.canvas.layout_boxes import Array, spread
from crm.canvas.layout_crossings import crossings, untangle
from crm.canvas.layout_stress import Pairs, majorize, scaled, shortest

CALM = settings(max_examples=60, deadline=None)
SEEDS = st.integers(0, 10**6)


def random_ties(seed: int, count: int) -> tuple[Pairs, Array]:
    """Links that tie ``count`` nodes together, some more, and where each node stands."""
    random = np.random.default_rng(seed)
    chain = {(rank, rank + 1) for rank in range(count - 1)}
    more = {(min(a, b), max(a, b)) for a, b in random.integers(0, count, (count, 2)).tolist() if a != b}
    return np.array(sorted(chain | more), dtype=np.intp), random.random((count, 2)) * 500


def cross(a: Array, b: Array, c: Array, d: Array) -> bool:
    """Whether segments ab and cd cross, by solving for where their lines meet."""
    along, across = np.linalg.solve(np.column_stack([b - a, c - d]), c - a)
    return bool(0 < along < 1 and 0 < across < 1)


@given(SEEDS, st.integers(3, 12))
@CALM
def test_links_cross_where_segments_meet_but_for_shared_ends(seed: int, count: int) -> None:
    pairs, at = random_ties(seed, count)
    met = [
        (one, other)
        for (one, (a, b)), (other, (c, d)) in combinations(enumerate(pairs.tolist()), 2)
        if not {a, b} & {c, d} and cross(at[a], at[b], at[c], at[d])
    ]
    expected = np.bincount(np.array(met, dtype=np.intp).ravel(), minlength=len(pairs))
    assert crossings(at, pairs).tolist() == expected.tolist()


@given(SEEDS, st.integers(2, 30))
@CALM
def test_distances_are_those_of_the_shortest_ways(seed: int, count: int) -> None:
    pairs, _ = random_ties(seed, count)
    lengths = np.random.default_rng(seed).random(len(pairs)) + 0.5
    graph: nx.Graph[int] = nx.Graph()
    for (a, b), length in zip(pairs.tolist(), lengths.tolist(), strict=True):
        graph.add_edge(a, b, weight=length)
    expected = dict(nx.all_pairs_dijkstra_path_length(graph))
    found = shortest(count, pairs, lengths)
    assert found == pytest.approx(np.array([[expected[a][b] for b in range(count)] for a in range(count)]), rel=1e-5)


def test_a_node_thrown_across_its_picture_comes_back() -> None:
    side = 5
    at = np.array([(x, y) for x in range(side) for y in range(side)]) * 95.0
    pairs = np.argwhere(np.triu(np.abs(at[:, None] - at).sum(axis=2) == 95.0))
    distances = shortest(len(at), pairs, np.full(len(pairs), 95.0))
    thrown = at.copy()
    thrown[0] = at[-1] + [-40.0, -30.0]
    assert crossings(thrown, pairs).sum() > 0
    found = untangle(thrown, pairs, distances)
    assert crossings(found, pairs).sum() == 0
    assert np.hypot(*(found[0] - at[0])) < 95.0 * side / 2


def test_twins_at_the_same_distances_from_all_others_come_apart() -> None:
    couples = 20
    ties = [(0, rank) for rank in range(1, 2 * couples + 1)] + [(r, r + 1) for r in range(1, 2 * couples, 2)]
    pairs = np.array(ties, dtype=np.intp)
    distances = shortest(2 * couples + 1, pairs, np.full(len(pairs), 100.0))
    for found in majorize(scaled(distances, planes=3), distances, 60):
        apart = np.hypot(*(found[1::2] - found[2::2]).T)
        assert (apart > 10).all()


@given(SEEDS, st.integers(1, 30))
@CALM
def test_boxes_thrown_on_one_another_are_spread_until_none_overlaps(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    middles, half = random.random((count, 2)).round(1) * 60, random.random((count, 2)) * 40 + 10
    found = spread(middles, half[:, 0], half[:, 1])
    for a, b in combinations(range(count), 2):
        assert (np.abs(found[a] - found[b]) >= half[a] + half[b] - 1e-5).any()
