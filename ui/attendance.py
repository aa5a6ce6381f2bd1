"""Who was called to a meeting, in words: those present, excused, absent and represented are never one list."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from crm.records.meetings import Member
from graph_schema.committees import Attendance
from graph_schema.wording import number, plural
from ui.markup import Markup, door, element, heading, join

Group = tuple[str, Sequence[Member]]


def groups(members: Iterable[Member], held_on: date, on: date) -> list[Group]:
    """The members by how they stood, each group under its name; before the meeting those who may come are called."""
    found: list[Group] = []
    for status, some in groupby(members, key=lambda member: member.status):
        those = list(some)
        to_come = status is Attendance.PRESENT and held_on > on
        found.append((plural(len(those), "Convié" if to_come else status.label), those))
    return found


def written(found: Iterable[Group], record: Callable[[str], str], tool: Callable[[Member], Markup]) -> Markup:
    """The groups as lists; ``record`` gives the address of a record, ``tool`` what stands at the end of a line."""
    return join(
        *(
            join(
                heading(f"{title} ({number(len(members))})"),
                element("ul", *(_line(each, record, tool) for each in members), class_="lines"),
            )
            for title, members in found
        )
    )


def _line(member: Member, record: Callable[[str], str], tool: Callable[[Member], Markup]) -> Markup:
    names = [door(member.caption, record(member.record.id), "strong")]
    for each in member.organisations:
        names += [Markup(", "), door(str(each.values.get("name", "")), record(each.id))]
    role = element("span", f" · {member.role}", class_="muted") if member.role else Markup("")
    return element("li", element("span", *names, role), tool(member))
