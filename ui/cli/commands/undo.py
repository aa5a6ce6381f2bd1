"""Taking an import back, on the command line."""

from collections.abc import Iterator

import click

from crm.ledger.undo import UndoReport
from crm.ledger.undo import undo as take_back
from crm.network import Network
from graph_schema.wording import count
from ui.cli import output
from ui.cli.command import Command, Session, pass_session


@click.command(cls=Command, rank=50)
@click.argument("run", metavar="IMPORT")
@pass_session
def undo(session: Session, run: str) -> None:
    """Reprendre tout ce qu'un import a écrit, sauf ce qui a été modifié depuis."""
    network: Network = session.network()
    with output.progress("Annulation") as report:
        done = take_back(network, run, report)
    session.give(
        {"run": done.run, "undoes": run, "reversed": done.reversed,
         "kept": [{"id": k.id, "name": k.caption, "reason": k.reason} for k in done.kept]},
        lambda: _undo_text(done),
    )  # fmt: skip


def _undo_text(done: UndoReport) -> Iterator[str]:
    yield f"{count(done.reversed, 'changement')} repris."
    for kept in done.kept:
        yield f"  gardé : {kept.caption}, {kept.reason} · {kept.id}"
