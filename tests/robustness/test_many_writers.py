"""Several processes that write at once lose no edit, leave one chain, and each have their turn.

``RESEAU28_TEST_SECONDS`` sets for how long they write (a few seconds unless told).
"""

import os
import subprocess
import sys

import pytest

from crm.ledger.verify import verify
from tests.robustness.conftest import Shared
from tests.robustness.writer import COUNTER

PROCESSES = 8
EACH = 16
SECONDS = float(os.environ.get("RESEAU28_TEST_SECONDS", "5"))


@pytest.mark.timeout(300 + SECONDS)
def test_eight_processes_lose_no_edit_and_never_fork_the_chain(shared: Shared) -> None:
    network = shared.network
    network.commit("Départ", lambda unit: unit.create("Organisation", {"name": "Fictif", "note": "0"}, id=COUNTER))
    command = [sys.executable, "-m", "tests.robustness.writer", shared.address, str(SECONDS)]
    writers = [
        subprocess.Popen([*command, f"n{n}"], stdout=subprocess.PIPE, text=True, env=shared.environment)
        for n in range(PROCESSES)
    ]
    written = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * PROCESSES
    numbers = sorted(int(number) for lines in written for number in lines)
    assert numbers == list(range(2, 2 + len(numbers)))
    assert len(numbers) > PROCESSES
    assert network.read(lambda tx: tx.get([COUNTER]))[COUNTER].values["note"] == str(len(numbers))
    assert network.read(lambda tx: tx.head().number) == 1 + len(numbers)
    assert verify(network) == []


@pytest.mark.timeout(600)
def test_eight_processes_on_one_record_are_served_alike(shared: Shared) -> None:
    network = shared.network
    network.commit("Départ", lambda unit: unit.create("Organisation", {"name": "Fictif", "note": "0"}, id=COUNTER))
    command = [sys.executable, "-m", "tests.robustness.writer", shared.address, "500"]
    writers = [
        subprocess.Popen(
            [*command, f"n{n}", str(PROCESSES * EACH)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=shared.environment,
        )
        for n in range(PROCESSES)
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    served = sorted(len(writer.communicate()[0].split()) for writer in writers)
    assert sum(served) == PROCESSES * EACH
    assert served[0] * 4 >= EACH, served
