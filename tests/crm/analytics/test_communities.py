"""Groups are what a person would draw round the network by hand, whatever ids are and whatever happens elsewhere."""

from itertools import combinations, pairwise

import networkx as nx
from hypothesis import given, settings

from crm.analytics.communities import WHOLE, communities
from crm.analytics.graph import Relations
from graph_schema.snapshot import LinkRow
from tests.crm.analytics.networks import (
    altered,
    link,
    meeting,
    networks,
    new_id,
    organisation,
    person,
    relations,
    renamed,
    works,
)


def clique(*ids: str) -> list[LinkRow]:
    return [link("WorksWith", one, other) for one, other in combinations(ids, 2)]


def numbered(first: int, last: int) -> list[str]:
    return [f"o{number}" for number in range(first, last)]


def grouped(of: Relations) -> set[frozenset[str]]:
    found = communities(of)
    return {frozenset(id for id in found if found[id] == number) for number in set(found.values())}


def two_clubs(bridges: int = 1, extra: tuple[LinkRow, ...] = ()) -> Relations:
    """Two clubs of eight in which everyone works with everyone; a few ties between them."""
    left, right = numbered(0, 8), numbered(8, 16)
    across = [link("PartOf", one, other) for one, other in list(zip(left, right, strict=True))[:bridges]]
    people = [person("p1"), person("p2")]
    rows = [organisation(id) for id in numbered(0, 18)]
    return relations(rows, people, [*clique(*left), *clique(*right), *across, *works("p1", "o3"), *extra])


def test_two_clubs_that_know_each_other_little_are_two_groups() -> None:
    assert grouped(two_clubs()) == {frozenset([*numbered(0, 8), "p1"]), frozenset(numbered(8, 16))}


def test_a_person_is_of_the_group_where_they_work() -> None:
    found = communities(two_clubs(bridges=3))
    assert found["p1"] == found["o3"] != found["o9"]


def test_groups_are_numbered_from_the_largest_and_those_tied_to_nobody_have_none() -> None:
    found = communities(two_clubs())
    assert (found["o0"], found["o8"]) == (0, 1)
    assert not found.keys() & {"o16", "o17", "p2"}


def test_a_tie_elsewhere_changes_nothing_here() -> None:
    extra = (link("PartOf", "o16", "o17"),)
    assert grouped(two_clubs(extra=extra)) == grouped(two_clubs()) | {frozenset(["o16", "o17"])}


def test_a_piece_of_a_dozen_is_one_group_even_as_a_chain() -> None:
    chain = numbered(0, WHOLE)
    links = [link("PartOf", one, other) for one, other in pairwise(chain)]
    assert grouped(relations(map(organisation, chain), links=links)) == {frozenset(chain)}


def test_a_committee_meeting_ties_those_who_attended_it() -> None:
    rows = [organisation(id) for id in ("o1", "o2", "o3")]
    of = relations(rows, engagements=[meeting("o1", 5), meeting("o2", 5)])
    assert grouped(of) == {frozenset(["o1", "o2"])}


def test_the_club_of_zachary_is_divided_as_well_as_the_method_can() -> None:
    club: nx.Graph[int] = nx.convert_node_labels_to_integers(nx.karate_club_graph())
    links = [link("WorksWith", f"o{one}", f"o{other}") for one, other in club.edges]
    found = grouped(relations(map(organisation, numbered(0, 34)), links=links))
    parts = [{int(id[1:]) for id in part} for part in found]
    # 0.4198 is the best there is (Brandes and others, 2008), without weights.
    assert nx.community.modularity(club, parts, weight=None) > 0.41


def test_neither_ids_nor_the_order_of_rows_nor_a_second_run_change_groups() -> None:
    of = two_clubs(bridges=4)
    snapshot = of.snapshot
    turned = altered(
        of,
        organisations=dict(reversed(list(snapshot.organisations.items()))),
        people=dict(reversed(list(snapshot.people.items()))),
        links=tuple(reversed(snapshot.links)),
    )
    assert communities(turned) == communities(of) == communities(two_clubs(bridges=4))
    assert {new_id(id): number for id, number in communities(of).items()} == communities(renamed(of))


@settings(deadline=None)
@given(networks())
def test_renaming_ids_changes_no_group(of: Relations) -> None:
    assert {new_id(id): number for id, number in communities(of).items()} == communities(renamed(of))


@settings(deadline=None)
@given(networks())
def test_whoever_is_tied_is_in_a_group_and_ends_of_a_lone_tie_in_the_same(of: Relations) -> None:
    found = communities(of)
    assert of.ties.keys() <= found.keys()
    for id, ties in of.ties.items():
        others = {tie.target if tie.source == id else tie.source for tie in ties}
        if len(others) == 1 and id not in of.engagements:
            assert found[id] == found[others.pop()]
