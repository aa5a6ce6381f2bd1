"""A relay between the application and Neo4j: it counts what passes, and can delay it, cut it or let it vanish."""

from tests.relay.relay import Relay, Trouble
from tests.relay.turns import Request, Spent

__all__ = ["Relay", "Request", "Spent", "Trouble"]
