"""What a partner or a person said of us."""

from crm.records.sheet import Sheet
from graph_schema.exchanges import Feedback, GivenBy
from graph_schema.registry import SCHEMA
from graph_schema.wording import NBSP, number, short_date
from ui.markup import Markup, cell, door, element, table
from ui.screens.partners import where


def everything(sheet: Sheet) -> Markup:
    """Appreciations, complaints and evaluations, newest first."""
    found = [(tie.other.id, SCHEMA.nodes[Feedback.TYPE].load(tie.other.values)) for tie in sheet.of(GivenBy.TYPE)]
    said = [(id, each) for id, each in found if isinstance(each, Feedback)]
    said.sort(key=lambda pair: pair[1].on, reverse=True)
    rows = [
        (
            cell(short_date(each.on), class_="figure"),
            cell(
                door(each.kind.label, where.to_record(id)),
                where.tool(id, f"{each.kind.label} du {short_date(each.on)}"),
            ),
            cell(element("div", each.text or "", class_="note")),
            cell("" if each.score is None else f"{number(each.score, 1)}{NBSP}/{NBSP}10", class_="number"),
        )
        for id, each in said
    ]
    return table(("Date", "Type", "Ce qui est dit", "Note"), rows)
