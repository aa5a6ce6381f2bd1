"""Typed filters, orders and pages by key."""

from collections.abc import Callable

import pytest

from crm.store.paging import every
from crm.store.protocol import Condition, Op, Query, ReadTransaction, Store
from graph_schema.records import NodeRecord, Scalar
from tests.contract.samples import exchange, organisation, person, remove, save

NETWORK = (
    organisation("o1", "Émile", siren="000000001", latitude=50.5, closed=True, tags=["ami", "ancien"]),
    organisation("o2", "atelier", siren="000000002", latitude=-1.0, closed=False, tags=["ami"]),
    organisation("o3", "Zinc", latitude=7.0, owner="Mme É"),
    organisation("o4", "Étoile", siren="000000002", owner="Mme E"),
)


def found(store: Store, *where: Condition) -> list[str]:
    """Ids of the organisations that satisfy ``where``; find and count must agree."""

    def work(tx: ReadTransaction) -> list[str]:
        ids = sorted(r.id for r in tx.find(Query("Organisation", where)).items)
        assert tx.count("Organisation", where) == len(ids)
        return ids

    return store.read(work)


def all_pages(store: Store, query: Query) -> list[str]:
    """Ids in order, page after page."""
    ids: list[str] = []
    after = query.after
    while True:
        asked = Query(query.type, query.where, query.order, query.descending, after, query.limit)
        page = store.read(lambda tx, asked=asked: tx.find(asked))  # type: ignore[misc]
        assert len(page.items) <= query.limit
        ids += [r.id for r in page.items]
        if page.next is None:
            return ids
        after = page.next


@pytest.mark.parametrize(
    ("field", "op", "value", "expected"),
    [
        ("name", Op.EQ, "atelier", ["o2"]),
        ("name", Op.EQ, "Atelier", []),
        ("latitude", Op.EQ, 7, ["o3"]),
        ("closed", Op.EQ, True, ["o1"]),
        ("closed", Op.EQ, False, ["o2"]),
        ("siren", Op.IN, ("000000001", "000000003"), ["o1"]),
        ("siren", Op.IN, (), []),
        ("closed", Op.IN, (True, False), ["o1", "o2"]),
        ("latitude", Op.IN, (-1.0, 7.0), ["o2", "o3"]),
        ("latitude", Op.LT, 7.0, ["o2"]),
        ("latitude", Op.LE, 7.0, ["o2", "o3"]),
        ("latitude", Op.GT, 7.0, ["o1"]),
        ("latitude", Op.GE, 7.0, ["o1", "o3"]),
        ("name", Op.LT, "a", ["o3"]),
        ("name", Op.GE, "É", ["o1", "o4"]),
        ("owner", Op.GT, "Mme E", ["o3"]),
        ("tags", Op.HAS, "ami", ["o1", "o2"]),
        ("tags", Op.HAS, "am", []),
        ("siren", Op.MISSING, "", ["o3"]),
        ("siren", Op.PRESENT, "", ["o1", "o2", "o4"]),
        ("tags", Op.MISSING, "", ["o3", "o4"]),
        ("tags", Op.PRESENT, "", ["o1", "o2"]),
        ("name", Op.EQ, "x' OR '1'='1", []),
        ("name", Op.EQ, "demi-paire \ud800", []),
        ("siren", Op.IN, ("000000001\0",), []),
    ],
)
def test_each_comparison_keeps_what_it_says(
    store: Store, field: str, op: Op, value: Scalar | tuple[Scalar, ...], expected: list[str]
) -> None:
    save(store, *NETWORK, person("p1", "atelier"))
    assert found(store, Condition(field, op, value)) == expected


def test_dates_compare_as_days(store: Store) -> None:
    save(store, *(exchange(f"e{n}", f"2026-0{n}-01") for n in (1, 2, 3)))
    where = (Condition("on", Op.GE, "2026-02-01"), Condition("on", Op.LT, "2026-03-01"))
    assert store.read(lambda tx: [r.id for r in tx.find(Query("Exchange", where)).items]) == ["e2"]


def test_all_conditions_hold_together(store: Store) -> None:
    save(store, *NETWORK)
    same_siren = Condition("siren", Op.EQ, "000000002")
    assert found(store, same_siren) == ["o2", "o4"]
    assert found(store, same_siren, Condition("owner", Op.PRESENT)) == ["o4"]
    assert found(store) == ["o1", "o2", "o3", "o4"]


