"""A Neo4j server killed under a writer, then restarted, holds every acknowledged commit and a whole chain."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from crm.verify import verify
from tests.neo4j_server.server import Neo4jServer
from tests.robustness.conftest import server_address, share
from tests.robustness.writer import COUNTER

KILLS = 2
ACKNOWLEDGED = 10


@pytest.mark.neo4j
@pytest.mark.timeout(900)
def test_a_killed_server_keeps_what_it_acknowledged(own_neo4j: Callable[..., Neo4jServer]) -> None:
    server = own_neo4j()
    address = server_address(server.uri, server.user)
    shared = share(address, server.password)
    shared.network.commit("Départ", lambda unit: unit.create("Organisation", {"name": "A", "note": "0"}, id=COUNTER))
    shared.network.store.close()
    for kill in range(KILLS):
        last = _kill_under_a_writer(server, address, f"n{kill}", shared.environment)
        server.restart()
        again = share(address, server.password)
        head = again.network.read(lambda tx: tx.head().number)
        counted = again.network.read(lambda tx: tx.get([COUNTER]))[COUNTER].values["note"]
        assert head >= last
        assert counted == str(head - 1)
        assert verify(again.network) == []
        again.network.store.close()


def _kill_under_a_writer(server: Neo4jServer, address: str, name: str, environment: dict[str, str]) -> int:
    """Kill the server while another process writes; returns the number of the last commit acknowledged to it."""
    command = [sys.executable, "-m", "tests.robustness.writer", address, "120", name]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as writer:
        assert writer.stdout is not None
        numbers = [int(writer.stdout.readline()) for _ in range(ACKNOWLEDGED)]
        server.kill()
        writer.kill()
        numbers.extend(int(line) for line in writer.stdout if line.endswith("\n"))
    return numbers[-1]
