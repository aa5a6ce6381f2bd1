"""What exchanges leave to be completed: from whom they came, and who is meant by a name; each is settled in one act."""

from datetime import date
from typing import NamedTuple

from crm.errors import ConflictError, InputError
from crm.network import Committed, Network
from crm.quick_log import WHO
from crm.quick_match import Party, candidates
from crm.sheet import told
from crm.store.protocol import Condition, Op, Query, ReadTransaction
from crm.work import UnitOfWork
from graph_schema.exchanges import Channel, Direction
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA

SHOWN = 200
"""At most so many exchanges are listed, the newest first."""


class Pending(NamedTuple):
    """An exchange to be completed: ``asked`` are the names to settle (``WHO``: nobody is known to have taken part),
    ``doubts`` the other questions, ``directed`` whether somebody has said from whom it came.
    """

    id: str
    on: date
    channel: Channel | None
    words: str
    parties: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]
    doubts: tuple[str, ...]
    directed: bool


def pending(network: Network, limit: int = SHOWN) -> list[Pending]:
    """The exchanges to be completed, the newest first."""

    def work(tx: ReadTransaction) -> list[NodeRecord]:
        found: dict[str, NodeRecord] = {}
        for condition in (Condition("direction", Op.EQ, Direction.UNKNOWN.value), Condition("asked", Op.PRESENT)):
            query = Query("Exchange", (condition,), order="on", descending=True, limit=limit)
            found |= {record.id: record for record in tx.find(query).items}
        return sorted(found.values(), key=lambda each: (str(each.values["on"]), each.id), reverse=True)[:limit]

    records = network.read(work)
    parties = told(network, [each.id for each in records])
    return [_pending(each, parties[each.id].parties) for each in records]


def direct(network: Network, id: str, direction: Direction) -> Committed[None]:
    """Say from whom an exchange came."""
    what = f"Sens de l'échange précisé : {direction.label.lower()}"
    return network.commit(what, lambda unit: unit.update(id, {"direction": direction}))


def choose(network: Network, id: str, words: str, ids: tuple[str, ...]) -> Committed[None]:
    """Say whom a name of an exchange means: the records with these ids took part."""
    if not ids:
        raise InputError("Choisissez qui a participé à l'échange.", field="asked")

    def work(unit: UnitOfWork) -> None:
        _settle(unit, id, words)
        there = {link.target for link in unit.tx.links_of([id], ["Involves"])}
        for each in ids:
            if each not in there:
                unit.connect("Involves", id, each)

    return network.commit("Échange complété", work)


def answered(network: Network, id: str, question: str) -> Committed[None]:
    """Ask a question of an exchange no more: what it asked is said by now."""
    return network.commit("Question réglée", lambda unit: _settle(unit, id, question))


def leave_aside(network: Network, id: str, words: str) -> Committed[None]:
    """Ask no more whom a name of an exchange means; the sentence keeps it."""
    return network.commit("Nom laissé de côté", lambda unit: _settle(unit, id, words))


def meant(network: Network, words: str, on: date) -> list[Party]:
    """Who may be meant by a name."""
    return [] if words == WHO else candidates(network, words, on)


def _settle(unit: UnitOfWork, id: str, words: str) -> None:
    record = unit.expect(id, None)
    asked = record.values.get("asked")
    left = [each for each in asked if each != words] if isinstance(asked, list) else []
    if not isinstance(asked, list) or words not in asked:
        raise ConflictError(f"« {words} » est déjà réglé : rien n'est changé.")
    unit.update(id, {"asked": left})


def _pending(record: NodeRecord, parties: list[NodeRecord]) -> Pending:
    values = record.values
    kept = values.get("asked")
    asked = [str(each) for each in kept] if isinstance(kept, list) else []
    return Pending(
        record.id, date.fromisoformat(str(values["on"])),
        Channel(str(values["channel"])) if values.get("channel") else None,
        str(values.get("said") or values.get("subject") or ""),
        tuple((each.id, SCHEMA.nodes[each.type].caption(each.values)) for each in parties),
        tuple(each for each in asked if not each.endswith("?")), tuple(each for each in asked if each.endswith("?")),
        values.get("direction", Direction.UNKNOWN.value) != Direction.UNKNOWN.value,
    )  # fmt: skip
