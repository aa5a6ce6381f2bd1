"""The layout keeps what it promises: nothing overlaps, nothing depends on order or ids, what was placed stays."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from math import dist
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.canvas.layout import layout
from crm.canvas.layout_boxes import Boxes, lines, overlaps
from crm.canvas.layout_crossings import crossings
from crm.canvas.layout_order import ordered, pairs
from crm.canvas.scene import Positions, Scene
from tests.crm.canvas.scenes import link, node, scene, star

CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def networks(draw: st.DrawFn) -> Scene:
    """Up to 24 nodes, tied at random, some to nobody, some twice, some to themselves."""
    names = [f"n{rank}" for rank in range(draw(st.integers(1, 24)))]
    ends = st.sampled_from(names)
    ties = draw(st.lists(st.tuples(ends, ends), max_size=40))
    found = scene(names)
    return replace(found, links=tuple(link(a, b, f"l{rank}") for rank, (a, b) in enumerate(ties)))


def overlapping(shown: Scene, positions: Positions) -> int:
    """How many pairs of nodes or labels overlap by more than a rounding error."""
    boxes = Boxes(list(shown.nodes))
    middles = boxes.middles(np.array([positions[each.id] for each in shown.nodes]).reshape(-1, 2))
    in_x, in_y = overlaps(middles, boxes.half_widths, boxes.half_heights)
    return int(((in_x > 1e-3) & (in_y > 1e-3)).sum()) // 2


def tangles(shown: Scene, positions: Positions) -> int:
    """How many pairs of links cross."""
    nodes = ordered(shown)
    ends = np.array(pairs(shown, nodes), dtype=np.intp).reshape(-1, 2)
    return int(crossings(np.array([positions[each.id] for each in nodes]), ends).sum()) // 2


def grid(side: int) -> Scene:
    """Each tied to those above, below and beside."""
    names = [f"{x}{y}" for x in range(side) for y in range(side)]
    return scene(names, [(a, b) for a, b in combinations(names, 2) if int(b) - int(a) in (1, 10)])


def shuffled(shown: Scene, seed: int) -> Scene:
    """The same picture, listed otherwise."""
    random = Random(seed)
    return replace(
        shown,
        nodes=tuple(random.sample(shown.nodes, len(shown.nodes))),
        links=tuple(random.sample(shown.links, len(shown.links))),
    )


@given(networks())
@CALM
def test_every_node_has_a_place_and_nothing_overlaps(shown: Scene) -> None:
    positions = layout(shown)
    assert set(positions) == {each.id for each in shown.nodes}
    assert np.isfinite([*positions.values()]).all()
    assert overlapping(shown, positions) == 0


@given(networks(), st.integers(0, 99))
@CALM
def test_the_order_in_which_nodes_and_links_are_listed_means_nothing(shown: Scene, seed: int) -> None:
    assert layout(shuffled(shown, seed)) == layout(shown)


@given(networks(), st.integers(0, 99))
@CALM
def test_the_values_of_ids_mean_nothing_where_names_tell_nodes_apart(shown: Scene, seed: int) -> None:
    ids = [each.id for each in shown.nodes]
    new = dict(zip(ids, (f"x{n}" for n in Random(seed).sample(range(1000), len(ids))), strict=True))
    renamed = replace(
        shown,
        nodes=tuple(each._replace(id=new[each.id]) for each in shown.nodes),
        links=tuple(each._replace(source=new[each.source], target=new[each.target]) for each in shown.links),
    )
    assert layout(renamed) == {new[id]: position for id, position in layout(shown).items()}


@given(networks(), st.data())
@CALM
def test_what_was_placed_stays_to_the_last_digit_and_what_comes_overlaps_nothing(
    shown: Scene, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from([each.id for each in shown.nodes])))
    fewer = Scene(
        shown.on,
        tuple(each for each in shown.nodes if each.id not in gone),
        tuple(each for each in shown.links if not gone & {each.source, each.target}),
    )
    before = layout(fewer)
    after = layout(shown, before)
    assert {id: after[id] for id in before} == before
    assert overlapping(shown, after) == 0


def test_a_newcomer_stands_near_those_it_is_linked_to() -> None:
    before = layout(grid(5))
    grown = replace(grid(5), nodes=(*grid(5).nodes, node("neuf")), links=(*grid(5).links, link("neuf", "22")))
    after = layout(grown, before)
    nearest = min(before, key=lambda id: dist(before[id], after["neuf"]))
    assert dist(after["neuf"], before["22"]) <= 2.5 * dist(after["neuf"], before[nearest])
    assert dist(after["neuf"], before["22"]) < max(dist(a, b) for a, b in combinations(before.values(), 2)) / 3


def test_positions_of_what_has_gone_are_ignored() -> None:
    assert layout(scene(["a"]), {"a": (3.0, 4.0), "parti": (0.0, 0.0)}) == {"a": (3.0, 4.0)}


@pytest.mark.parametrize("leaves", [1, 2, 30, 299])
def test_what_hangs_on_one_stands_all_around_it(leaves: int) -> None:
    shown = star(leaves)
    positions = layout(shown)
    assert overlapping(shown, positions) == 0
    assert tangles(shown, positions) == 0
    middle = np.mean([at for id, at in positions.items() if id != "moyeu"], axis=0)
    farthest = max(dist(at, positions["moyeu"]) for at in positions.values())
    assert leaves < 3 or dist(middle, positions["moyeu"]) < 0.25 * farthest


def test_whoever_ties_everyone_together_stands_in_the_middle() -> None:
    names = [f"{rank:03}" for rank in range(120)]
    couples = zip(names[::2], names[1::2], strict=True)
    shown = scene(["moyeu", *names], [*((name, "moyeu") for name in names), *couples])
    positions = layout(shown)
    around = np.array([positions[name] for name in names])
    assert (np.abs(around.mean(axis=0) - positions["moyeu"]) < 0.1 * np.ptp(around, axis=0)).all()
    assert tangles(shown, positions) <= 12


@pytest.mark.parametrize(
    "make",
    [
        lambda: grid(4),
        lambda: scene("abcdefgh", zip("abcdefgh", "bcdefgha", strict=True)),
        lambda: scene([f"{n:02}" for n in range(40)], [(f"{(n - 1) // 3:02}", f"{n:02}") for n in range(1, 40)]),
    ],
    ids=["grid", "ring", "tree"],
)
def test_what_can_be_drawn_without_crossings_is(make: Callable[[], Scene]) -> None:
    shown = make()
    assert tangles(shown, layout(shown)) == 0


def test_groups_stand_apart() -> None:
    groups = [[f"{letter}{n}" for n in range(8)] for letter in "abc"]
    inside = [ends for group in groups for ends in combinations(group, 2)]
    shown = scene([id for group in groups for id in group], [*inside, ("a0", "b0"), ("b1", "c1"), ("c2", "a2")])
    positions = layout(shown)
    middles = [np.mean([positions[id] for id in group], axis=0) for group in groups]
    for group, middle in zip(groups, middles, strict=True):
        for id in group:
            nearest = min(middles, key=lambda other: dist(positions[id], other))
            assert nearest is middle


def test_parts_that_nothing_ties_together_do_not_mix() -> None:
    one, other = ["a1", "a2", "a3"], ["b1", "b2", "b3"]
    shown = scene([*one, *other], [("a1", "a2"), ("a2", "a3"), ("b1", "b2"), ("b2", "b3"), ("b3", "b1")])
    positions = layout(shown)
    spans = [np.array([positions[id] for id in part]) for part in (one, other)]
    gaps = np.maximum(spans[0].min(axis=0) - spans[1].max(axis=0), spans[1].min(axis=0) - spans[0].max(axis=0))
    assert gaps.max() > 0


def test_nothing_to_lay_out_is_laid_out() -> None:
    assert layout(scene([])) == {}


def test_twins_that_only_their_ids_tell_apart_have_the_same_places_whoever_is_who() -> None:
    names = [node("a", "Double"), node("b", "Double"), node("m", "Milieu")]
    shown = Scene(scene([]).on, tuple(names), (link("a", "m"), link("b", "m")))
    swapped = replace(shown, nodes=tuple(each._replace(id={"a": "z"}.get(each.id, each.id)) for each in names),
                      links=(link("z", "m"), link("b", "m")))  # fmt: skip
    assert sorted(layout(shown).values()) == sorted(layout(swapped).values())


def test_labels_are_cut_to_two_lines() -> None:
    assert lines("Garage") == ("Garage",)
    long = lines("Communauté d'agglomération imaginaire du bassin de Lens et de ses environs")
    assert len(long) == 2
    assert long[1].endswith("…")
    assert max(map(len, long)) <= 20
    assert max(map(len, lines("A" * 300))) <= 20
