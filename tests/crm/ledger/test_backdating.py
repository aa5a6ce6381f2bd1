"""What is written long after the fact says so, whatever is done to it since; what is written the same day does not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.ledger.undo import undo_commit
from crm.ledger.verify import verify
from crm.ledger.versions import restore, versions
from crm.network import Network
from crm.records import exchanges, organisations
from crm.records.sheet import sheet
from crm.store import open_store
from graph_schema.exchanges import Direction
from tests.crm.conftest import ADMIN

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def at(network: Network, moment: datetime) -> Network:
    """The same network, at another moment."""
    return replace(network, clock=lambda: moment)


def exchange(network: Network, on: date) -> str:
    partner = organisations.create(network, {"name": "Garage Fictif"}).value
    return exchanges.log(network, [partner], on=on, direction=Direction.MUTUAL).value


def words(network: Network, id: str) -> str:
    entry = sheet(network, id, date(2027, 6, 1)).entry
    assert entry
    return entry.words


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 20), ""),
        (date(2026, 11, 19), "au journal depuis le 20/11/2026, 1 jour après les faits"),
        (date(2026, 3, 20), "au journal depuis le 20/11/2026, 245 jours après les faits"),
    ],
)
def test_an_exchange_says_how_long_after_it_was_entered(either: Network, on: date, said: str) -> None:
    id = exchange(at(either, NOON), on)
    assert words(either, id) == said
    assert [version.late for version in versions(either, id)] == [(date(2026, 11, 20) - on).days]


def test_what_is_entered_after_midnight_in_france_is_of_the_next_day(network: Network) -> None:
    id = exchange(at(network, datetime(2026, 11, 20, 23, 30, tzinfo=UTC)), date(2026, 11, 20))
    assert words(network, id) == "au journal depuis le 21/11/2026, 1 jour après les faits"


def redate(network: Network, id: str, on: str) -> None:
    network.commit("Retouche", lambda unit: unit.update(id, {"on": on}))


def test_a_date_that_is_changed_later_is_of_when_it_was_changed(either: Network) -> None:
    id = exchange(at(either, NOON), date(2026, 11, 20))
    redate(at(either, NOON + timedelta(days=100)), id, "2026-09-01")
    assert words(either, id) == "au journal depuis le 28/02/2027, 180 jours après les faits"
    assert [version.late for version in versions(either, id)] == [180, 0]


def test_what_is_changed_otherwise_keeps_its_day(either: Network) -> None:
    id = exchange(at(either, NOON), date(2026, 11, 18))
    later = at(either, NOON + timedelta(days=100))
    later.commit("Retouche", lambda unit: unit.update(id, {"subject": "Point fictif"}))
    assert words(either, id) == "au journal depuis le 20/11/2026, 2 jours après les faits"
    assert [version.late for version in versions(either, id)] == [None, 2]


def set_right(network: Network, id: str) -> None:
    redate(network, id, "2026-09-01")
    restore(network, id, 1, 2)


def brought_back(network: Network, id: str) -> None:
    deleted = network.commit("Suppression", lambda unit: unit.delete([id])).commit
    assert deleted
    undo_commit(network, deleted)


@pytest.mark.parametrize("act", [set_right, brought_back])
def test_what_comes_back_is_of_when_it_was_first_said(either: Network, act: Callable[[Network, str], None]) -> None:
    id = exchange(at(either, NOON), date(2026, 11, 18))
    act(at(either, NOON + timedelta(days=100)), id)
    assert words(either, id) == "au journal depuis le 20/11/2026, 2 jours après les faits"


def test_proofs_say_it_and_what_has_no_day_does_not(either: Network) -> None:
    now = at(either, NOON)
    made = {"title": "Feuille fictive", "kind": "compte_rendu"}
    dated = now.commit("Preuve", lambda unit: unit.create("Evidence", {**made, "fact_on": "2026-11-10"})).value
    undated = now.commit("Preuve", lambda unit: unit.create("Evidence", made)).value
    partner = organisations.create(now, {"name": "Garage Fictif"}).value
    assert words(either, dated).endswith("10 jours après les faits")
    assert sheet(either, undated, NOON.date()).entry is None
    assert sheet(either, partner, NOON.date()).entry is None


@given(days=st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_whatever_the_retouches_the_entry_is_the_first_with_the_day_of_now(
    days: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = open_store(str(tmp_path_factory.mktemp("dates") / "réseau.db"))
    network = Network(store, ADMIN)
    said: dict[date, date] = {}
    id = ""
    for index, late in enumerate(days):
        moment = datetime(2026, 1, 1, 11, tzinfo=UTC) + timedelta(days=400 + index)
        on = moment.date() - timedelta(days=late)
        if index == 0:
            id = exchange(at(network, moment), on)
        else:
            redate(at(network, moment), id, on.isoformat())
        said.setdefault(on, moment.date())
    entry = sheet(network, id, on).entry
    store.close()
    assert entry
    assert (entry.on, entry.late) == (said[on], (said[on] - on).days)


@pytest.mark.parametrize(
    "instant", ["", "hier", "2026-13-40T99:99", "2026-11-20T11:00:00", "0001-01-01T00:00:00+00:00"]
)
def test_an_altered_instant_tells_no_lateness_and_stops_nobody(network: Network, tmp_path: Path, instant: str) -> None:
    id = exchange(at(network, NOON), date(2026, 11, 19))
    with closing(sqlite3.connect(tmp_path / "reseau28.db", isolation_level=None)) as database:
        database.execute("UPDATE commits SET at = ?", (instant,))
    assert [version.late for version in versions(network, id)] == [None]
    assert sheet(network, id, date(2027, 6, 1)).entry is None
    assert {fault.code for fault in verify(network)} == {"commit_altered"}
