"""What sentences leave to be completed: from whom an exchange came, who is meant by a name, which record it was about.

Each is settled in one act. The list and its count ask the same of the store.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from crm.errors import ConflictError, InputError, NotFound
from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from crm.quick_log import WHO, WHOSE, WITH_WHOM, doubts_day, topics
from crm.quick_log.concerns import Topic
from crm.quick_log.match import Party, candidates
from crm.store.protocol import Condition, Op, Query, ReadTransaction
from graph_schema.committees import Action, FollowsUp
from graph_schema.exchanges import Channel, Concerns, Direction, Exchange, Involves
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, listing

SHOWN = 200
"""At most so many are listed, the newest first."""

_PARTIES = {Exchange.TYPE: Involves.TYPE, Action.TYPE: FollowsUp.TYPE}
_ASKED = Condition("asked", Op.PRESENT)
_UNDIRECTED = Condition("direction", Op.EQ, Direction.UNKNOWN.value)
_DIRECTED = Condition("direction", Op.IN, (Direction.FROM_US.value, Direction.FROM_THEM.value, Direction.MUTUAL.value))


class Pending(NamedTuple):
    """An exchange to be completed, or an action (``type``), which is of no channel and no direction.

    ``on``: its day, or the one on which it is due. ``asked`` are the names to settle (``WHO``: nobody is known to have
    taken part), ``doubts`` the other questions, ``directed`` whether somebody has said from whom it came.
    """

    id: str
    type: str
    on: date | None
    channel: Channel | None
    words: str
    parties: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]
    doubts: tuple[str, ...]
    directed: bool

    @property
    def dated(self) -> bool:
        """Whether its day is sure: from whom it came is not asked before, as a guessed day must refresh nothing."""
        return not any(map(doubts_day, self.doubts))

    @property
    def questions(self) -> list[str]:
        """All that is asked of it."""
        whose = [WHOSE] if not self.directed and self.dated else []
        return [*whose, *map(who_is, self.asked), *self.doubts]


class Amount(NamedTuple):
    """How many exchanges and actions are to be completed."""

    exchanges: int
    actions: int

    def __bool__(self) -> bool:
        """Whether anything is."""
        return any(self)

    @property
    def words(self) -> str:
        """How many, in words: « 2 échanges et 1 action »."""
        nouns = ((self.exchanges, "échange"), (self.actions, "action"))
        return listing([count(many, noun) for many, noun in nouns if many])


def who_is(name: str) -> str:
    """What is asked of a name, or of nobody at all."""
    return WITH_WHOM if name == WHO else f"Qui est « {name} » ?"


def pending(network: Network, limit: int = SHOWN) -> list[Pending]:
    """What is to be completed: the exchanges, the newest first, then the actions."""
    return network.read(lambda tx: _pending_of(tx, limit))


def waiting(network: Network, id: str) -> Pending | None:
    """What is to be completed of one record, if anything is."""

    def work(tx: ReadTransaction) -> Pending | None:
        record = tx.get([id]).get(id)
        found = _with_parties(tx, [record]) if record and record.type in _PARTIES else []
        return next((each for each in found if each.questions), None)

    return network.read(work)


def amount(network: Network) -> Amount:
    """How many are to be completed."""

    def work(tx: ReadTransaction) -> Amount:
        exchanges = tx.count(Exchange.TYPE, (_UNDIRECTED,)) + tx.count(Exchange.TYPE, (_ASKED, _DIRECTED))
        return Amount(exchanges, tx.count(Action.TYPE, (_ASKED,)))

    return network.read(work)


def _pending_of(tx: ReadTransaction, limit: int) -> list[Pending]:
    found: dict[str, NodeRecord] = {}
    for where in ((_UNDIRECTED,), (_ASKED, _DIRECTED)):
        query = Query(Exchange.TYPE, where, order="on", descending=True, limit=limit)
        found |= {record.id: record for record in tx.find(query).items}
    records = sorted(found.values(), key=lambda each: each.id)
    records.sort(key=lambda each: str(each.values["on"]), reverse=True)  # as a find does: of one day, by id
    records += tx.find(Query(Action.TYPE, (_ASKED,), order="due_on", limit=limit)).items
    return _with_parties(tx, records[:limit])


def _with_parties(tx: ReadTransaction, records: Sequence[NodeRecord]) -> list[Pending]:
    links = tx.links_of([each.id for each in records], [*_PARTIES.values()]) if records else []
    ends = tx.get({link.target for link in links})
    parties: dict[str, list[NodeRecord]] = {each.id: [] for each in records}
    for link in links:
        if link.source in parties and link.target in ends:
            parties[link.source].append(ends[link.target])
    return [_pending(each, parties[each.id]) for each in records]


def direct(network: Network, id: str, direction: Direction) -> Committed[None]:
    """Say from whom an exchange came."""
    what = f"Sens de l'échange précisé : {direction.label.lower()}"
    return network.commit(what, lambda unit: unit.update(id, {"direction": direction}))


def choose(network: Network, id: str, words: str, ids: tuple[str, ...]) -> Committed[None]:
    """Say whom a name means: the records with these ids took part, and the action told with it follows them.

    With them, what the sentence was about may be certain, or be asked.
    """
    if not ids:
        raise InputError("Choisissez qui a participé à l'échange.", field="asked")

    def work(unit: UnitOfWork) -> None:
        record = unit.node(id)
        if record is None:
            raise NotFound("Ce qui était à compléter a été supprimé.")
        more = _about(unit, record, ids) if record.type == Exchange.TYPE else []
        _settle(unit, id, words, more)
        _tie(unit, id, _PARTIES[record.type], ids)
        if record.type == Exchange.TYPE and (said := record.values.get("said")):
            told = unit.tx.find(Query(Action.TYPE, (Condition("said", Op.EQ, str(said)),))).items
            parties = [each for each in unit.tx.get(ids).values() if each.type == Organisation.TYPE]
            for action in told:
                _tie(unit, action.id, FollowsUp.TYPE, [each.id for each in parties] or ids)

    return network.commit("Échange complété", work)


def topic(network: Network, id: str, question: str) -> list[NodeRecord]:
    """The records that an exchange may have been about, where that is what a question of it asks."""

    def work(tx: ReadTransaction) -> list[NodeRecord]:
        record = tx.get([id]).get(id)
        if record is None or record.type != Exchange.TYPE:
            return []
        involved = {link.target for link in tx.links_of([id], [Involves.TYPE])}
        asked = (each for each in _topics(tx, record, involved) if each.question == question and not each.meant(None))
        return list({record.id: record for one in asked for record in one.candidates}.values())

    return network.read(work)


def concern(network: Network, id: str, question: str, subject: str) -> Committed[None]:
    """Say what an exchange was about: the record ``subject``, which settles the question."""

    def work(unit: UnitOfWork) -> None:
        _settle(unit, id, question)
        _tie(unit, id, Concerns.TYPE, [subject])

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


def _topics(tx: ReadTransaction, record: NodeRecord, involved: Collection[str]) -> tuple[Topic, ...]:
    """What the sentence of an exchange says that it was about, with those who took part."""
    organisations = {each.id for each in tx.get(involved).values() if each.type == Organisation.TYPE}
    on = date.fromisoformat(str(record.values["on"]))
    return topics(tx, str(record.values.get("said") or ""), organisations, on)


def _about(unit: UnitOfWork, record: NodeRecord, more: Collection[str]) -> list[str]:
    """Tie an exchange to what it was certainly about, now that ``more`` took part; returns what is to be asked."""
    links = unit.tx.links_of([record.id], [Involves.TYPE, Concerns.TYPE])
    known = {each.type for each in unit.tx.get({link.target for link in links if link.type == Concerns.TYPE}).values()}
    questions = []
    for each in _topics(unit.tx, record, more):
        found = each.meant(None)
        if each.type in known:
            continue
        if found:
            _tie(unit, record.id, Concerns.TYPE, [found.id])
        else:
            questions.append(each.question)
    return questions


def _tie(unit: UnitOfWork, id: str, type: str, ends: Collection[str]) -> None:
    there = {link.target for link in unit.tx.links_of([id], [type]) if link.source == id}
    for each in ends:
        if each not in there:
            unit.connect(type, id, each)


def _settle(unit: UnitOfWork, id: str, words: str, more: Collection[str] = ()) -> None:
    """Ask ``words`` no more of a record, but ``more``."""
    record = unit.expect(id, None)
    asked = record.values.get("asked")
    if not isinstance(asked, list) or words not in asked:
        raise ConflictError(f"« {words} » est déjà réglé : rien n'est changé.")
    unit.update(id, {"asked": [*dict.fromkeys([*(each for each in asked if each != words), *more])]})


def _pending(record: NodeRecord, parties: list[NodeRecord]) -> Pending:
    values = record.values
    kept = values.get("asked")
    asked = [str(each) for each in kept] if isinstance(kept, list) else []
    on = values.get("due_on" if record.type == Action.TYPE else "on")
    named = [(each.type != Person.TYPE, SCHEMA.nodes[each.type].caption(each.values), each.id) for each in parties]
    return Pending(
        record.id, record.type, date.fromisoformat(str(on)) if on else None,
        Channel(str(values["channel"])) if values.get("channel") else None,
        str(values.get("said") or values.get("subject") or values.get("title") or ""),
        tuple((id, caption) for _, caption, id in sorted(named)),
        tuple(each for each in asked if not each.endswith("?")), tuple(each for each in asked if each.endswith("?")),
        record.type == Action.TYPE or values.get("direction", Direction.UNKNOWN.value) != Direction.UNKNOWN.value,
    )  # fmt: skip
