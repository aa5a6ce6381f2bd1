"""A network on each store, as an administrator works on it: a canvas is the same on both."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crm.network import Network
from tests.crm.canvas.networks import ON


@pytest.fixture
def network(either: Network) -> Network:
    """An empty network, where what is written was there on the days that are drawn."""
    return replace(either, clock=lambda: datetime(ON.year, ON.month, ON.day, tzinfo=UTC))
