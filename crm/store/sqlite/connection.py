"""A connection that goes without an index that is not there, and one that reads texts that are none."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

_NO_INDEX = "no such index: "
_INDEXED = re.compile(r" INDEXED BY \w+")

AS_FOUND = partial(str, encoding="utf-8", errors="surrogateescape")
"""What makes a text of any bytes, for no other bytes the same. Python makes each one: it takes longer than SQLite's."""


class Connection(sqlite3.Connection):
    """See the module. Statements name indexes where SQLite, which keeps no figures, would choose badly: without one
    they say the same, later. That it is missing is for a verification to tell, which must go on to the rest.
    """

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:  # type: ignore[override]
        """As SQLite's own; once more without naming indexes, where one is missing."""
        try:
            return super().execute(sql, parameters)
        except sqlite3.OperationalError as error:
            if not str(error).startswith(_NO_INDEX):
                raise
        return super().execute(_INDEXED.sub("", sql), parameters)
