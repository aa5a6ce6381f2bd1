"""The benchmarks run: at a tiny size, and nothing is said of times."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks import annuaire, canvas, daily, imports, measures, screens, verify, writers
from benchmarks.places import Filled, Place
from benchmarks.results import Result
from crm.demo import HUB, Size, fill
from crm.network.provider import record
from importers.opening import detect

TODAY = date(2026, 1, 5)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """The small demonstration network, in the place of a large one."""
    place = Place("sqlite", str(tmp_path_factory.mktemp("benchmarks") / "small.db"))
    with place.network() as network:
        fill(network, Size.S, on=TODAY)
    return Filled(place, TODAY)


def test_the_export_is_one_that_importers_recognise(tmp_path: Path) -> None:
    file = annuaire.write(tmp_path / "annuaire.csv", 40)
    assert detect(file) == "annuaire"
    assert len(file.read_text(encoding="utf-8").splitlines()) == 41


def test_the_import_is_measured_against_a_floor_that_writes_the_same_rows(tmp_path: Path) -> None:
    found = list(imports.measure("sqlite", 300, 1, tmp_path))
    assert [result.unit for result in found] == ["× plancher", "× le premier", "Mo"]
    assert all(result.value > 0 for result in found)


def test_a_verification_is_measured_against_a_loop_over_every_row(small: Filled) -> None:
    with small.place.network() as network:
        info = network.store.read(lambda tx: tx.info())
        changes = sum(commit.changes for commit in network.store.read(lambda tx: tx.commits(limit=10_000)))
    assert verify.bare_loop(small.place.address) == info.nodes + info.links + info.head.number + changes
    assert all(time.cpu > 0 for each in verify._rounds(small, 1) for time in each)
    assert verify._peak(small) > 10


def test_the_floor_reads_rows_of_every_kind_that_a_snapshot_needs(small: Filled) -> None:
    floor, measured = measures._floor_and_measures(small)
    assert floor.wall > 0
    assert measured.wall > 0


def test_each_daily_act_is_measured_on_partners_that_exist(small: Filled) -> None:
    with small.place.network() as network:
        assert network.read(lambda tx: tx.get([HUB]))
        assert network.read(record)
    found = daily._spreads(small, 2)
    assert all(0 < spread.median <= spread.high for spread in found.values())


def test_writers_are_measured_with_turns_and_without(tmp_path: Path) -> None:
    (found,) = writers.measure(1, tmp_path, seconds=0.5)
    assert found.value > 0


def test_every_screen_is_rerun_without_an_error(small: Filled) -> None:
    found = screens._on_server(small, 2)
    assert set(found) == set(screens.SCREENS)


def test_every_screen_is_rerun_in_a_browser(small: Filled, tmp_path: Path, chromium_path: Path) -> None:
    found = screens._in_browser(small, tmp_path, 2)
    assert set(found) == set(screens.SCREENS)
    assert all(each.median > 0 for spreads in found.values() for each in spreads)


@pytest.mark.parametrize(("value", "verdict"), [(2.9, "tenu"), (3.1, "MANQUÉ")])
def test_a_figure_says_whether_its_promise_is_kept(value: float, verdict: str) -> None:
    result = Result("import", "sqlite", value, "× plancher", 3.0, "détail")
    assert result.verdict == verdict
    assert verdict in result.line()
    assert verdict in result.row()


def test_the_canvas_is_opened_and_clicked_in_a_browser(small: Filled, tmp_path: Path, chromium_path: Path) -> None:
    framed, bare, clicks, nodes = canvas._in_browser(small, tmp_path, 2)
    assert nodes > 100
    assert all(0 < each.median <= each.high for each in (*framed, *bare, clicks))
