"""Writers of one file have their turns in the order in which they came; one that is killed holds nobody up."""

import multiprocessing
import os
import signal
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from crm.errors import StoreBusy
from crm.store import open_store
from crm.store.sqlite import open_sqlite
from crm.store.sqlite.turns import Turns
from tests.contract.samples import organisation, save

SPAWN = multiprocessing.get_context("spawn")
WAIT = 60.0
pytestmark = pytest.mark.skipif(os.name != "posix", reason="turns need locks on bytes, as on Linux and macOS")


def hold(path: Path, held: "multiprocessing.synchronize.Event") -> None:
    """A writer that never ends."""
    with Turns(path).turn(WAIT):
        held.set()
        threading.Event().wait()


def queue(path: Path, name: str, order: Path) -> None:
    """A writer that says when it is served, in a file: a queue's thread would say it later."""
    with Turns(path).turn(WAIT), order.open("a", encoding="utf-8") as served:
        served.write(name)


def write_on(path: Path, begun: "multiprocessing.synchronize.Event") -> None:
    """A writer who comes back at once, for ever."""
    turns = Turns(path)
    while True:
        with turns.turn(WAIT):
            begun.set()


def count(path: Path, told: "multiprocessing.queues.Queue[int]", seconds: float) -> None:
    """A writer who comes back at once, for some time, and tells how often it was served."""
    turns, served = Turns(path), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with turns.turn(WAIT):
            served += 1
            time.sleep(0.0005)
    told.put(served)


def drawn(path: Path) -> int:
    """How many numbers were drawn."""
    file = path.with_name(f"{path.name}-turn")
    return int.from_bytes(file.read_bytes()[:8], "big") if file.exists() else 0


def test_first_come_first_served_after_one_that_was_killed(tmp_path: Path) -> None:
    path, held, order = tmp_path / "essai.db", SPAWN.Event(), tmp_path / "order"
    holder = SPAWN.Process(target=hold, args=(path, held))
    holder.start()
    assert held.wait(WAIT)
    waiting = []
    for number, name in enumerate("abc", 2):
        waiting.append(SPAWN.Process(target=queue, args=(path, name, order)))
        waiting[-1].start()
        deadline = time.monotonic() + WAIT
        while drawn(path) < number and time.monotonic() < deadline:
            time.sleep(0.01)
    assert not order.exists()
    assert holder.pid is not None
    os.kill(holder.pid, signal.SIGKILL)
    for process in (*waiting, holder):
        process.join(WAIT)
    assert order.read_text(encoding="utf-8") == "abc"


def test_who_waits_too_long_is_told_so_and_readers_never_wait(tmp_path: Path) -> None:
    path, held = tmp_path / "essai.db", SPAWN.Event()
    with closing(open_store(str(path))) as store:
        save(store, organisation("o1"))
    holder = SPAWN.Process(target=hold, args=(path, held))
    holder.start()
    assert held.wait(WAIT)
    with closing(open_sqlite(path, patience=0.2)) as store:
        assert store.read(lambda tx: tx.count("Organisation")) == 1
        with pytest.raises(StoreBusy, match="occupé"):
            save(store, organisation("o2"))
    holder.kill()
    holder.join(WAIT)


def test_who_was_overtaken_comes_before_those_who_were_served_since(tmp_path: Path) -> None:
    mine, other = Turns(tmp_path / "essai.db"), Turns(tmp_path / "essai.db")
    with pytest.raises(ValueError, match="overtaken"), mine.turn(WAIT):
        raise ValueError("overtaken")
    with other.turn(WAIT):
        pass
    with mine.turn(WAIT):
        assert drawn(tmp_path / "essai.db") == 2  # the number that it had, not a third one
    mine.close()
    other.close()


def test_a_file_of_turns_that_went_away_is_made_again(tmp_path: Path) -> None:
    kept, leaving = Turns(tmp_path / "essai.db"), Turns(tmp_path / "essai.db")
    for turns in (kept, leaving, kept):
        with turns.turn(WAIT):
            pass
    leaving.close()
    assert list(tmp_path.iterdir()) == []
    with kept.turn(WAIT):
        assert drawn(tmp_path / "essai.db") == 1
    kept.close()


def test_who_has_the_turn_goes_on_until_the_slice_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "essai.db"
    turns = Turns(path)
    monkeypatch.setattr("crm.store.sqlite.turns._SLICE", 60.0)
    for write in range(24):
        with turns.turn(WAIT):
            assert drawn(path) == 1 + write // 8
    with pytest.raises(ValueError, match="overtaken"), turns.turn(WAIT):
        raise ValueError("overtaken")
    monkeypatch.setattr("crm.store.sqlite.turns._SLICE", 0.0)
    for number in (4, 5, 6):  # the first has the number that was kept
        with turns.turn(WAIT):
            assert drawn(path) == number
    turns.close()


def test_one_who_writes_without_end_lets_others_have_their_turns(tmp_path: Path) -> None:
    path, begun = tmp_path / "essai.db", SPAWN.Event()
    greedy = SPAWN.Process(target=write_on, args=(path, begun))
    greedy.start()
    assert begun.wait(WAIT)
    turns = Turns(path)
    for _ in range(20):
        with turns.turn(WAIT):
            time.sleep(0.02)  # longer than a slice: each is a turn of its own
    greedy.kill()
    greedy.join(WAIT)
    turns.close()


def test_writers_who_all_come_back_at_once_are_served_alike(tmp_path: Path) -> None:
    told: multiprocessing.queues.Queue[int] = SPAWN.Queue()
    writers = [SPAWN.Process(target=count, args=(tmp_path / "essai.db", told, 4.0)) for _ in range(4)]
    for writer in writers:
        writer.start()
    served = [told.get(timeout=WAIT) for _ in writers]
    for writer in writers:
        writer.join(WAIT)
    assert min(served) * 4 > max(served), served
