"""The call list of a network on a day: kept with its measures, with what is needed to make the calls."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from heapq import merge
from typing import NamedTuple

from crm.analytics import planning
from crm.analytics.calls import ENDING_DAYS, Call, Due, call, put_off, rank, ranking
from crm.analytics.freshness import State
from crm.analytics.graph import Relations
from crm.analytics.planning import PER_DAY, Day
from crm.measures.measuring import Measure, Measures
from crm.measures.renewal import Touched
from crm.network import Network
from crm.network.opposition import opposed
from crm.store.protocol import Condition, Op, Query, ReadTransaction
from graph_schema.committees import Action, ActionStatus, AssignedTo, FollowsUp
from graph_schema.organisations import Organisation
from graph_schema.records import NodeRecord
from graph_schema.snapshot import Engagement, OrganisationRow
from graph_schema.text import fold

ACTIONS = 60
"""At most so many actions stand in a plan, those due first: more would leave no room for any call."""

_OPEN = (ActionStatus.OPEN.value, ActionStatus.DOING.value)


class Line(NamedTuple):
    """A call with what is needed to make it: whom, how to reach them; ``day`` is the one that the plan gives it."""

    call: Call
    row: OrganisationRow
    phone: str
    email: str
    day: date | None = None


class Task(NamedTuple):
    """An action that is open: what, who does it, for when, and the partner that it follows up, if there is one."""

    id: str
    title: str
    owner: str
    due_on: date
    partner: str | None


class CallPlan(NamedTuple):
    """The working days of a plan, and the actions that they hold, by id."""

    days: tuple[Day, ...]
    tasks: Mapping[str, Task]


@dataclass(eq=False)
class CallList:
    """Who is to be called on one state of the network; each part is made on first use, then kept."""

    due: tuple[Due, ...]
    ending: tuple[Engagement, ...]
    back: tuple[tuple[date, Due], ...]

    @cached_property
    def by_owner(self) -> dict[str | None, tuple[Due, ...]]:
        """The calls of each owner."""
        return planning.by_owner(self.due)

    def of(self, owner: str | None) -> Sequence[Due]:
        """The calls of one colleague, case and accents aside; everyone's for None."""
        if owner is None:
            return self.due
        wanted = fold(owner)
        return [each for name, due in self.by_owner.items() if fold(name or "") == wanted for each in due]

    def states(self, owner: str | None = None) -> Counter[State]:
        """How many of them are « à relancer », how many « jamais contactés »: there are no others."""
        return Counter(each.freshness.state for each in self.of(owner))


def call_list(measures: Measures) -> CallList:
    """The call list of these measures; after a commit, only those whom it touched are ranked anew."""
    return measures.of(_CALLS)


def _made(measures: Measures) -> CallList:
    relations = measures.relations
    due = ranking(relations, measures.freshness.values(), measures.activity)
    return _with_dates(measures, due)


def _renewed(measures: Measures, old: CallList, touched: Touched) -> CallList:
    freshness = measures.freshness
    again = ranking(measures.relations, (freshness[id] for id in touched.ids if id in freshness), measures.activity)
    others = (each for each in old.due if each.id not in touched.ids)
    return _with_dates(measures, tuple(merge(others, again, key=rank)))


def _with_dates(measures: Measures, due: tuple[Due, ...]) -> CallList:
    relations, on = measures.relations, measures.on
    engagements = (each for some in relations.engagements.values() for each in some)
    ending = planning.ending(engagements, on, on + timedelta(days=ENDING_DAYS))
    back = put_off(relations, measures.freshness, measures.activity, planning.working_days(on)[-1])
    return CallList(due, ending, back)


_CALLS = Measure(_made, _renewed)


def lines(
    network: Network, measures: Measures, due: Iterable[Due], days: Mapping[str, date] | None = None
) -> list[Line]:
    """The calls with the phone and mail of whom to ask for, or those of the partner where nobody's are known.

    ``days`` gives the day of each by the organisation's id. Nobody who has opposed it since the day of the measures is
    named: a list is used now.
    """
    relations = measures.relations
    calls = list(_named(network, relations, due))
    wanted = {id for each in calls for id in (each.due.id, each.person.id if each.person else None) if id}
    records = network.read(lambda tx: tx.get(wanted))
    rows = relations.snapshot.organisations
    return [_line(each, rows[each.due.id], records, (days or {}).get(each.due.id)) for each in calls]


def _named(network: Network, relations: Relations, due: Iterable[Due]) -> Iterator[Call]:
    calls = [call(relations, each) for each in due]
    since = opposed(network, (each.person.id for each in calls if each.person))
    staff = {p.id for each in calls if each.person and each.person.id in since for _, p in relations.staff(each.due.id)}
    without = opposed(network, staff)
    return (call(relations, each.due, without) if each.person and each.person.id in since else each for each in calls)


def plan(network: Network, measures: Measures, owner: str | None = None, per_day: int = PER_DAY) -> CallPlan:
    """This week and the next, day by day; one colleague's calls and actions, or everyone's."""
    found = call_list(measures)
    until = planning.working_days(measures.on)[-1] + timedelta(days=2)
    tasks = {each.id: each for each in network.read(lambda tx: _tasks(tx, until)) if _is_of(each.owner, owner)}
    rows = measures.relations.snapshot.organisations
    days = planning.plan(
        measures.on,
        found.of(owner),
        [each for each in found.back if _is_of(each[1].freshness.owner, owner)],
        [(task.due_on, task.id) for task in tasks.values()],
        [each for each in found.ending if _is_of(rows[each.organisation].owner, owner)],
        per_day,
    )
    return CallPlan(days, tasks)


def planned(days: Iterable[Day]) -> tuple[list[Due], dict[str, date]]:
    """The calls that a plan holds, in its order, and the day of each by the organisation's id."""
    found = [(day.on, each) for day in days for each in day.calls]
    return [each for _, each in found], {each.id: on for on, each in found}


def _line(made: Call, row: OrganisationRow, records: Mapping[str, NodeRecord], day: date | None) -> Line:
    person = records.get(made.person.id) if made.person else None
    ours = [record.values for record in (person, records.get(row.id)) if record]
    phones = (str(values.get(field) or "") for values in ours for field in ("mobile", "phone"))
    mails = (str(values.get("email") or "") for values in ours)
    return Line(made, row, next(filter(None, phones), ""), next(filter(None, mails), ""), day)


def _tasks(tx: ReadTransaction, until: date) -> list[Task]:
    where = (Condition("status", Op.IN, _OPEN), Condition("due_on", Op.LE, until.isoformat()))
    records = tx.find(Query(Action.TYPE, where, order="due_on", limit=ACTIONS)).items
    links = tx.links_of([record.id for record in records], types=(FollowsUp.TYPE, AssignedTo.TYPE))
    ends = tx.get({link.target for link in links})
    partners = {
        link.source: link.target
        for link in links
        if link.target in ends and ends[link.target].type == Organisation.TYPE
    }
    return [
        Task(
            record.id, str(record.values["title"]), str(record.values.get("owner") or ""),
            date.fromisoformat(str(record.values["due_on"])), partners.get(record.id),
        )
        for record in records
    ]  # fmt: skip


def _is_of(name: str | None, owner: str | None) -> bool:
    return owner is None or fold(name or "") == fold(owner)
