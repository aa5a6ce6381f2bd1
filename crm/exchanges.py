"""Exchanges: dated contacts, logged in one act."""

from collections.abc import Collection
from datetime import date
from typing import Any

from crm.errors import InputError
from crm.network import Committed, Network
from crm.work import UnitOfWork
from graph_schema.exchanges import Channel, Direction
from graph_schema.vocabularies import Purpose


def log(
    network: Network,
    organisations: Collection[str],
    people: Collection[str] = (),
    *,
    on: date,
    channel: Channel | None = None,
    direction: Direction = Direction.UNKNOWN,
    subject: str = "",
    note: str = "",
    said: str = "",
    concerns: Collection[str] = (),
    purpose: Collection[Purpose] = (),
) -> Committed[str]:
    """Record a contact with these organisations and people; returns the exchange's id.

    ``said`` is the sentence as it was written: with it, an exchange may be kept before anyone knows with whom it was.
    ``concerns``: ids of the training actions, agreements or placements that it was about. A channel or a direction
    that nobody said stays unsaid.

    Raises ``InputError`` for a day after today, or when neither a party nor a sentence is given: what has not happened
    proves nothing.
    """
    involved, about = [*dict.fromkeys((*organisations, *people))], [*dict.fromkeys(concerns)]
    if not involved and not said.strip():
        raise InputError("Dites avec qui vous avez échangé : un partenaire ou une personne.", field="organisations")
    check_past(network, on)
    given = {"subject": subject.strip(), "note": note.strip(), "said": said.strip(), "purpose": [*purpose]}
    values: dict[str, Any] = {"on": on.isoformat(), "direction": direction}
    values |= {name: value for name, value in (("channel", channel), *given.items()) if value}

    def work(unit: UnitOfWork) -> str:
        id = unit.create("Exchange", values)
        unit.preload(nodes=[*involved, *about])
        for one in involved:
            unit.connect("Involves", id, one)
        for one in about:
            unit.connect("Concerns", id, one)
        return id

    what = channel.label.lower() if channel else "contact"
    return network.commit(f"Échange consigné : {what} du {on:%d/%m/%Y}", work)


def check_past(network: Network, on: date) -> None:
    """Raise ``InputError`` for a day after today."""
    if on > network.today():
        raise InputError(f"Le {on:%d/%m/%Y} n'est pas encore passé : un échange se consigne après coup.", field="on")
