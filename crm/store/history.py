"""The journal commit by commit, and a record through time: what it was at a revision, how to bring that back."""

from collections.abc import Iterator

from crm.store.protocol import ReadTransaction
from graph_schema.records import Change, Commit, Record, Values

_PAGE = 500


def commits(tx: ReadTransaction, since: int = 1) -> Iterator[Commit]:
    """Every commit from ``since`` on, in order, some at a time."""
    after = since - 1
    while page := tx.commits(after=after, limit=_PAGE):
        yield from page
        after = page[-1].number


def at_revision(tx: ReadTransaction, current: Record, revision: int) -> Record | None:
    """``current`` as it was at ``revision``, by walking its changes back; None if it did not exist or was redacted."""
    values = dict(current.values)
    for _, change in tx.history(current.id):
        if change.action == "redact":
            continue
        if change.revision <= revision:
            return current._replace(values=values, revision=revision) if change.revision == revision else None
        if change.action != "update" or change.before is None or change.after is None:
            return None
        values = before_change(values, change)
    return None


def before_change(values: Values, change: Change) -> Values:
    """The values that an updated record had before ``change``."""
    kept = {k: v for k, v in values.items() if k not in (change.after or {})}
    return {**kept, **(change.before or {})}
