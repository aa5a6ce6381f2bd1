"""One record with its links, and full-text search, on the command line."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from crm.records.meetings import Member
from crm.records.search import Hit
from crm.records.search import search as find
from crm.records.sheet import Sheet, Tie
from crm.records.sheet import sheet as read_sheet
from crm.vault import finding
from crm.vault.finding import Finding, Found
from crm.vault.openings import Openings
from graph_schema.records import NodeRecord, Record, Values
from graph_schema.registry import SCHEMA
from graph_schema.vocabularies import Kind
from graph_schema.wording import count, number, sentence, short_date
from ui.attendance import groups
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import say, table
from ui.cli.values import Whole, on_option
from ui.fields import said


@click.command(cls=Command)
@click.argument("id", metavar="ID")
@on_option
@pass_session
def show(session: Session, id: str, on: date) -> None:
    """Montrer une fiche avec ses liens."""
    network = session.network()
    sheet = read_sheet(network, id, on)
    if sheet.record.type == "Evidence" and (unsaid := Openings().open(network, id)):
        say(unsaid)
    session.give(_document(sheet), lambda: _text(sheet))


@click.command(cls=Command)
@click.argument("text", metavar="TEXTE…", nargs=-1, required=True)
@click.option("--limit", type=Whole(1), default=20, metavar="N", help="Les N meilleures réponses (20).")
@pass_session
def search(session: Session, text: tuple[str, ...], limit: int) -> None:
    """Chercher dans toutes les fiches et dans les documents que vous pouvez ouvrir, accents et casse indifférents."""
    network, words = session.network(), " ".join(text)
    hits, within = find(network, words, limit=limit), finding.find(network, words, limit)
    document = {
        "items": [_found(hit) for hit in hits], "documents": [_passage(each) for each in within.found],
        "unread": within.unread,
    }  # fmt: skip
    session.give(document, lambda: [*_hits(hits, within), *_passages(within)])


def summary(record: NodeRecord) -> dict[str, Any]:
    """A record in a few words: id, name, type, and family and kind of an organisation."""
    kind = record.values.get("kind")
    is_organisation = record.type == "Organisation"
    return {
        "id": record.id,
        "name": SCHEMA.nodes[record.type].caption(record.values),
        "type": record.type,
        "family": Kind(str(kind)).family if is_organisation and kind else None,
        "kind": kind if is_organisation else None,
    }


def _found(hit: Hit) -> dict[str, Any]:
    values = hit.record.values
    return {**summary(hit.record), "city": values.get("city"), "siret": values.get("siret")}


def _passage(found: Found) -> dict[str, Any]:
    return {**summary(found.record), "page": found.page, "excerpt": found.excerpt}


def _passages(within: Finding) -> Iterator[str]:
    """What documents say, below the records."""
    if within.found:
        yield ""
        rows = ((_name(each.record), str(each.page), each.excerpt, each.record.id) for each in within.found)
        yield from table(("DANS LE DOCUMENT", "PAGE", "EXTRAIT", "IDENTIFIANT"), rows)
    if within.unread:
        yield f"{count(within.unread, 'document plus ancien', 'documents plus anciens')} non lus."


def _name(record: NodeRecord) -> str:
    return SCHEMA.nodes[record.type].caption(record.values)


def _hits(hits: list[Hit], within: Finding) -> Iterator[str]:
    rows = (
        (hit.caption, SCHEMA.nodes[hit.record.type].about.label, hit.record.values.get("city"), hit.record.id)
        for hit in hits
    )
    yield from table(("NOM", "FICHE", "VILLE", "IDENTIFIANT"), rows)
    if not hits and not within.found:
        yield "Rien ne répond à cette recherche."


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
        "attendance": [_member(member) for member in sheet.attendance] if sheet.record.type == "Meeting" else None,
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
        if tie.link.type == "Attended" and sheet.attendance:
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
