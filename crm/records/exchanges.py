"""Exchanges: dated contacts, logged in one act."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from crm.errors import InputError
from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from graph_schema.exchanges import Channel, Concerns, Direction, Exchange, Involves
from graph_schema.vocabularies import Purpose
from graph_schema.wording import lowered


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
    asked: Collection[str] = (),
) -> Committed[str]:
    """Record a contact with these organisations and people; returns the exchange's id.

    ``said`` is the sentence as it was written: with it, an exchange may be kept before anyone knows with whom it was.
    ``concerns``: ids of the training actions, agreements or placements that it was about. A channel or a direction
    that nobody said stays unsaid. ``asked``: names of the sentence of which nobody knows yet whom they mean.

    Raises ``InputError`` for a day after today, or when neither a party nor a sentence is given: what has not happened
    proves nothing.
    """
    values: dict[str, Any] = {"direction": direction, "subject": subject, "note": note, "said": said}
    values |= {"channel": channel, "purpose": [*purpose], "asked": [*asked]}

    def work(unit: UnitOfWork) -> str:
        return add(unit, on, values, [*organisations, *people], concerns)

    check(network, on, bool(organisations or people or said.strip()))
    what = lowered(channel.label) if channel else "contact"
    return network.commit(f"Échange consigné : {what} du {on:%d/%m/%Y}", work)


def check(network: Network, on: date, told: bool, today: date | None = None) -> None:
    """Refuse a day after today, and an exchange of which nothing is ``told``: neither a party nor a sentence.

    ``today`` is another day than the clock's, when that is given.
    """
    if not told:
        raise InputError("Dites avec qui vous avez échangé : un partenaire ou une personne.", field="organisations")
    check_past(network, on, today)


def check_past(network: Network, on: date, today: date | None = None) -> None:
    """Raise ``InputError`` for a day after today, or after the day given for it."""
    if on > (today or network.today()):
        raise InputError(f"Le {on:%d/%m/%Y} n'est pas encore passé : un échange se consigne après coup.", field="on")


def add(
    unit: UnitOfWork, on: date, values: Mapping[str, Any], involved: Iterable[str], concerns: Iterable[str] = ()
) -> str:
    """An exchange in a unit of work, with those whom it involves and what it was about; returns its id."""
    kept = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    id = unit.create(Exchange.TYPE, {"on": on.isoformat(), **{name: value for name, value in kept.items() if value}})
    ends = [(Involves.TYPE, each) for each in dict.fromkeys(involved)]
    ends += [(Concerns.TYPE, each) for each in dict.fromkeys(concerns)]
    unit.preload(nodes=[end for _, end in ends])
    for type, end in ends:
        unit.connect(type, id, end)
    return id
