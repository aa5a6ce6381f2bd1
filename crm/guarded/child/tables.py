"""Workbooks: each sheet a table, its first rows and columns."""

import io
from datetime import date, datetime
from itertools import islice
from typing import Any

from crm.guarded.child import workbook

MOST_ROWS, MOST_COLUMNS, LONGEST = 300, 40, 300
"""Rows and columns of a sheet that are shown, characters of a cell."""

_MOST_READ = 20_000


class Book:
    """A workbook that was opened."""

    def __init__(self, content: bytes) -> None:
        self.sheets = list(workbook.sheets(workbook.book(io.BytesIO(content))))

    def __len__(self) -> int:
        return len(self.sheets)

    def show(self, index: int) -> dict[str, Any]:
        """The first rows of a sheet, each with the number that a spreadsheet shows."""
        name, sheet = self.sheets[index]
        rows = list(islice(workbook.rows_of(sheet), MOST_ROWS + 1))
        cut = len(rows) > MOST_ROWS or any(len(cells) > MOST_COLUMNS for _, cells in rows)
        shown = [(number, [_said(each)[:LONGEST] for each in cells[:MOST_COLUMNS]]) for number, cells in rows]
        return {"name": name, "rows": shown[:MOST_ROWS], "cut": cut}

    def text(self, index: int) -> str:
        """The cells, one row a line."""
        name, sheet = self.sheets[index]
        rows = islice(workbook.rows_of(sheet), _MOST_READ)
        return "\n".join([name, *(" ".join(filter(None, map(_said, cells))) for _, cells in rows)])


def _said(value: Any) -> str:
    """A value as people write it."""
    match value:
        case None:
            return ""
        case bool():
            return "vrai" if value else "faux"
        case float():
            return f"{value:.10g}".replace(".", ",")
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}".removesuffix(" 00:00")
        case date():
            return f"{value:%d/%m/%Y}"
        case _:
            return str(value)


pages = Book
