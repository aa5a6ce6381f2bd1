"""What the network holds of the words of a sentence, in few readings of the store."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from crm.store.protocol import ReadTransaction
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA

_READ = 300
"""So many people, and so many organisations, that hold some words are read."""


def read(tx: ReadTransaction, words: Sequence[Sequence[str]]) -> dict[str, NodeRecord]:
    """The people and organisations that hold one of these words, each with its other spellings, by id.

    They are searched in one message; what so many hold that not all are read is searched again with the word after.
    """
    found = _searched(tx, {spelling for word in words for spelling in word})
    full = {text for text, records in found.items() if len(records) >= _READ}
    pairs = ((one, other) for before, after in pairwise(words) for one in before for other in after)
    together = {f"{one} {other}" for one, other in pairs if {one, other} & full}
    found |= _searched(tx, together) if together else {}
    return {record.id: record for records in found.values() for record in records}


def _searched(tx: ReadTransaction, texts: Iterable[str]) -> dict[str, list[NodeRecord]]:
    wanted = sorted(texts)
    return tx.searches(wanted, SCHEMA.partners, _READ, each=True) if wanted else {}
