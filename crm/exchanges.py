"""Exchanges: dated contacts, logged in one act."""

from collections.abc import Collection
from datetime import date

from crm.errors import InputError
from crm.network import Committed, Network
from crm.work import UnitOfWork
from graph_schema.exchanges import Channel, Direction


def log(
    network: Network,
    organisations: Collection[str],
    people: Collection[str] = (),
    *,
    on: date,
    channel: Channel = Channel.CALL,
    direction: Direction = Direction.MUTUAL,
    subject: str = "",
    note: str = "",
) -> Committed[str]:
    """Record a contact with these organisations and people; returns the exchange's id.

    Raises ``InputError`` for a day after today or when nobody took part: what has not happened proves nothing.
    """
    involved = [*dict.fromkeys((*organisations, *people))]
    if not involved:
        raise InputError("Dites avec qui vous avez échangé : un partenaire ou une personne.", field="organisations")
    if on > network.today():
        raise InputError(f"Le {on:%d/%m/%Y} n'est pas encore passé : un échange se consigne après coup.", field="on")
    values = {"on": on.isoformat(), "channel": channel, "direction": direction}
    texts = {name: text for name, text in (("subject", subject.strip()), ("note", note.strip())) if text}

    def work(unit: UnitOfWork) -> str:
        id = unit.create("Exchange", {**values, **texts})
        unit.preload(nodes=involved)
        for one in involved:
            unit.connect("Involves", id, one)
        return id

    return network.commit(f"Échange consigné : {channel.label.lower()} du {on:%d/%m/%Y}", work)
