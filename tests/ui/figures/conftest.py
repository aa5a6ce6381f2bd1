"""The demonstration on a day, as the screens draw it and as the command line tells it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.demo import fill
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.ui.application import working_at
from tests.ui.figures.reading import DAY, told
from ui import session


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demonstration network at size S, as it is on ``DAY``; screens and commands of this process work on it."""
    path = tmp_path_factory.mktemp("figures") / "demonstration.db"
    filled = open_store(str(path))
    fill(Network(filled, Actor("C. Exemple", Role.ADMIN)), on=DAY)
    filled.close()
    with working_at(path):
        told.cache_clear()
        yield path
    session.close()
