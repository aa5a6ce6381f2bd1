"""The branches professionnelles that the open data name, by IDCC."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from graph_schema.territory.data_files import table


class Branch(NamedTuple):
    """A branch: the IDCC of its convention collective (four digits), its usual name, its employees where known."""

    idcc: str
    name: str
    headcount: int | None


@cache
def branches() -> Mapping[str, Branch]:
    """Return the branches known by name. The open source holds the largest ones only: an absent IDCC may be valid."""
    return MappingProxyType(
        {idcc: Branch(idcc, name, int(headcount) if headcount else None) for idcc, name, headcount in table("branches")}
    )
