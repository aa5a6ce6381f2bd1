"""A process that writes to a shared network until told to stop: adds one to a number, again and again.

Run as ``python -m tests.robustness.writer ADDRESS SECONDS NAME [TOTAL]``; prints the number of each commit kept.
With ``TOTAL`` it says when it is ready, begins at a line on standard input, and stops when the number is that large,
whoever has made it so. The password of a server is in ``RESEAU28_NEO4J_PASSWORD``.
"""

import os
import sys
import time
from functools import partial

from crm.errors import StaleRevision
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.store import open_store

COUNTER = "compteur"


def main(address: str, seconds: float, name: str, total: int | None = None) -> None:
    """Write for so many seconds, trying again whenever another process was faster."""
    network = Network(
        open_store(address, password=os.environ.get("RESEAU28_NEO4J_PASSWORD")), Actor(name, Role.MANAGER)
    )
    if total is not None:
        network.read(lambda tx: tx.head())
        print("ready", flush=True)
        sys.stdin.readline()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        record = network.read(lambda tx: tx.get([COUNTER]))[COUNTER]
        now = int(str(record.values["note"]))
        if total is not None and now >= total:
            return
        after = str(now + 1)
        revision = record.revision
        try:
            done = network.commit(f"{name} compte", partial(_write, after, revision))
        except StaleRevision:
            continue
        assert done.commit is not None
        print(done.commit.number, flush=True)


def _write(after: str, revision: int, unit: UnitOfWork) -> None:
    unit.update(COUNTER, {"note": after}, revision=revision)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:5]))
