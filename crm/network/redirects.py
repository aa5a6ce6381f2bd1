"""Where a record is found that was merged into another: the commit that merged them says it, and nothing else does."""

from collections.abc import Iterable

from crm.store.protocol import ReadTransaction
from graph_schema.records import Commit

SOURCE = "merge"
"""The source of a merge's commit."""

MERGED, INTO = "merged", "merged_into"
"""Where its detail names the record that went, and the one that stayed."""

_LATEST = 20
"""Changes of a record among which its end is looked for: whatever redacts it comes after that."""


def is_merge(commit: Commit) -> bool:
    """Whether a commit merged two records, and its words still say which."""
    return commit.source == SOURCE and {MERGED, INTO} <= commit.detail.keys()


def merging(tx: ReadTransaction, id: str) -> Commit | None:
    """The commit by which the record ``id``, which is there no more, was merged into another."""
    ended = next((commit for commit, change in tx.history(id, _LATEST) if change.action == "delete"), None)
    return ended if ended and is_merge(ended) and ended.detail[MERGED] == id else None


def followed(tx: ReadTransaction, id: str) -> str:
    """Under which id the record ``id`` is found: its own, or that of the one that it was merged into, and so on.

    An id that leads nowhere is returned as it is.
    """
    return all_followed(tx, [id]).get(id, id)


def all_followed(tx: ReadTransaction, ids: Iterable[str]) -> dict[str, str]:
    """Of these ids, those whose record was merged into another, each with the id under which it is found."""
    wanted = list(dict.fromkeys(ids))
    there = tx.get(wanted) if wanted else {}
    found = {id: end_of(tx, id) for id in wanted if id not in there}
    return {id: end for id, end in found.items() if end != id}


def end_of(tx: ReadTransaction, id: str) -> str:
    """The record at the end of the merges of ``id``, which is there no more; ``id`` itself where that leads nowhere."""
    at, passed = id, {id}
    while (commit := merging(tx, at)) is not None:
        at = str(commit.detail.get(INTO, ""))
        if not at or at in passed:
            return id
        if at in tx.get([at]):
            return at
        passed.add(at)
    return id
