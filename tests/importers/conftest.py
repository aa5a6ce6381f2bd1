"""A network on a real embedded store, and the files that people import into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.network import Network
from crm.store import open_store
from tests.crm.conftest import ADMIN


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    """An empty network."""
    store = open_store(str(tmp_path / "reseau28.db"))
    yield Network(store, ADMIN)
    store.close()
