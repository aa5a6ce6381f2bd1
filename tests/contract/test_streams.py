"""Light rows, whole records and counts, streamed."""

from crm.store.protocol import Store
from graph_schema.records import LinkRecord, NodeRecord
from tests.contract.samples import link, listed, organisation, person, save


def test_rows_hold_the_asked_fields_in_their_order(store: Store) -> None:
    save(
        store,
        organisation("o1", "Un", latitude=50.5, closed=True, functions=["hebergeur", "financeur"]),
        organisation("o2", "Deux", closed=False),
        person("p1"),
    )
    assert listed(store, lambda tx: tx.rows("Organisation", ["closed", "functions", "latitude", "name"])) == [
        ("o1", True, ["hebergeur", "financeur"], 50.5, "Un"),
        ("o2", False, None, None, "Deux"),
    ]
    assert all(type(row[1]) is bool for row in store.read(lambda tx: list(tx.rows("Organisation", ["closed"]))))


def test_rows_without_fields_are_the_ids(store: Store) -> None:
    save(store, organisation("o1"), organisation("o2"), person("p1"))
    assert listed(store, lambda tx: tx.rows("Organisation", [])) == [("o1",), ("o2",)]


def test_a_field_asked_for_twice_is_told_twice(store: Store) -> None:
    save(store, organisation("o1", "Un"), person("p1"), link("l1", "WorksFor", "p1", "o1", main=True))
    assert listed(store, lambda tx: tx.rows("Organisation", ["name", "closed", "name"])) == [("o1", "Un", None, "Un")]
    assert listed(store, lambda tx: tx.link_rows("WorksFor", ["main", "main"])) == [("l1", "p1", "o1", True, True)]


def test_link_rows_hold_both_ends(store: Store) -> None:
    save(
        store, organisation("o1"), person("p1"), person("p2"),
        link("l1", "WorksFor", "p1", "o1", main=True, valid_from="2025-01-01"),
        link("l2", "WorksFor", "p2", "o1"),
        link("l3", "Knows", "p1", "p2", evidence=["e1", "e2"]),
    )  # fmt: skip
    assert listed(store, lambda tx: tx.link_rows("WorksFor", ["valid_from", "main"])) == [
        ("l1", "p1", "o1", "2025-01-01", True),
        ("l2", "p2", "o1", None, None),
    ]
    assert listed(store, lambda tx: tx.link_rows("Knows", ["evidence"])) == [("l3", "p1", "p2", ["e1", "e2"])]
    assert listed(store, lambda tx: tx.link_rows("Knows")) == [("l3", "p1", "p2")]


def test_every_record_streams_once(store: Store) -> None:
    saved: list[NodeRecord | LinkRecord] = [
        organisation("o1"),
        person("p1", given_name="Claire"),
        link("l1", "WorksFor", "p1", "o1", role="DRH"),
    ]
    save(store, *saved)
    assert sorted(store.read(lambda tx: list(tx.records()))) == sorted(saved)


def test_two_streams_run_side_by_side(store: Store) -> None:
    save(store, *(organisation(f"o{n}") for n in range(50)), *(person(f"p{n}") for n in range(50)))
    pairs = store.read(lambda tx: list(zip(tx.rows("Organisation", []), tx.rows("Person", []), strict=True)))
    assert len(set(pairs)) == 50


def test_info_counts_what_is_there(store: Store) -> None:
    before = store.read(lambda tx: tx.info())
    assert (before.nodes, before.links, before.head.number) == (0, 0, 0)
    save(store, organisation("o1"), person("p1"), link("l1", "WorksFor", "p1", "o1"))
    after = store.read(lambda tx: tx.info())
    assert (after.nodes, after.links) == (2, 1)
    assert after.dataset == before.dataset == store.read(lambda tx: tx.dataset())


def test_a_copy_takes_over_the_identity_of_its_source(store: Store) -> None:
    store.write(lambda tx: tx.set_dataset("ab" * 16))
    assert store.read(lambda tx: (tx.dataset(), tx.info().dataset)) == ("ab" * 16, "ab" * 16)


def test_the_schema_version_is_what_was_last_set(store: Store) -> None:
    store.write(lambda tx: tx.set_schema_version(7))
    assert store.read(lambda tx: tx.info().schema_version) == 7
