"""Exchanges folded by those whom they involve."""

from datetime import date

from crm.store.protocol import Store
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.snapshot import Contact
from tests.contract.samples import exchange, link, organisation, person, remove, save

SINCE, ON = date(2025, 3, 2), date(2026, 3, 1)


def folded(store: Store, ids: list[str] | None = None) -> dict[str, Contact]:
    """The contacts of the window, each once."""
    rows = store.read(lambda tx: list(tx.contacts(SINCE, ON, ids)))
    assert len(dict(rows)) == len(rows)
    return dict(rows)


def met(store: Store, *meetings: tuple[str, str], ends: tuple[str, ...] = ("o1",)) -> None:
    """Save exchanges (day, direction), each with these ends."""
    records: list[NodeRecord | LinkRecord] = [organisation("o1"), organisation("o2"), person("p1")]
    for n, (on, direction) in enumerate(meetings):
        records.append(exchange(f"e{n}", on, direction))
        records += [link(f"l{n}{end}", "Involves", f"e{n}", end) for end in ends]
    save(store, *records)


def test_directions_are_kept_apart(store: Store) -> None:
    met(store, ("2026-01-01", "d_eux"), ("2026-02-01", "de_nous"), ("2025-12-01", "mutuel"))
    assert folded(store) == {"o1": Contact(date(2026, 1, 1), date(2026, 2, 1), 3)}


def test_a_mutual_exchange_counts_as_received(store: Store) -> None:
    met(store, ("2026-01-01", "d_eux"), ("2026-02-01", "mutuel"))
    assert folded(store) == {"o1": Contact(date(2026, 2, 1), None, 2)}


def test_an_outgoing_exchange_alone_receives_nothing(store: Store) -> None:
    met(store, ("2026-01-01", "de_nous"))
    assert folded(store) == {"o1": Contact(None, date(2026, 1, 1), 1)}


def test_both_edges_of_the_window_count_and_older_ones_only_date(store: Store) -> None:
    met(store, ("2025-03-01", "d_eux"), ("2025-03-02", "de_nous"), ("2026-03-01", "mutuel"))
    assert folded(store) == {"o1": Contact(date(2026, 3, 1), date(2025, 3, 2), 2)}


def test_an_old_exchange_is_a_contact_without_a_count(store: Store) -> None:
    met(store, ("2020-01-01", "d_eux"))
    assert folded(store) == {"o1": Contact(date(2020, 1, 1), None, 0)}


def test_the_future_is_not_known_yet(store: Store) -> None:
    met(store, ("2026-03-02", "d_eux"))
    assert folded(store) == {}


def test_organisations_and_people_each_have_theirs(store: Store) -> None:
    met(store, ("2026-01-01", "d_eux"), ends=("o1", "p1"))
    once = Contact(date(2026, 1, 1), None, 1)
    assert folded(store) == {"o1": once, "p1": once}


def test_only_the_asked_ones(store: Store) -> None:
    met(store, ("2026-01-01", "d_eux"), ends=("o1", "o2", "p1"))
    assert folded(store, ["o2", "absent"]).keys() == {"o2"}
    assert folded(store, ["o1", "p1", "p1"]).keys() == {"o1", "p1"}
    assert folded(store, []) == {}


def test_an_exchange_that_involves_someone_twice_counts_once(store: Store) -> None:
    met(store, ("2026-01-01", "d_eux"))
    save(store, link("again", "Involves", "e0", "o1"))
    assert folded(store) == {"o1": Contact(date(2026, 1, 1), None, 1)}


def test_contacts_follow_edits_and_removals(store: Store) -> None:
    met(store, ("2026-01-01", "d_eux"), ("2026-02-01", "d_eux"))
    save(store, exchange("e0", "2026-02-15", "de_nous"))
    assert folded(store) == {"o1": Contact(date(2026, 2, 1), date(2026, 2, 15), 2)}
    remove(store, nodes=["e1"], links=["l1o1"])
    assert folded(store) == {"o1": Contact(None, date(2026, 2, 15), 1)}


def test_other_links_are_no_contacts(store: Store) -> None:
    save(store, organisation("o1"), person("p1"), link("l1", "WorksFor", "p1", "o1"))
    assert folded(store) == {}


def test_a_direction_that_nobody_said_is_neither_received_nor_sent(store: Store) -> None:
    met(store, ("2026-01-01", "a_preciser"))
    assert folded(store) == {"o1": Contact(None, None, 1)}
    met(store, ("2025-11-01", "d_eux"), ("2025-12-01", "de_nous"), ("2026-02-01", "a_preciser"))
    assert folded(store) == {"o1": Contact(date(2025, 11, 1), date(2025, 12, 1), 3)}
