"""The exchanges of a sheet: when, how, from whom, with whom, about what."""

from collections.abc import Sequence
from datetime import date

from crm.sheet import Sheet, participants
from graph_schema.exchanges import Channel, Direction
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import ago, count, short_date
from ui import session
from ui.look import icon
from ui.markup import Markup, cell, door, element, join
from ui.screens.partners import evidence, where

_SHOWN = 300
_ARROWS = {
    Direction.FROM_US: ":material/north_east:",
    Direction.FROM_THEM: ":material/south_west:",
    Direction.MUTUAL: ":material/sync_alt:",
    Direction.UNKNOWN: ":material/help:",
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
    """These exchanges as a table."""
    parties = participants(session.network(), [each.id for each in exchanges])
    ties = {tie.other.id: tie for tie in sheet.of("Involves")}
    proofs = evidence.of(ties[each.id] for each in exchanges)
    rows = [_row(sheet, each, parties[each.id], evidence.folded(ties[each.id], proofs)) for each in exchanges]
    return element("table", element("tbody", *rows), class_="rows exchanges")


def _row(sheet: Sheet, exchange: NodeRecord, parties: Sequence[NodeRecord], proofs: Markup) -> Markup:
    values = exchange.values
    on = date.fromisoformat(str(values["on"]))
    direction = Direction(str(values.get("direction", Direction.UNKNOWN)))
    channel = Channel(str(values["channel"])).label if values.get("channel") else "Canal non précisé"
    others = [each for each in parties if each.id != sheet.record.id]
    names = [
        part for each in others
        for part in (", ", door(SCHEMA.nodes[each.type].caption(each.values), where.to_record(each.id)))
    ][1:]  # fmt: skip
    way = element(
        "span", icon(_ARROWS[direction]), direction.label, class_="way", title=f"Sens : {direction.label.lower()}"
    )
    subject = element("div", str(values["subject"])) if values.get("subject") else ""
    said = str(values.get("said") or "")
    quote = element("div", f"« {said} »", class_="muted small said") if said and said != values.get("subject") else ""
    note = element("div", str(values["note"]), class_="muted small note") if values.get("note") else ""
    return element(
        "tr",
        cell(ago(on, sheet.on), element("span", short_date(on), class_="exact"), class_="when", title=short_date(on)),
        cell(channel, way, class_="how"),
        cell(subject, element("div", *names, class_="small"), note, quote, proofs),
    )
