"""The web of a network: after any edit, what is brought up to date is what would be read anew."""

from collections.abc import Callable
from datetime import timedelta

from crm.canvas import web_reading
from crm.canvas.web import Web, web
from crm.ledger.undo import undo_commit
from crm.measures import measuring as measures
from crm.network import Network
from crm.records import exchanges, links
from graph_schema.exchanges import Direction
from tests.crm.canvas.networks import ON, contact, node, partner, tie


def facts(found: Web) -> tuple[dict[str, str], dict[str, set[str]]]:
    """The types, and the ids of the links by either end."""
    return dict(found.types), {id: {link.id for link in some} for id, some in found.others.items()}


def now(network: Network) -> Web:
    """The web as it is kept or brought up to date."""
    return web(network, measures.measures(network, ON))


def anew(network: Network) -> Web:
    """The web as read from the store, whole."""
    relations = measures.measures(network, ON).relations
    return Web(relations, *network.read(lambda tx: web_reading.whole(tx, relations)))


def test_a_web_brought_up_to_date_is_the_one_that_would_be_read_anew(network: Network) -> None:
    garage = partner(network, "Garage Exemple")
    committee = node(network, "Committee", name="Comité Exemple")
    seat = tie(network, "SitsOn", garage, committee)
    later = (ON + timedelta(days=30)).isoformat()
    meeting = node(network, "Meeting", title="Séance", held_on=later)
    now(network)

    def remove() -> None:
        network.commit("Suppression", lambda unit: unit.delete([meeting]))

    edits: list[Callable[[], object]] = [
        lambda: exchanges.log(network, [garage], on=ON, subject="Point", direction=Direction.MUTUAL),
        lambda: tie(network, "MeetingOf", meeting, committee),
        lambda: tie(network, "SitsOn", contact(network, garage, "Exemple"), committee),
        lambda: network.commit("Date", lambda unit: unit.update(meeting, {"held_on": ON.isoformat()})),
        lambda: links.end(network, seat, ON - timedelta(days=1)),
        lambda: tie(network, "Serves", garage, node(network, "Territory", level="region", code="32", name="Hauts")),
        lambda: links.delete(network, seat),
        remove,
    ]
    for edit in edits:
        edit()
        assert facts(now(network)) == facts(anew(network))
    newest = network.read(lambda tx: tx.commits(limit=1, newest_first=True))[0]
    undo_commit(network, newest)
    assert facts(now(network)) == facts(anew(network))
    assert meeting in now(network).types


def test_what_has_not_begun_is_not_there_yet(network: Network) -> None:
    meeting = node(network, "Meeting", title="Séance", held_on=(ON + timedelta(days=1)).isoformat())
    draft = node(network, "Agreement", subject="Convention")
    found = now(network)
    assert found.type(meeting) is None
    assert found.type(draft) == "Agreement"
