"""The actions still to be done, in one list: whose, late, undated, about which partner, out of which meeting.

The list on screen, its figures and the command line ask the same of the store.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from crm.errors import NotFound
from crm.network import Network
from crm.store.paging import every
from crm.store.protocol import Condition, Op, Query, ReadTransaction
from graph_schema.committees import Action, ActionStatus, AssignedTo, DecidedIn, Decision, FollowsUp, Meeting
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold

_PAGE = 500
_OPEN = Condition("status", Op.IN, (ActionStatus.OPEN.value, ActionStatus.DOING.value))
_ABOUT = (FollowsUp.TYPE, AssignedTo.TYPE)


class Answered(NamedTuple):
    """A record that an action is about: its id, its type, what people call it."""

    id: str
    type: str
    caption: str


class OpenAction(NamedTuple):
    """An action still to be done.

    ``partners`` are those that it answers or that are in charge of it, ``meetings`` those that decided it.
    """

    id: str
    action: Action
    late: bool
    partners: tuple[Answered, ...]
    meetings: tuple[Answered, ...]


class OpenActions(NamedTuple):
    """How many actions are still to be done, how many of them late."""

    total: int
    late: int


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """Which actions are asked for: all that is said must hold; ``partner`` and ``meeting`` are ids."""

    owner: str = ""
    late: bool = False
    undated: bool = False
    partner: str = ""
    meeting: str = ""

    def keeps(self, found: OpenAction) -> bool:
        """Whether an action is asked for; the owner's name is compared accents and case aside."""
        return (
            (not self.owner or fold(found.action.owner or "") == fold(self.owner))
            and (not self.late or found.late)
            and (not self.undated or found.action.due_on is None)
            and (not self.partner or self.partner in {each.id for each in found.partners})
            and (not self.meeting or self.meeting in {each.id for each in found.meetings})
        )


def open_actions(network: Network, wanted: ActionFilter | None = None) -> list[OpenAction]:
    """The actions still to be done, the first due first, those without a day last.

    Raises ``NotFound`` for a partner or a meeting that is not there.
    """
    today = network.today()
    asked = wanted or ActionFilter()

    def work(tx: ReadTransaction) -> list[OpenAction]:
        _check(tx, asked.partner, SCHEMA.partners, "Ce partenaire n'existe pas, ou plus.")
        _check(tx, asked.meeting, (Meeting.TYPE,), "Cette réunion n'existe pas, ou plus.")
        return _told(tx, [*every(tx, Query(Action.TYPE, (_OPEN,), "due_on", limit=_PAGE))], today)

    return [each for each in network.read(work) if asked.keeps(each)]


def amount(network: Network) -> OpenActions:
    """How many there are, without reading them."""
    late = Condition("due_on", Op.LT, network.today().isoformat())
    return network.read(lambda tx: OpenActions(tx.count(Action.TYPE, (_OPEN,)), tx.count(Action.TYPE, (_OPEN, late))))


def _check(tx: ReadTransaction, id: str, types: Iterable[str], words: str) -> None:
    found = tx.get([id]).get(id) if id else None
    if id and (found is None or found.type not in types):
        raise NotFound(words)


def _told(tx: ReadTransaction, records: list[NodeRecord], today: date) -> list[OpenAction]:
    about = _targets(tx, [record.id for record in records], _ABOUT)
    decisions = {each.id for ends in about.values() for each in ends if each.type == Decision.TYPE}
    decided = _targets(tx, decisions, (DecidedIn.TYPE,))
    return [_action(record, about.get(record.id, ()), decided, today) for record in records]


def _targets(tx: ReadTransaction, ids: Iterable[str], links: tuple[str, ...]) -> dict[str, tuple[Answered, ...]]:
    """What these records are tied to, by record, each once."""
    wanted = set(ids)
    ties = [link for link in tx.links_of(wanted, links) if link.source in wanted] if wanted else []
    ends = tx.get({link.target for link in ties}) if ties else {}
    found: dict[str, dict[str, Answered]] = {}
    for link in ties:
        if end := ends.get(link.target):
            caption = SCHEMA.nodes[end.type].caption(end.values)
            found.setdefault(link.source, {})[end.id] = Answered(end.id, end.type, caption)
    return {id: tuple(named.values()) for id, named in found.items()}


def _action(
    record: NodeRecord, about: Iterable[Answered], decided: Mapping[str, tuple[Answered, ...]], today: date
) -> OpenAction:
    action = SCHEMA.nodes[Action.TYPE].load(record.values)
    assert isinstance(action, Action)
    ends = list(about)
    meetings = {each.id: each for end in ends for each in decided.get(end.id, ())}
    return OpenAction(
        record.id, action, action.due_on is not None and action.due_on < today,
        tuple(each for each in ends if each.type in SCHEMA.partners), tuple(meetings.values()),
    )  # fmt: skip
