"""People who opposed what we do with their data: none of them is in anything that leaves the application."""

from collections.abc import Iterable

from crm.network import Network
from graph_schema.people import Person
from graph_schema.wording import count, plural


def opposed(network: Network, people: Iterable[str]) -> frozenset[str]:
    """Those of these ids who are people that opposed it: as of now, whatever day is shown, for a file leaves now."""
    records = network.read(lambda tx: tx.get(set(people)))
    return frozenset(id for id, record in records.items() if record.values.get("opposed_on"))


def everyone_opposed(network: Network) -> frozenset[str]:
    """The ids of all people who opposed it, as of now."""
    return network.read(lambda tx: frozenset(str(id) for id, day in tx.rows(Person.TYPE, ("opposed_on",)) if day))


def withheld(many: int) -> str:
    """A sentence about so many people who are not in a file."""
    return f"Hors du fichier : {count(many, 'personne')} qui s'y {plural(many, 'oppose', 'opposent')}."
