"""A mapping held against the first rows of its table."""

from collections.abc import Sequence

from importers.reading.mapping import Mapping, guess
from importers.reading.tables import Cell

SAMPLE = 50
"""Rows that are looked at."""


def recognise(mapping: Mapping, rows: Sequence[Sequence[Cell]]) -> Mapping:
    """What each column of this header feeds, by its name and by what its first cells hold."""
    return guess([column.header for column in mapping.columns], rows)
