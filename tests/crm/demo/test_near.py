"""Near a record the demonstration network says what it says as a whole."""

from crm.analytics.activity import activity_of
from crm.analytics.freshness import freshness_of
from crm.analytics.graph import Relations, build
from crm.analytics.introductions import introduce
from crm.measures import snapshots
from crm.network import Network
from tests.crm.demo.conftest import ON


def near(demo: Network, id: str, depth: int, limit: int = 2000) -> tuple[Relations, frozenset[str]]:
    """What is near an organisation or a person, and who is at the edge of it."""
    snapshot, edge = demo.read(lambda tx: snapshots.near(tx, [id], ON, depth, limit))
    return build(snapshot), edge


def test_everyone_near_is_as_fresh_and_as_active_as_in_the_whole_network(demo: Network, relations: Relations) -> None:
    for id in relations.snapshot.organisations:
        around, _ = near(demo, id, 1)
        for each in around.snapshot.organisations:
            assert activity_of(around, each) == activity_of(relations, each)
        for each in (*around.snapshot.organisations, *around.snapshot.people):
            assert freshness_of(around, each) == freshness_of(relations, each)


def test_ways_found_near_are_the_first_of_those_of_the_whole_network(demo: Network, relations: Relations) -> None:
    certain = 0
    for id in relations.snapshot.organisations:
        for depth in (1, 2, 4):
            around, edge = near(demo, id, depth)
            found = introduce(around, id, edge=edge)
            assert found == introduce(relations, id)[: len(found)]
            certain += len(found)
    assert certain > len(relations.snapshot.organisations)


def test_ways_stay_right_where_the_limit_leaves_some_out(demo: Network, relations: Relations) -> None:
    for id in list(relations.snapshot.organisations)[::5]:
        around, edge = near(demo, id, 2, limit=20)
        found = introduce(around, id, edge=edge)
        assert found == introduce(relations, id)[: len(found)]
