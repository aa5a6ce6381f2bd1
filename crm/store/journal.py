"""The journal's arithmetic: what a change and a commit are, and the chain of digests that makes them tamper-evident.

Each commit is digested over its header, its changes' digests and the commit before (a hash chain; Haber and Stornetta,
« How to time-stamp a digital document », 1991). What may have to be redacted one day, values and reasons, enters by
salted digests of their own: without the salt they cannot be guessed, and the chain stands without them. Digests are
over canonical JSON, which is also the text that stores keep (``docs/decisions``).
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.records import (
    AUTHOR,
    DATASET,
    SCHEMA_REACHED,
    Action,
    Change,
    Commit,
    Head,
    LinkRecord,
    Record,
    Scalar,
    Values,
)

if TYPE_CHECKING:
    from crm.store.protocol import CommitText  # the stores import this module

VERSION = 2
"""Of the digests of new commits. Those of version 1 stay as they are; along a chain versions never go down."""


class Intent(NamedTuple):
    """Who writes, why, and from where; what a commit remembers besides its changes."""

    author: str
    reason: str
    source: str
    run: str | None = None
    detail: Mapping[str, Scalar] = {}
    name: str = ""


def canonical(value: object) -> str:
    """``value`` as the one JSON text that is digested and kept: keys in order, no spaces."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def respelled(text: Any) -> Any:
    """The canonical text of a content that an older build wrote; as it is where it is no JSON."""
    try:
        return canonical(orjson.loads(text))
    except (TypeError, ValueError):
        return text


def new_token() -> str:
    """A random name by which a commit that was tried twice is recognised."""
    return secrets.token_hex(16)


def new_salt() -> str:
    """What keeps a digest from being guessed."""
    return secrets.token_hex(16)


def state_digest(record: Record, salt: str | None = None) -> str:
    """Digest of a whole record: id, type, ends and values (not its revision, so that an undo restores the content).

    Without ``salt``, as changes of version 1 have it.
    """
    source, target = _ends(record)
    content = [record.id, record.type, source, target, record.values]
    return digest_of(content if salt is None else [salt, *content])


def change_between(position: int, before: Record | None, after: Record | None) -> Change | None:
    """The change that leads from ``before`` to ``after`` (either may be absent), or None when they say the same."""
    if before is not None and after is not None:
        old, new = _difference(before.values, after.values)
        if not old and not new:
            return None
        return _change(position, "update", after, old, new)
    if after is not None:
        return _change(position, "create", after, None, after.values)
    if before is not None:
        return _change(position, "delete", before._replace(revision=before.revision + 1), before.values, None)
    return None


def _difference(before: Values, after: Values) -> tuple[Values, Values]:
    old = {k: v for k, v in before.items() if after.get(k) != v}
    new = {k: v for k, v in after.items() if before.get(k) != v}
    return old, new


def _change(position: int, action: Action, record: Record, before: Values | None, after: Values | None) -> Change:
    source, target = _ends(record)
    salt = new_salt()
    state = "" if action == "delete" else state_digest(record, salt)
    return sealed(
        Change(
            position, action, record.id, record.type, source, target, record.revision, before, after, state, salt, ""
        )
    )


def redaction(position: int, number: int, redacted: Change, record: Record | None) -> Change:
    """The change that says that ``redacted``, of commit ``number``, loses its values; ``record`` is what it was about.

    The record is told anew as it stands (None: it is gone), since what told it may be what is redacted.
    """
    salt = new_salt()
    return sealed(Change(
        position, "redact", redacted.id, redacted.type, f"{number}:{redacted.position}", rest_of_change(redacted),
        record.revision if record else redacted.revision, None, record.values if record else None,
        state_digest(record, salt) if record else "", salt, "",
    ))  # fmt: skip


def sealing(position: int, commit: Commit) -> Change:
    """The change that says that ``commit`` loses its second part: reason and detail."""
    return sealed(Change(
        position, "redact", f"commit:{commit.number}", "Commit", str(commit.number), rest_of_commit(commit), 0, None,
        None, "", new_salt(), "",
    ))  # fmt: skip


def sealed(change: Change) -> Change:
    """``change`` with the digests that it should bear."""
    change = change._replace(content=digest_of([change.salt, change.before, change.after]))
    return change._replace(digest=change_digest(change))


def change_digest(change: Change) -> str:
    """The digest that ``change`` should bear."""
    if not change.content:
        return digest_of(change[:11])
    return digest_of([2, *change[:7], change.state, change.content])


def rest_of_change(change: Change) -> str:
    """Digest of what stays of a change when its values are redacted."""
    return digest_of([1, *change[:7], change.state, change.content, change.digest])


def rest_of_commit(commit: "Commit | CommitText") -> str:
    """Digest of what stays of a commit when its second part is redacted; run and token too of one of version 1."""
    run, token = (commit.run, commit.token) if commit.version == 1 else (None, "")
    return digest_of([
        commit.version, commit.number, commit.at, commit.author, commit.source, run, token, commit.changes,
        commit.previous, commit.private, commit.digest,
    ])  # fmt: skip


def unnamed(commit: Commit) -> str:
    """The reason of ``commit``, to be repeated in another: without the name that those of version 1 may hold."""
    return commit.why.partition(" : ")[0] if commit.version == 1 else commit.why


def emptied_token(number: int) -> str:
    """What stands for the token of the redacted commit ``number``."""
    return f"redacted-{number}"


def follow(
    head: Head, intent: Intent, token: str, at: datetime, changes: Sequence[Change], anchor: str | None = None
) -> Commit:
    """The commit that holds ``changes`` and comes next after ``head``.

    ``anchor``, the identity of the network, is told by the first commit of this version; the first of all also tells
    of which schema the data are.
    """
    detail = dict(intent.detail)
    if intent.name:
        detail[AUTHOR] = intent.name
    if anchor is not None:
        detail[DATASET] = anchor
    if not head.number:
        detail[SCHEMA_REACHED] = SCHEMA_VERSION
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
        detail=detail,
        version=VERSION,
        salt=new_salt(),
    )
    commit = replace(commit, private=private_digest(commit))
    return replace(commit, digest=commit_digest(commit, (c.digest for c in changes)))


def private_digest(commit: Commit) -> str:
    """The digest that the second part of ``commit`` should bear."""
    return digest_of([commit.salt, commit.reason, dict(commit.detail), commit.run, commit.token])


def header(commit: "Commit | CommitText") -> list[Any]:
    """What stays of ``commit``, of version 2, whatever is redacted: its digest is over this and over its changes'."""
    return [
        commit.version, commit.number, commit.at, commit.author, commit.source, commit.changes, commit.previous,
        commit.private,
    ]  # fmt: skip


def commit_digest(commit: Commit, change_digests: Iterable[str]) -> str:
    """The digest that ``commit`` should bear, given those of its changes in order."""
    if commit.version == 1:
        head: list[Any] = [
            commit.number, commit.at, commit.author, commit.reason, commit.source, commit.run, commit.token,
            commit.changes, commit.previous, dict(commit.detail),
        ]  # fmt: skip
    else:
        head = header(commit)
    digest = hashlib.sha256(orjson.dumps(head, option=orjson.OPT_SORT_KEYS))
    for one in change_digests:
        digest.update(one.encode())
    return digest.hexdigest()


def digest_of(content: Sequence[object]) -> str:
    """SHA-256 of the canonical JSON of ``content``."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _ends(record: Record) -> tuple[str | None, str | None]:
    return (record.source, record.target) if isinstance(record, LinkRecord) else (None, None)
