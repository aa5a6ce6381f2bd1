"""Links at a date, and what surrounds a record."""

from datetime import date

from crm.store.protocol import Neighbourhood, Store
from graph_schema.records import LinkRecord, NodeRecord
from tests.contract.samples import link, organisation, person, save

DATED = (
    link("l1", "WorksFor", "p1", "o1"),
    link("l2", "WorksFor", "p1", "o2", valid_from="2025-01-01"),
    link("l3", "WorksFor", "p2", "o1", valid_to="2024-12-31"),
    link("l4", "WorksWith", "o1", "o2", valid_from="2024-06-01", valid_to="2025-06-30"),
)


def dated(store: Store) -> None:
    """Two people and two organisations, tied at various times."""
    save(store, organisation("o1"), organisation("o2"), person("p1"), person("p2"), *DATED)


def ids(links: list[LinkRecord]) -> list[str]:
    """Their ids, in order."""
    return [record.id for record in links]


def test_links_are_found_from_either_end_each_once(store: Store) -> None:
    dated(store)
    assert store.read(lambda tx: tx.links_of(["o1"])) == [DATED[0], DATED[2], DATED[3]]
    assert store.read(lambda tx: ids(tx.links_of(["p2"]))) == ["l3"]
    assert store.read(lambda tx: ids(tx.links_of(["o2", "o1", "o1"]))) == ["l1", "l2", "l3", "l4"]
    assert store.read(lambda tx: tx.links_of([])) == []


def test_links_may_be_asked_for_by_type(store: Store) -> None:
    dated(store)
    assert store.read(lambda tx: ids(tx.links_of(["o1"], types=["WorksWith", "Knows"]))) == ["l4"]
    assert store.read(lambda tx: tx.links_of(["o1"], types=[])) == []


def test_both_days_of_a_validity_are_included_and_open_ends_are_endless(store: Store) -> None:
    dated(store)
    expected = {
        "1990-01-01": ["l1", "l3"],
        "2024-05-31": ["l1", "l3"],
        "2024-06-01": ["l1", "l3", "l4"],
        "2024-12-31": ["l1", "l3", "l4"],
        "2025-01-01": ["l1", "l2", "l4"],
        "2025-06-30": ["l1", "l2", "l4"],
        "2025-07-01": ["l1", "l2"],
    }
    for day, links in expected.items():
        on = date.fromisoformat(day)
        assert store.read(lambda tx, on=on: ids(tx.links_of(["o1", "o2"], on=on))) == links, day  # type: ignore[misc]


def test_a_link_from_a_node_to_itself_comes_once(store: Store) -> None:
    save(store, organisation("o1"), link("l1", "PartOf", "o1", "o1"))
    assert store.read(lambda tx: ids(tx.links_of(["o1"]))) == ["l1"]
    assert store.read(lambda tx: summary(tx.neighbourhood(["o1"], 2))) == (["o1"], ["l1"], {})


def chain(store: Store) -> None:
    """o1 – o2 – o3 – o4, and o5 beside them."""
    nodes = [organisation(f"o{n}", f"Nom {9 - n}") for n in range(1, 6)]
    save(store, *nodes, *(link(f"l{n}", "WorksWith", f"o{n}", f"o{n + 1}") for n in (1, 2, 3)))


def summary(around: Neighbourhood) -> tuple[list[str], list[str], dict[str, int]]:
    """Ids of nodes and links, in order, and the hidden counts."""
    return [n.id for n in around.nodes], ids(around.links), around.hidden


def test_a_neighbourhood_reaches_as_far_as_its_depth(store: Store) -> None:
    chain(store)
    expected = [
        (["o2"], []),
        (["o2", "o1", "o3"], ["l1", "l2"]),
        (["o2", "o1", "o3", "o4"], ["l1", "l2", "l3"]),
        (["o2", "o1", "o3", "o4"], ["l1", "l2", "l3"]),
    ]
    for depth, (nodes, links) in enumerate(expected):
        assert store.read(lambda tx, depth=depth: summary(tx.neighbourhood(["o2"], depth))) == (nodes, links, {})  # type: ignore[misc]


def test_a_neighbourhood_has_several_starts_and_passes_over_absent_ones(store: Store) -> None:
    chain(store)
    shown = store.read(lambda tx: summary(tx.neighbourhood(["o5", "absent", "o1"], 1)))
    assert shown == (["o1", "o5", "o2"], ["l1"], {})
    assert store.read(lambda tx: tx.neighbourhood(["absent"], 3)) == ([], [], {})


