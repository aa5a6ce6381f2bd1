"""The list of import runs on the command line."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from crm.ledger.imports import ImportRun
from crm.ledger.imports import imports as all_runs
from ui.cli import output
from ui.cli.command import Command, Session, pass_session


@click.command(cls=Command, rank=40)
@pass_session
def imports(session: Session) -> None:
    """Énumérer les imports, le plus récent d'abord."""
    runs = all_runs(session.network())
    session.give({"items": [_run(each) for each in runs]}, lambda: _runs_text(runs))


def _run(each: ImportRun) -> dict[str, Any]:
    return {
        "run": each.id, "files": list(each.files), "author": each.author, "started": each.started, "ended": each.ended,
        "commits": each.commits, "changes": each.changes, "created": each.created, "updated": each.updated,
        "finished": each.finished, "undone": each.undone, "partly": each.partly,
    }  # fmt: skip


def _runs_text(runs: Sequence[ImportRun]) -> Iterator[str]:
    yield from output.table(
        ("IMPORT", "DATE", "AUTEUR", "CRÉÉES", "MODIFIÉES", "ÉTAT", "FICHIERS"),
        (
            (r.id, output.moment(r.started), r.author, r.created, r.updated, r.state, ", ".join(r.files))
            for r in runs
        ),
    )  # fmt: skip
    if not runs:
        yield "Aucun import pour l'instant."
