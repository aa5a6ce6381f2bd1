"""What a check found wrong: the one shape in which verification, the doctor and the vault tell it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from graph_schema.wording import count

LISTED = 10_000
"""So many faults are told one by one: whoever altered everything fills neither memory nor screen."""

_OTHERS = "others"
_PLAIN = re.compile(r"[\w:.@+/-]{1,100}")


class Fault(NamedTuple):
    """What a check found: a code, where (a commit's number or a record's id), and a French sentence."""

    code: str
    where: str
    message: str


class Looked(NamedTuple):
    """What a look at what is kept found: ``faults``, and ``remarks``, worth knowing though they are none."""

    faults: list[Fault]
    remarks: list[Fault]


def shown(value: object) -> str:
    """An id or a number in a sentence. What is neither was written by others, may be anything, and is not repeated."""
    if value.__class__ is int or (value.__class__ is str and _PLAIN.fullmatch(str(value))):
        return str(value)
    return "illisible"


def bounded(found: Iterable[Fault], most: int = LISTED) -> list[Fault]:
    """The first ``most`` of these; where there are more, a last one that says how many."""
    told: list[Fault] = []
    more = 0
    for fault in found:
        if fault.code == _OTHERS:
            more += int(fault.where)
        elif len(told) < most:
            told.append(fault)
        else:
            more += 1
    return [*told, Fault(_OTHERS, str(more), f"Et {count(more, 'autre défaut')}.")] if more else told


def how_many(found: Iterable[Fault]) -> int:
    """How many faults these are, with those that are only counted."""
    return sum(int(fault.where) if fault.code == _OTHERS else 1 for fault in found)