def test_a_neighbourhood_holds_whole_records(store: Store) -> None:
    dated(store)
    around = store.read(lambda tx: tx.neighbourhood(["p2"], 1))
    assert around.nodes == [person("p2"), organisation("o1")]
    assert around.links == [DATED[2]]


def test_links_between_neighbours_are_shown(store: Store) -> None:
    dated(store)
    assert store.read(lambda tx: summary(tx.neighbourhood(["p1"], 1))) == (["p1", "o1", "o2"], ["l1", "l2", "l4"], {})


def test_a_neighbourhood_keeps_to_types_and_to_a_day(store: Store) -> None:
    dated(store)
    on = date(2025, 7, 1)
    assert store.read(lambda tx: summary(tx.neighbourhood(["o1"], 1, on=on))) == (["o1", "p1"], ["l1"], {})
    assert store.read(lambda tx: summary(tx.neighbourhood(["o1"], 2, on=on))) == (["o1", "p1", "o2"], ["l1", "l2"], {})
    only = store.read(lambda tx: summary(tx.neighbourhood(["o1"], 3, types=["WorksWith"])))
    assert only == (["o1", "o2"], ["l4"], {})
    assert store.read(lambda tx: summary(tx.neighbourhood(["o1"], 3, types=[]))) == (["o1"], [], {})


def star(store: Store, partners: int) -> None:
    """A hub with partners, each with a contact of its own; the first two partners know each other."""
    records: list[NodeRecord | LinkRecord] = [organisation("hub")]
    for n in range(partners):
        records += [organisation(f"o{n:02}"), person(f"p{n:02}")]
        records += [
            link(f"a{n:02}", "WorksWith", "hub", f"o{n:02}"),
            link(f"b{n:02}", "WorksFor", f"p{n:02}", f"o{n:02}"),
        ]
    save(store, *records, link("c", "WorksWith", "o00", "o01"))


def test_the_limit_takes_the_nearest_by_id_and_counts_the_others(store: Store) -> None:
    star(store, 10)
    assert store.read(lambda tx: summary(tx.neighbourhood(["hub"], 1, limit=4))) == (
        ["hub", "o00", "o01", "o02"],
        ["a00", "a01", "a02", "c"],
        {"hub": 7},
    )


def test_the_limit_counts_what_lies_behind_shown_nodes_within_the_depth(store: Store) -> None:
    star(store, 3)
    assert store.read(lambda tx: summary(tx.neighbourhood(["hub"], 2, limit=4))) == (
        ["hub", "o00", "o01", "o02"],
        ["a00", "a01", "a02", "c"],
        {"o00": 1, "o01": 1, "o02": 1},
    )
    shown = store.read(lambda tx: summary(tx.neighbourhood(["hub"], 2, limit=5)))
    assert (shown[0][-1], shown[2]) == ("p00", {"o01": 1, "o02": 1})


def test_nothing_is_hidden_that_only_the_depth_leaves_out(store: Store) -> None:
    star(store, 3)
    assert store.read(lambda tx: tx.neighbourhood(["hub"], 1).hidden) == {}
    assert store.read(lambda tx: tx.neighbourhood(["hub"], 1, limit=4).hidden) == {}


def test_an_outer_node_counts_its_neighbours_of_the_same_distance_that_were_cut(store: Store) -> None:
    star(store, 3)
    assert store.read(lambda tx: tx.neighbourhood(["hub"], 1, limit=2).hidden) == {"hub": 2, "o00": 1}


def test_parallel_links_count_one_neighbour(store: Store) -> None:
    save(
        store, organisation("o1"), person("p1"),
        *(link(f"l{n}", "WorksFor", "p1", "o1", role=str(n)) for n in range(3)),
    )  # fmt: skip
    assert store.read(lambda tx: tx.neighbourhood(["o1"], 1, limit=1).hidden) == {"o1": 1}


def test_starts_beyond_the_limit_are_left_out(store: Store) -> None:
    chain(store)
    assert store.read(lambda tx: summary(tx.neighbourhood(["o1", "o2", "o3"], 0, limit=2))) == (
        ["o1", "o2"],
        ["l1"],
        {"o2": 1},
    )