def test_a_filter_that_cannot_apply_is_refused(store: Store) -> None:
    for condition in (Condition("name", Op.HAS, "x"), Condition("tags", Op.EQ, "x"), Condition("nowhere", Op.PRESENT)):
        with pytest.raises(KeyError):
            store.read(lambda tx, condition=condition: tx.count("Organisation", (condition,)))  # type: ignore[misc]
    for order in ("tags", "nowhere"):
        with pytest.raises(KeyError):
            store.read(lambda tx, order=order: tx.find(Query("Organisation", order=order)))  # type: ignore[misc]


def test_captions_order_without_accents_or_case(store: Store) -> None:
    save(store, *NETWORK)
    assert all_pages(store, Query("Organisation")) == ["o2", "o1", "o4", "o3"]
    assert all_pages(store, Query("Organisation", descending=True)) == ["o3", "o4", "o1", "o2"]


def test_the_order_follows_a_new_caption(store: Store) -> None:
    save(store, *NETWORK)
    save(store, organisation("o2", "Zzz", revision=2))
    assert all_pages(store, Query("Organisation"))[-1] == "o2"


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("order", "descending", "expected"),
    [
        ("siren", False, ["o1", "o2", "o4", "o3"]),
        ("siren", True, ["o2", "o4", "o1", "o3"]),
        ("latitude", False, ["o2", "o3", "o1", "o4"]),
        ("latitude", True, ["o1", "o3", "o2", "o4"]),
        ("closed", False, ["o2", "o1", "o3", "o4"]),
        ("name", False, ["o3", "o2", "o1", "o4"]),
        ("owner", True, ["o3", "o4", "o1", "o2"]),
        ("uai", True, ["o1", "o2", "o3", "o4"]),
    ],
)
def test_missing_values_come_last_and_ties_by_id(
    store: Store, order: str, descending: bool, expected: list[str], limit: int
) -> None:
    save(store, *reversed(NETWORK))
    assert all_pages(store, Query("Organisation", order=order, descending=descending, limit=limit)) == expected


def test_a_filtered_list_pages_too(store: Store) -> None:
    save(store, *(organisation(f"o{n:02}", "Même nom", tier="AB"[n % 2]) for n in range(20)))
    where = (Condition("tier", Op.EQ, "B"),)
    assert all_pages(store, Query("Organisation", where, limit=3)) == [f"o{n:02}" for n in range(1, 20, 2)]


@pytest.mark.parametrize("limit", [1, 2, 5, 6])
def test_every_record_comes_once_however_many_are_read_at_a_time(store: Store, limit: int) -> None:
    save(store, *(organisation(f"o{n}", f"Nom {n}") for n in range(5)), person("p1"))
    query = Query("Organisation", descending=True, limit=limit)
    assert [each.id for each in store.read(lambda tx: list(every(tx, query)))] == ["o4", "o3", "o2", "o1", "o0"]


def test_a_page_that_holds_everything_has_no_next(store: Store) -> None:
    save(store, *NETWORK)
    assert store.read(lambda tx: tx.find(Query("Organisation", limit=4)).next) is None
    assert store.read(lambda tx: tx.find(Query("Organisation", limit=3)).next) is not None
    assert store.read(lambda tx: tx.find(Query("Person"))) == ([], None)


@pytest.mark.parametrize(
    "edit",
    [
        lambda store: remove(store, nodes=["o1", "o2"]),
        lambda store: save(store, organisation("o0", "Aaa"), organisation("o25", "Bcc")),
        lambda store: save(store, organisation("o1", "Zzz", revision=2)),
    ],
    ids=["removed", "inserted before", "moved behind"],
)
def test_edits_between_pages_skip_and_repeat_nothing(store: Store, edit: Callable[[Store], None]) -> None:
    names = ["Aba", "Bcb", "Cdc", "Ded"]
    save(store, *(organisation(f"o{n}", name) for n, name in enumerate(names, 1)))
    first = store.read(lambda tx: tx.find(Query("Organisation", limit=2)))
    edit(store)
    rest = all_pages(store, Query("Organisation", after=first.next, limit=2))
    assert [r.id for r in first.items] == ["o1", "o2"]
    assert [id for id in rest if id in ("o3", "o4")] == ["o3", "o4"]
    assert "o0" not in rest


def test_found_records_are_whole(store: Store) -> None:
    save(store, *NETWORK)
    items: list[NodeRecord] = store.read(lambda tx: tx.find(Query("Organisation", order="name")).items)
    assert sorted(items) == sorted(NETWORK)
