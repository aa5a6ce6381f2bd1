"""The journal on the command line: what happened."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from crm.errors import NotFound
from crm.ledger import versions
from crm.ledger.backdating import days_after, lateness
from crm.network.rights import Right
from graph_schema.records import Change, Commit
from graph_schema.registry import SCHEMA
from graph_schema.types import Field
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import moment, table
from ui.cli.values import limit_option
from ui.fields import EMPTY, said

_ALL = 10**9


_ACTIONS = {
    "create": "créée",
    "update": "modifiée",
    "delete": "supprimée",
    "redact": "ancien contenu effacé du journal",
}


@click.command(cls=Command, rank=230)
@click.argument("id", metavar="[ID]", required=False)
@limit_option
@pass_session
def history(session: Session, id: str | None, limit: int | None) -> None:
    """Dire ce qui a été fait, le plus récent d'abord : tout, ou sur une fiche."""
    network = session.network()
    if id is None:
        commits = network.read(lambda tx: tx.commits(limit=limit or _ALL, newest_first=True), Right.HISTORY)
        session.give({"items": [_commit(commit) for commit in commits]}, lambda: _commits_text(commits))
        return
    found = versions.history(network, id, limit or _ALL)
    if not found:
        raise NotFound(f"Le journal ne connaît aucune fiche {id}.", field="id")
    session.give(
        {"id": id, "items": _changes(found)},
        lambda: _changes_text(found),
    )


def _commit(commit: Commit) -> dict[str, Any]:
    return {
        "number": commit.number, "at": commit.at, "author": commit.by, "account": commit.author,
        "reason": commit.reason,
        "source": commit.source, "run": commit.run, "changes": commit.changes, "digest": commit.digest,
    }  # fmt: skip


def _changes(found: Sequence[tuple[Commit, Change]]) -> list[dict[str, Any]]:
    erasing = versions.erasures(found)
    return [
        {**_commit(c), **_change(each, versions.erased_by(c, each, erasing)), "late": lateness(c, each)}
        for c, each in found
    ]


def _change(change: Change, erased: Commit | None) -> dict[str, Any]:
    """A change; a redaction tells the record anew, which is no change of it."""
    told = change.action != "redact"
    return {
        "action": change.action, "revision": change.revision, "before": change.before if told else None,
        "after": change.after if told else None,
        "erased": {"number": erased.number, "at": erased.at, "author": erased.by} if erased else None,
    }  # fmt: skip


def _commits_text(commits: Sequence[Commit]) -> Iterator[str]:
    rows = ((str(c.number), moment(c.at), c.by, c.changes, c.why) for c in commits)
    yield from table(("N°", "DATE", "AUTEUR", "FICHES", "MOTIF"), rows, widest=80)
    if not commits:
        yield "Rien n'a encore été enregistré."


def _changes_text(found: Sequence[tuple[Commit, Change]]) -> Iterator[str]:
    erasing = versions.erasures(found)
    for commit, change in found:
        late = days_after(lateness(commit, change) or 0)
        parts = (
            f"n° {commit.number}",
            moment(commit.at),
            commit.by,
            _ACTIONS.get(change.action, "altérée"),
            late,
            commit.why,
        )
        yield " · ".join(filter(None, parts))
        if change.redacted:
            yield f"  {versions.erased_words(versions.erased_by(commit, change, erasing))}"
        if change.action == "redact":
            continue
        before, after, fields = change.before or {}, change.after or {}, _fields(change.type)
        for name in dict.fromkeys((*before, *after)):
            old, new = (_said(fields.get(name), values.get(name)) for values in (before, after))
            yield f"  {fields[name].about.label if name in fields else name} : {old} → {new}"


def _fields(type: str) -> Mapping[str, Field]:
    declared = SCHEMA.nodes.get(type) or SCHEMA.links.get(type)
    return declared.fields if declared else {}


def _said(field: Field | None, value: Any) -> str:
    """A value as people read it; one of a field that is declared no more, as it is."""
    return said(field, value) if field else EMPTY if value is None else str(value)
