"""Limits that people meet: each is declared where it applies, as a number that says of itself what it bounds.

The page of limits gathers them (``docs/limits.py``), and a test tries each from both sides.
"""

from typing import Self


class Limit(int):
    """At most so many, usable as any number. ``what`` is bounded, in French, and what happens ``beyond`` is said."""

    what: str
    beyond: str

    def __new__(cls, most: int, what: str, beyond: str) -> Self:
        limit = super().__new__(cls, most)
        limit.what, limit.beyond = what, beyond
        return limit


class Wait(Limit):
    """At most so many seconds."""
