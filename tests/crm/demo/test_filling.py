"""The demonstration fills an empty store, always the same way, with a history that holds."""

from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from crm.demo import Size, crowd, fill, small
from crm.demo.acts import MAX_CHANGES, NewLink, NewNode, write
from crm.demo.identifiers import siret
from crm.demo.size import HUB
from crm.errors import InputError
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.heads import Heads
from crm.store import open_store
from graph_schema.records import LinkRecord, NodeRecord
from tests.crm.demo.conftest import ADMIN, ON
from tests.crm.demo.reading import all_of


def test_two_fills_on_the_same_day_give_the_same_records(demo: Network, tmp_path: Path) -> None:
    again = Network(open_store(str(tmp_path / "again.db")), ADMIN)
    steps: list[tuple[int, int]] = []
    fill(again, Size.S, 28, ON, lambda done, total: steps.append((done, total)))
    assert _records(again) == _records(demo)
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]
    again.store.close()


def test_another_seed_gives_another_network() -> None:
    assert small.acts(ON, 28) == small.acts(ON, 28)
    assert small.acts(ON, 28) != small.acts(ON, 29)


def test_another_day_moves_every_date_with_it() -> None:
    late, early = small.acts(ON, 28), small.acts(ON - timedelta(days=200), 28)
    assert late[0].at - early[0].at == timedelta(days=200)
    assert max(act.at for act in early).date() < ON - timedelta(days=200)


@pytest.mark.parametrize("days", [45, 467])
def test_any_day_gives_a_network_that_can_be_written(tmp_path: Path, days: int) -> None:
    network = Network(open_store(str(tmp_path / "other.db")), ADMIN)
    fill(network, seed=days, on=ON + timedelta(days=days))
    assert verify(network) == []
    network.store.close()


def test_a_store_that_holds_something_is_refused_and_left_as_it_was(demo: Network) -> None:
    before = demo.read(lambda tx: tx.info())
    with pytest.raises(InputError, match="contient déjà un réseau"):
        fill(demo, on=ON)
    assert demo.read(lambda tx: tx.info()) == before


def test_the_journal_verifies(demo: Network) -> None:
    assert verify(demo) == []


def test_the_history_covers_two_years_by_several_colleagues(demo: Network) -> None:
    commits = demo.read(lambda tx: tx.commits(limit=10_000))
    instants = [commit.at for commit in commits]
    assert instants == sorted(instants)
    assert instants[0][:10] == (ON - timedelta(days=730)).isoformat()
    assert (ON - timedelta(days=8)).isoformat() < instants[-1][:10] < ON.isoformat()
    assert len({commit.author for commit in commits}) == 4
    assert len({instant[:7] for instant in instants}) >= 24
    assert max(commit.changes for commit in commits) <= MAX_CHANGES


def test_the_history_holds_creations_corrections_ends_and_deletions(demo: Network) -> None:
    changes = demo.read(lambda tx: [c for _, c in tx.changes(1, tx.head().number)])
    assert {change.action for change in changes} == {"create", "update", "delete"}
    ended = [c for c in changes if c.type == "WorksFor" and c.action == "update" and "valid_to" in (c.after or {})]
    assert len(ended) > 20


def test_the_counts_are_those_of_a_small_provider(demo: Network) -> None:
    wanted = {
        "Organisation": (280, 330), "Person": (540, 680), "Exchange": (1_300, 1_800), "Committee": (5, 5),
        "Meeting": (25, 40), "Programme": (8, 9), "Site": (3, 3), "Placement": (120, 220), "Agreement": (50, 90),
        "Evidence": (120, 320), "Feedback": (40, 100),
    }  # fmt: skip
    counts = {type: len(all_of(demo, type)) for type in wanted}
    assert {type: n for type, n in counts.items() if not wanted[type][0] <= n <= wanted[type][1]} == {}


def test_the_middle_size_has_its_counts_and_streams_in_acts_that_a_commit_can_hold() -> None:
    organisations = people = exchanges = hub = 0
    for act in crowd.acts(Size.M, ON, 28):
        assert len(act.entries) <= MAX_CHANGES
        for entry in act.entries:
            if isinstance(entry, NewNode):
                organisations += entry.type == "Organisation"
                people += entry.type == "Person"
                exchanges += entry.type == "Exchange"
            elif isinstance(entry, NewLink):
                hub += entry.target == HUB
    assert organisations == Size.M.organisations
    assert people == pytest.approx(20_000, rel=0.01)
    assert exchanges == pytest.approx(100_000, rel=0.01)
    assert hub == crowd.HUB_LINKS


def test_the_beginning_of_a_large_network_is_written_and_verifies(tmp_path: Path) -> None:
    seen = Heads(tmp_path / "heads", "large.db")
    network = Network(open_store(str(tmp_path / "large.db")), ADMIN, heads=seen)
    written = sum(write(network, islice(crowd.acts(Size.L, ON, 28), 5), {}))
    assert len(_records(network)) == written > MAX_CHANGES
    last, head = network.read(lambda tx: (seen.last(tx), tx.head()))
    assert last
    assert last.head == head, "as of what anyone writes, this machine keeps how far it saw it"
    assert verify(network) == []
    network.store.close()


@pytest.mark.parametrize("size", [Size.M, Size.L])
def test_the_hub_of_a_large_network_takes_nobody_s_siret(size: Size) -> None:
    entries = [entry for act in islice(crowd.acts(size, ON, 28), 4) for entry in act.entries]
    (hub,) = [entry for entry in entries if isinstance(entry, NewNode) and entry.id == HUB]
    assert hub.values["siret"] not in {siret(number) for number in range(1, size.organisations)}


def test_a_large_network_begins_the_same_way_each_time() -> None:
    assert list(islice(crowd.acts(Size.L, ON, 28), 3)) == list(islice(crowd.acts(Size.L, ON, 28), 3))


def _records(network: Network) -> dict[str, NodeRecord | LinkRecord]:
    return network.read(lambda tx: {record.id: record for record in tx.records()})
