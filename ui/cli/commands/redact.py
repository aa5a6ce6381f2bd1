"""What of the journal must be forgotten, on the command line."""

import click

from crm.ledger import redaction
from crm.network.rights import Right
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import require_yes
from ui.cli.values import Whole


@click.command(cls=Command, rank=240)
@click.argument("number", metavar="ACTE", type=Whole(1))
@click.argument("id", metavar="[ID]", required=False)
@click.option(
    "--keep-current", is_flag=True, help="Même si la fiche le porte encore : ce qu'elle dit reste au journal."
)
@click.option("--yes", is_flag=True, help="Effacer sans demander.")
@pass_session
def redact(session: Session, number: int, id: str | None, keep_current: bool, yes: bool) -> None:
    """Effacer du journal, pour de bon, le motif d'un acte ou ce qu'il a écrit d'une fiche.

    La fiche reste telle qu'elle est ; le journal garde les empreintes et dit, par un nouvel acte, ce qui fut effacé.
    """
    network = session.network()
    network.actor.require(Right.ADMIN)
    position = redaction.position_of(network, number, id) if id else None
    if not yes:
        require_yes("Effacer du journal pour de bon ?", "effacer")
    by = redaction.redact(network, number, position, keep_current=keep_current).commit
    done = redaction.Redacted(number, position, by.number if by else 0)
    stands = [_STANDS] if keep_current and id else []
    session.give(done._asdict(), lambda: [done.words, *stands, _KEPT])


_STANDS = "Ce que la fiche dit encore reste sur elle et au journal : seul ce qu'elle ne dit plus est effacé."


_KEPT = "Les sauvegardes, les copies et les faits remis auparavant le gardent : détruisez-les ou refaites-les."
