"""A network on each store, as an administrator works on it: a canvas is the same on both."""

import pytest

from crm.network import Network


@pytest.fixture
def network(either: Network) -> Network:
    """An empty network."""
    return either
