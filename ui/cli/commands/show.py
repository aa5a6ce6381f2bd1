"""One record with its links, on the command line."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from crm.records.meetings import Member
from crm.records.sheet import Sheet, Tie
from crm.records.sheet import sheet as read_sheet
from crm.vault.openings import Openings
from graph_schema.committees import Attended, Meeting
from graph_schema.evidence import Evidence
from graph_schema.records import Record, Values
from graph_schema.registry import SCHEMA
from graph_schema.wording import number, sentence, short_date
from ui.attendance import groups
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import say
from ui.cli.summaries import summary
from ui.cli.values import on_option
from ui.fields import said


@click.command(cls=Command, rank=80)
@click.argument("id", metavar="ID")
@on_option
@pass_session
def show(session: Session, id: str, on: date) -> None:
    """Montrer une fiche avec ses liens."""
    network = session.network()
    sheet = read_sheet(network, id, on)
    if sheet.record.type == Evidence.TYPE and (unsaid := Openings().open(network, id)):
        say(unsaid)
    session.give(_document(sheet), lambda: _text(sheet))


def _document(sheet: Sheet) -> dict[str, Any]:
    fresh, active = sheet.freshness, sheet.activity
    return {
        **summary(sheet.record),
        "on": sheet.on,
        "revision": sheet.record.revision,
        "values": _values(sheet.record),
        "state": fresh.state if fresh else None,
        "last_exchange": fresh.last_exchange if fresh else None,
        "days": fresh.days if fresh else None,
        "reason": fresh.reason if fresh else None,
        "active": active.standing == "active" if active else None,
        "activity": active.reason if active else None,
        "stands": sheet.stands or None,
        "withheld": sheet.withheld or None,
        "entered_on": sheet.entry.on if sheet.entry else None,
        "late": sheet.entry.late if sheet.entry else None,
        "attendance": [_member(member) for member in sheet.attendance] if sheet.record.type == Meeting.TYPE else None,
        "links": [_link(tie, sheet.on) for tie in sheet.ties],
    }


def _member(member: Member) -> dict[str, Any]:
    return {
        **summary(member.record), "status": member.status, "role": member.role or None,
        "organisations": [summary(each) for each in member.organisations],
    }  # fmt: skip


def _values(record: Record) -> Values:
    """The content in the order of the declaration: stores keep fields in orders of their own."""
    known, values = SCHEMA.type(record.type).fields, record.values
    return {name: values[name] for name in (*known, *sorted(values.keys() - known.keys())) if name in values}


def _link(tie: Tie, on: date) -> dict[str, Any]:
    return {
        "id": tie.link.id, "type": tie.link.type, "label": tie.label, "current": tie.current,
        "valid_from": tie.valid_from, "valid_to": tie.valid_to, "values": _values(tie.link),
        "other": summary(tie.other), "stands": tie.stands(on) or None,
    }  # fmt: skip


def _text(sheet: Sheet) -> Iterator[str]:
    kind = SCHEMA.nodes[sheet.record.type]
    yield f"{sheet.caption} · {kind.about.label} · {sheet.record.id}"
    if sheet.freshness:
        yield f"Fraîcheur : {sheet.freshness.state.label}. {sheet.freshness.reason}"
    if sheet.activity:
        yield sheet.activity.reason
    for name, field in kind.fields.items():
        if name in sheet.record.values:
            yield f"  {field.about.label} : {said(field, sheet.record.values[name])}"
    if sheet.withheld:
        yield f"  {sheet.withheld}"
    if sheet.stands:
        yield f"  {sentence(sheet.stands)}"
    if sheet.entry and sheet.entry.words:
        yield f"  {sentence(sheet.entry.words)}"
    yield from _attendance(sheet)
    for tie in sheet.ties:
        if tie.link.type == Attended.TYPE and sheet.attendance:
            continue
        stands = f" ({stands})" if (stands := tie.stands(sheet.on)) else ""
        yield f"  – {tie.words}{_period(tie)}{stands} · {tie.other.id}"


def _attendance(sheet: Sheet) -> Iterator[str]:
    """Those called to a meeting, by whether they came."""
    if not sheet.attendance:
        return
    held_on = date.fromisoformat(str(sheet.record.values["held_on"]))
    for title, members in groups(sheet.attendance, held_on, sheet.on):
        yield f"  {title} ({number(len(members))}) :"
        for member in members:
            names = [member.caption, *(str(each.values["name"]) for each in member.organisations), member.role]
            yield f"    – {', '.join(filter(None, names))} · {member.record.id}"


def _period(tie: Tie) -> str:
    ends = [
        f"{word} {short_date(date.fromisoformat(day))}"
        for word, day in (("depuis le", tie.valid_from), ("jusqu'au", tie.valid_to))
        if day
    ]
    return f" ({', '.join(ends)})" if ends else ""
