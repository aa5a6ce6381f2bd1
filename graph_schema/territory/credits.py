"""Where the packaged reference comes from, for the people who must be named and for those who must trust it."""

from datetime import date
from functools import cache
from typing import NamedTuple

from graph_schema.territory.data_files import document


class Credit(NamedTuple):
    """One set of data that the reference is built from."""

    name: str
    origin: str
    """The package it was taken from: "npm package …", "PyPI package …"."""
    version: str
    licence: str
    vintage: str
    retrieved_on: date
    attribution: str
    """The sentence, in French, that the licence asks the application to show."""


@cache
def sources() -> tuple[Credit, ...]:
    """Return the sources of the reference, in the order in which an « à propos » page should name them."""
    return tuple(
        Credit(**{**each, "retrieved_on": date.fromisoformat(each["retrieved_on"])})
        for each in document("sources")["sources"]
    )
