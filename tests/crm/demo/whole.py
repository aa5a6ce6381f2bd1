"""The rules of the field on a whole large network, for ``make rules``: too long for each run of the tests."""

import sys
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from crm.demo import Size, fill
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.crm.demo.rules import RULES, Planted

_SHOWN = 5


def broken(size: Size, on: date, folder: Path) -> dict[str, list[object]]:
    """The rules that a network of that size breaks, each with the first records that do."""
    store = open_store(str(folder / "demo.db"))
    try:
        network = Network(store, Actor("Essai", Role.ADMIN))
        fill(network, size=size, on=on)
        planted = Planted(network, on)
    finally:
        store.close()
    found = {rule.__name__: list(islice(rule(planted), _SHOWN)) for rule in RULES}
    return {name: some for name, some in found.items() if some}


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        wrong = broken(Size(sys.argv[1] if len(sys.argv) > 1 else Size.L), date(2026, 11, 20), Path(folder))
    for name, records in wrong.items():
        print(f"{name} : {records}")
    sys.exit(bool(wrong))
