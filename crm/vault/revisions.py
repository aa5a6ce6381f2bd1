"""The revisions of a proof: each file or link that it ever had, when and by whom it was deposited.

What was redacted is no less a deposit: its instant and author are those of its commit, its digest is told by what is
left, the record and its ``former``. A redaction itself tells the record anew, and deposits nothing.
"""

from typing import Any, NamedTuple

from crm.store.history import before_change
from crm.store.protocol import ReadTransaction
from crm.vault.attested import former
from graph_schema.records import Change, Commit, NodeRecord, Values

DEPOSIT = "Preuve déposée"
"""How the reason of a commit that deposits begins."""
ERASED = "contenu effacé du journal"

_SAID = ("sha256", "file_name", "size", "media", "url")


class Revision(NamedTuple):
    """One state of a proof: when it was deposited, by whom, and its file or its link.

    ``erased``: what said it was taken from the journal, so that no more than its digest may be known.
    """

    number: int
    at: str
    author: str
    sha256: str
    file_name: str
    size: int
    media: str
    url: str
    erased: bool = False


class _Step(NamedTuple):
    commit: Commit
    said: dict[str, Any] | None
    """What is said of the file; None where it was redacted."""


def revisions(tx: ReadTransaction, record: NodeRecord) -> list[Revision]:
    """Each state in which the file or the link of a proof was another one, newest first."""
    told = [each for each in reversed(tx.history(record.id)) if each[1].action != "redact"]
    steps = _steps(told, reasons=True)
    if len(_untold(steps, record.values)) > sum(each.said is None for each in steps):
        steps = _steps(told, reasons=False)
    untold = _untold(steps, record.values)
    found: list[Revision] = []
    for back, (commit, said) in enumerate(reversed(steps)):
        known = said or {}
        if said is None and back:
            known = {"sha256": untold.pop()} if untold else {}
        elif not back and _which(record.values):  # the newest is what the record is
            known = _said(record.values)
            untold = [each for each in untold if each != known.get("sha256")]
        found.append(_revision(len(steps) - back, commit, known, said is None))
    return found


def _steps(told: list[tuple[Commit, Change]], *, reasons: bool) -> list[_Step]:
    """The deposits, oldest first; what was redacted is one by its ``reasons``, or where even these were emptied."""
    found: list[_Step] = []
    held: dict[str, Any] = {}
    for commit, change in told:
        if change.redacted:
            said = commit.reason.startswith(DEPOSIT) or (not reasons and not commit.reason)
            if change.action == "create" or (said and change.action == "update"):
                found.append(_Step(commit, None))
        if change.redacted or change.action == "delete":
            continue
        after = change.after or {}
        now = _said(after if change.action == "create" else {**before_change(held, change), **after})
        if _which(after) and (change.action == "update" or _which(now) != _which(held)):
            found.append(_Step(commit, now))
        held = now
    return found


def _untold(steps: list[_Step], values: Values) -> list[str]:
    """The digests that the record names and no step tells, in the order in which they were deposited."""
    told = {each.said["sha256"] for each in steps if each.said and "sha256" in each.said}
    current = [str(values["sha256"])] if values.get("sha256") else []
    return [each for each in dict.fromkeys([*former(values), *current]) if each not in told]


def _said(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in _SAID if values.get(name) is not None}


def _which(values: Values) -> dict[str, Any]:
    """What makes a file or a link the one that it is."""
    return {name: values[name] for name in ("sha256", "url") if values.get(name)}


def _revision(number: int, commit: Commit, said: dict[str, Any], erased: bool) -> Revision:
    sha256, name, media, url = (str(said.get(each, "")) for each in ("sha256", "file_name", "media", "url"))
    return Revision(number, commit.at, commit.by, sha256, name, int(said.get("size", 0)), media, url, erased)
