"""The exchanges of a sheet: when, how, from whom, with whom, about what."""

from collections.abc import Sequence

from crm.records.sheet import TOLD_IN, ExchangeSummary, Sheet, told
from graph_schema.exchanges import Direction, Exchange
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import ago, count, short_date
from ui import session
from ui.look import icon
from ui.markup import Markup, cell, door, element, join
from ui.screens.partners import evidence, where

_SHOWN = 300
_NAMED = 6
_ARROWS = {
    Direction.FROM_US: ":material/north_east:",
    Direction.FROM_THEM: ":material/south_west:",
    Direction.MUTUAL: ":material/sync_alt:",
    Direction.UNKNOWN: ":material/question_mark:",
}


def everything(sheet: Sheet) -> Markup:
    """All the exchanges, newest first."""
    found = sheet.exchanges
    rest = len(found) - _SHOWN
    older = (
        element("p", f"{count(rest, 'échange')} plus ancien{'s' if rest > 1 else ''}.", class_="muted")
        if rest > 0
        else ""
    )
    return join(table(sheet, found[:_SHOWN]), older)


def table(sheet: Sheet, exchanges: Sequence[NodeRecord]) -> Markup:
    """These exchanges as a table, each with the doors to its own sheet and to correct or remove it here."""
    said = told(session.network(), [each.id for each in exchanges])
    ties = {tie.other.id: tie for tie in sheet.of(*TOLD_IN)}
    proofs = evidence.of(ties[each.id] for each in exchanges)
    rows = [_row(sheet, each, said[each.id], evidence.folded(ties[each.id], proofs)) for each in exchanges]
    return element("table", element("tbody", *rows), class_="rows exchanges")


def _row(sheet: Sheet, exchange: NodeRecord, said: ExchangeSummary, proofs: Markup) -> Markup:
    content = SCHEMA.nodes[Exchange.TYPE].load(exchange.values)
    assert isinstance(content, Exchange)
    parties, subjects = ([one for one in some if one.id != sheet.record.id] for some in said)
    direction = content.direction
    way = element(
        "span", icon(_ARROWS[direction]), direction.label, class_="way", title=f"Sens : {direction.label.lower()}"
    )
    words = content.subject or content.said or ""
    opens = door(words or "Échange", where.to_record(exchange.id), title="Ouvrir l'échange")
    about = join(element("span", "porte sur ", class_="muted"), *_doors(subjects)) if subjects else ""
    purposes = [element("span", each.label, class_="badge") for each in content.purpose]
    note = element("div", content.note, class_="muted small note") if content.note else ""
    said_so = content.said if content.said != words else ""
    quote = element("div", f"« {said_so} »", class_="muted small said") if said_so else ""
    on = short_date(content.on)
    return element(
        "tr",
        cell(ago(content.on, sheet.on), element("span", on, class_="exact"), class_="when", title=on),
        cell(content.channel.label if content.channel else "Canal non précisé", way, class_="how"),
        cell(
            element("div", opens, where.tool(exchange.id, f"{words or 'échange'} du {on}")),
            element("div", *_doors(parties), class_="small"),
            element("div", about, *purposes, class_="small") if about or purposes else "", note, quote, proofs,
        ),
    )  # fmt: skip


def _doors(records: Sequence[NodeRecord]) -> list[Markup | str]:
    """Some names, each a door; the rest is counted: a newsletter goes to dozens, whom its own sheet names."""
    named = records if len(records) <= _NAMED + 1 else records[:_NAMED]
    doors: list[Markup | str] = [
        part for each in named
        for part in (", ", door(SCHEMA.nodes[each.type].caption(each.values), where.to_record(each.id)))
    ][1:]  # fmt: skip
    rest = len(records) - len(named)
    return [*doors, f" et {rest} autres"] if rest else doors
