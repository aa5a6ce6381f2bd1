"""The journal's arithmetic: what a change and a commit are, and the chain of digests that makes them tamper-evident.

Each change is digested with a random salt, each commit over its changes' digests and the commit before (a hash chain;
Haber and Stornetta, « How to time-stamp a digital document », 1991). The salt is what allows personal data to be
redacted later without a digest from which they could be guessed.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import orjson

from graph_schema.records import Action, Change, Commit, Head, LinkRecord, Record, Scalar, Values


class Intent(NamedTuple):
    """Who writes, why, and from where; what a commit remembers besides its changes."""

    author: str
    reason: str
    source: str
    run: str | None = None
    detail: Mapping[str, Scalar] = {}


def new_token() -> str:
    """A random name by which a commit that was tried twice is recognised."""
    return secrets.token_hex(16)


def state_digest(record: Record) -> str:
    """Digest of a whole record: id, type, ends and values (not its revision, so that an undo restores the digest)."""
    source, target = _ends(record)
    return _sha256([record.id, record.type, source, target, record.values])


def change_between(position: int, before: Record | None, after: Record | None) -> Change | None:
    """The change that leads from ``before`` to ``after`` (either may be absent), or None when they say the same."""
    if before is not None and after is not None:
        old, new = _difference(before.values, after.values)
        if not old and not new:
            return None
        return _change(position, "update", after, old, new, state_digest(after))
    if after is not None:
        return _change(position, "create", after, None, after.values, state_digest(after))
    if before is not None:
        return _change(position, "delete", before._replace(revision=before.revision + 1), before.values, None, "")
    return None


def _difference(before: Values, after: Values) -> tuple[Values, Values]:
    old = {k: v for k, v in before.items() if after.get(k) != v}
    new = {k: v for k, v in after.items() if before.get(k) != v}
    return old, new


def _change(
    position: int, action: Action, record: Record, before: Values | None, after: Values | None, state: str
) -> Change:
    source, target = _ends(record)
    content = (
        position, action, record.id, record.type, source, target, record.revision, before, after, state,
        secrets.token_hex(8),
    )  # fmt: skip
    return Change(*content, digest=_sha256(content))


def change_digest(change: Change) -> str:
    """The digest that ``change`` should bear."""
    return _sha256(change[:-1])


def follow(head: Head, intent: Intent, token: str, at: datetime, changes: Sequence[Change]) -> Commit:
    """The commit that holds ``changes`` and comes next after ``head``."""
    commit = Commit(
        number=head.number + 1,
        at=at.isoformat(timespec="microseconds"),
        author=intent.author,
        reason=intent.reason,
        source=intent.source,
        run=intent.run,
        token=token,
        changes=len(changes),
        previous=head.digest,
        digest="",
        detail=dict(intent.detail),
    )
    return replace(commit, digest=commit_digest(commit, (c.digest for c in changes)))


def commit_digest(commit: Commit, change_digests: Iterable[str]) -> str:
    """The digest that ``commit`` should bear, given those of its changes in order."""
    head = [
        commit.number, commit.at, commit.author, commit.reason, commit.source, commit.run, commit.token,
        commit.changes, commit.previous, dict(commit.detail),
    ]  # fmt: skip
    digest = hashlib.sha256(orjson.dumps(head, option=orjson.OPT_SORT_KEYS))
    for one in change_digests:
        digest.update(one.encode())
    return digest.hexdigest()


def _ends(record: Record) -> tuple[str | None, str | None]:
    return (record.source, record.target) if isinstance(record, LinkRecord) else (None, None)


def _sha256(content: Sequence[object]) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
