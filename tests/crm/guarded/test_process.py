"""A reader that dies, hangs, swells or lies costs one sentence. Harmless scripts stand in for one that does."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crm.errors import InputError
from crm.guarded.process import Guarded, Limits, Lost
from importers.reading.workbooks import open_workbook

PICKLED = """
import os, pickle, struct, sys, time
def say(*answer):
    content = answer[0] if isinstance(answer[0], bytes) else pickle.dumps(answer)
    os.write(1, struct.pack(">I", len(content)) + content)
"""
ASKED = PICKLED + "sys.stdin.buffer.read(1)\n"
STAND_INS = {
    "aborts": (ASKED + "os.abort()", "s'est arrêtée net"),
    "exits": (ASKED + "sys.exit(0)", "s'est arrêtée net"),
    "exits before it is asked": ("pass", "s'est arrêtée net"),
    "sleeps": (ASKED + "time.sleep(600)", "prend trop de temps"),
    "says half an answer": (ASKED + "os.write(1, b'\\0\\0\\1\\0half')", "s'est arrêtée net"),
    "says what is no answer": (ASKED + "say(b'\\x80\\x04not a pickle')", "s'est arrêtée net"),
    "promises too much": (ASKED + "os.write(1, b'\\xff\\xff\\xff\\xff'); time.sleep(600)", "s'est arrêtée net"),
    "says what is no plain value": (ASKED + "say('ok', os.getcwd)", "s'est arrêtée net"),
    "refuses": (ASKED + "say('refused', 'extent')", "s'étend trop loin"),
}


@pytest.mark.parametrize("case", STAND_INS)
def test_whatever_becomes_of_the_reader_is_one_sentence(tmp_path: Path, case: str) -> None:
    code, expected = STAND_INS[case]
    with pytest.raises(InputError) as told, open_workbook(
        Path("liste.xlsx"), "liste.xlsx", _script(tmp_path, code), Limits(patience=2.0 if case == "sleeps" else 30.0)
    ) as book:  # fmt: skip
        list(book.sheets())
    assert expected in str(told.value)
    assert "« liste.xlsx »" in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds a process's memory")
def test_memory_is_bounded(tmp_path: Path) -> None:
    code = ASKED + "kept = bytearray(2 << 30)\nsay('ok', len(kept))"
    with Guarded(_script(tmp_path, code), limits=Limits(memory=1 << 30)) as reader, pytest.raises(Lost):
        reader.ask(b"s")


@pytest.mark.skipif(os.name != "posix", reason="the system bounds no time of processor")
def test_time_of_processor_is_bounded(tmp_path: Path) -> None:
    code = ASKED + "while True: pass"
    with Guarded(_script(tmp_path, code), limits=Limits(cpu=1)) as reader, pytest.raises(Lost) as lost:
        reader.ask(b"s")
    assert not lost.value.late


def test_what_it_prints_disturbs_nobody_and_it_is_gone_at_the_end(tmp_path: Path) -> None:
    with Guarded(_script(tmp_path, ASKED + "say('ok', 1)\ntime.sleep(600)")) as reader:
        assert reader.ask(b"s") == ("ok", 1)
        assert reader.process.poll() is None
    assert reader.process.returncode is not None


@pytest.mark.skipif(os.name != "posix", reason="signals of a terminal")
def test_ctrl_c_while_it_is_waited_for_ends_it(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs us in the background ignores it
    try:
        threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt), Guarded(_script(tmp_path, ASKED + "time.sleep(600)")) as reader:
            reader.ask(b"s")
    finally:
        signal.signal(signal.SIGINT, before)
    assert reader.process.returncode == -signal.SIGKILL


@pytest.mark.skipif(os.name != "posix", reason="process ids")
def test_it_goes_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = _script(tmp_path, ASKED + "say('ok', 1)\nsys.stdin.buffer.read(1)")
    parent = (
        "import sys, time; from pathlib import Path; from crm.guarded.process import Guarded\n"
        f"reader = Guarded(Path({str(script)!r})); reader.ask(b's')\n"
        "print(reader.process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.kill()
    assert _until(lambda: not _alive(child))


def _script(folder: Path, code: str) -> Path:
    path = folder / "reader.py"
    path.write_text(code, "utf-8")
    return path


def _alive(pid: int) -> bool:
    """Whether it runs: a zombie that its new parent has not buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _until(done: Callable[[], bool]) -> bool:
    for _ in range(200):
        if done():
            return True
        time.sleep(0.05)
    return False
