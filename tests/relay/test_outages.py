"""The way to Neo4j fails: one French sentence within the declared wait, and nothing half written."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from crm.errors import StoreUnavailable
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations
from crm.store import open_store
from crm.store.neo4j import store as settings
from crm.store.protocol import Query, ReadTransaction, Store
from tests.crm.store.neo4j_addresses import address_of, opened
from tests.neo4j_server.fixtures import Neo4jAddress
from tests.neo4j_server.server import Neo4jServer
from tests.relay import Relay, Request, Trouble

pytestmark = pytest.mark.neo4j

ADMIN = Actor("C. Exemple", Role.ADMIN)
NAMES = ["Garage Fictif", "Atelier Imaginaire"]
SILENCE = 6
"""Seconds that the server in these tests says a client is to bear without hearing of it."""


@pytest.fixture
def relay(blank_neo4j: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """A relay to a store of two partners; whoever finds it closed soon gives up."""
    with opened(blank_neo4j) as store:
        for name in NAMES:
            organisations.create(Network(store, ADMIN), {"name": name})
    monkeypatch.setattr(settings, "RETRY_SECONDS", 1.0)
    with Relay(blank_neo4j.uri) as between:
        yield between


@pytest.fixture
def network(relay: Relay, blank_neo4j: Neo4jAddress) -> Iterator[Network]:
    """The network behind the relay."""
    store = behind(relay, blank_neo4j)
    yield Network(store, ADMIN)
    store.close()


def behind(relay: Relay, server: Neo4jAddress) -> Store:
    """The store, reached through the relay."""
    address = Neo4jAddress(relay.uri, server.user, server.password)
    return open_store(address_of(address), password=server.password)


def names(network: Network) -> list[str]:
    """The partners that there are."""
    return network.read(lambda tx: [str(each.values["name"]) for each in tx.find(Query("Organisation")).items])


def entered(network: Network) -> str:
    """Enter a third partner."""
    return organisations.create(network, {"name": "Club Exemple"}).value


def assert_whole(network: Network, *more: str) -> None:
    """The partners are those, each with one commit, and no text that search finds is of another."""
    assert sorted(names(network)) == sorted([*NAMES, *more])
    commits = network.read(lambda tx: tx.commits())
    assert [each.changes for each in commits] == [1] * (len(NAMES) + len(more))


def said(act: Callable[[], object]) -> str:
    """The one sentence in which an act fails."""
    with pytest.raises(StoreUnavailable) as failure:
        act()
    message = str(failure.value)
    assert message.startswith("Neo4j ne répond p")
    assert "\n" not in message
    return message


def test_a_reading_that_is_cut_says_so_and_the_next_one_finds_all(relay: Relay, network: Network) -> None:
    relay.trouble(Trouble.UNHEARD, Request.RUN, after=1)
    message = said(lambda: names(network))
    assert relay.troubled
    assert "vérifiez que le serveur est démarré et joignable" in message
    relay.mend()
    assert_whole(network)


def test_a_reading_goes_on_by_itself_where_the_connection_comes_back(relay: Relay, network: Network) -> None:
    def cut_once(tx: ReadTransaction) -> list[str]:
        if not relay.troubled and not tried:
            tried.append("cut")
            relay.trouble(Trouble.CUT, Request.RUN)
        elif relay.troubled:
            relay.mend()
        return [str(each.values["name"]) for each in tx.find(Query("Organisation")).items]

    tried: list[str] = []
    threading.Timer(0.2, relay.mend).start()
    assert sorted(network.read(cut_once)) == sorted(NAMES)
    assert tried


@pytest.mark.parametrize("at", [Request.RUN, Request.COMMIT])
def test_a_write_that_is_cut_leaves_nothing(relay: Relay, network: Network, at: Request) -> None:
    names(network)
    # The reading before, then the turn, are let pass: the cut comes among the queries that write.
    relay.trouble(Trouble.CUT, at, after=3 if at is Request.RUN else 0)
    message = said(lambda: entered(network))
    assert relay.troubled
    assert "enregistré" in message
    relay.mend()
    assert_whole(network)
    entered(network)
    assert_whole(network, "Club Exemple")


def test_a_write_whose_answer_is_lost_does_not_say_that_nothing_is_kept(relay: Relay, network: Network) -> None:
    relay.trouble(Trouble.UNHEARD, Request.COMMIT)
    message = said(lambda: entered(network))
    assert "rien ne dit si ce qui était en cours est enregistré" in message
    relay.mend()
    assert_whole(network, "Club Exemple")


def test_a_write_whose_answer_is_lost_is_written_once_where_the_connection_comes_back(
    relay: Relay, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "RETRY_SECONDS", 60.0)
    relay.trouble(Trouble.UNHEARD, Request.COMMIT)
    threading.Timer(0.5, relay.mend).start()
    entered(network)
    assert_whole(network, "Club Exemple")


def test_a_relay_without_a_server_behind_is_said_at_once(relay: Relay, blank_neo4j: Neo4jAddress) -> None:
    relay.trouble(Trouble.CUT, Request.HELLO)
    assert "vérifiez que le serveur est démarré" in said(lambda: behind(relay, blank_neo4j))


def test_where_nothing_comes_any_more_a_reading_and_a_write_end_within_the_declared_wait(
    own_neo4j: Callable[..., Neo4jServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server says how long its silence is to be borne; then the connection is tried anew, as often as declared."""
    monkeypatch.setattr(settings, "RETRY_SECONDS", 1.0)
    server = own_neo4j(silence=SILENCE)
    address = Neo4jAddress(server.uri, server.user, server.password)
    with opened(server) as direct, Relay(server.uri) as reading, Relay(server.uri) as writing:
        for name in NAMES:
            organisations.create(Network(direct, ADMIN), {"name": name})
        stores = [behind(each, address) for each in (reading, writing)]
        reading.trouble(Trouble.HOLE, Request.RUN, after=1)
        writing.trouble(Trouble.HOLE, Request.COMMIT)
        with ThreadPoolExecutor() as both:
            acts = (names, Network(stores[0], ADMIN)), (entered, Network(stores[1], ADMIN))
            pending = [both.submit(said, lambda act=act, on=on: act(on)) for act, on in acts]  # type: ignore[misc]
            declared = SILENCE + settings.RETRY_SECONDS + 2 * settings.CONNECTION_SECONDS
            messages = [each.result(timeout=declared + 30) for each in pending]
        assert "n'est pas enregistré" in messages[0]
        assert "rien ne dit si" in messages[1]
        for store in stores:
            store.close()
        assert_whole(Network(direct, ADMIN))
