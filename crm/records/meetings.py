"""Who was called to a meeting, whether they came, and for which organisations they worked on that day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from crm.network import Network
from crm.store.protocol import ReadTransaction
from graph_schema.committees import Attendance, Attended, Meeting
from graph_schema.people import Person, WorksFor
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA


class Member(NamedTuple):
    """A person or an organisation called to a meeting, by which link, and how they stood there.

    ``organisations`` are those for which a person worked on the day of the meeting.
    """

    record: NodeRecord
    link: LinkRecord
    status: Attendance
    organisations: tuple[NodeRecord, ...] = ()

    @property
    def caption(self) -> str:
        """What people call them."""
        return SCHEMA.nodes[self.record.type].caption(self.record.values)

    @property
    def role(self) -> str:
        """In what capacity they were called; empty when nobody said."""
        return str(self.link.values.get("role", ""))


def attendance(network: Network, meeting: str) -> tuple[Member, ...]:
    """Everyone called to a meeting: those present first, then excused, absent and represented ones, each by name.

    Nobody for an id that no meeting bears.
    """
    return network.read(lambda tx: _attendance(tx, meeting))


def _attendance(tx: ReadTransaction, meeting: str) -> tuple[Member, ...]:
    record = tx.get([meeting]).get(meeting)
    if record is None or record.type != Meeting.TYPE:
        return ()
    links = tx.links_of([meeting], [Attended.TYPE])
    return roll(tx, record, links, tx.get({link.source for link in links}))


def roll(
    tx: ReadTransaction, meeting: NodeRecord, links: Iterable[LinkRecord], others: Mapping[str, NodeRecord]
) -> tuple[Member, ...]:
    """The same for who has read the meeting, its links and the nodes at their other ends, by id."""
    called = [link for link in links if link.type == Attended.TYPE and link.source in others]
    people = [link.source for link in called if others[link.source].type == Person.TYPE]
    held_on = date.fromisoformat(str(meeting.values["held_on"]))
    roles = tx.links_of(people, [WorksFor.TYPE], held_on) if people else []
    employers = tx.get({role.target for role in roles})
    held: dict[str, dict[str, NodeRecord]] = defaultdict(dict)
    for role in sorted(roles, key=lambda role: (not role.values.get("main"), role.id)):
        if role.target in employers:
            held[role.source][role.target] = employers[role.target]
    found = (Member(others[link.source], link, _status(link), tuple(held[link.source].values())) for link in called)
    order = list(Attendance)
    return tuple(sorted(found, key=lambda each: (order.index(each.status), each.caption, each.link.id)))


def _status(link: LinkRecord) -> Attendance:
    return Attendance(str(link.values.get("status", Attendance.PRESENT.value)))
