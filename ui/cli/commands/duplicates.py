"""Partners that are there twice, on the command line."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from crm.duplicates.scan import Pair, Twin
from crm.duplicates.scan import duplicates as find
from graph_schema.wording import count
from ui.cli.command import Command, Session, pass_session
from ui.cli.values import limit_option


@click.command(cls=Command, rank=205)
@click.option("--scan", is_flag=True, help="Comparer aussi les noms lettre à lettre dans chaque commune (plus long).")
@limit_option
@pass_session
def duplicates(session: Session, scan: bool, limit: int | None) -> None:
    """Lister les organisations qui ont peut-être deux fiches, et pourquoi.

    Rien n'est fusionné : « reseau28 merge » le fait, paire par paire.
    """
    found = find(session.network(), whole=scan)
    shown = found[:limit]
    session.give({"items": [_pair(each) for each in shown], "total": len(found)}, lambda: _text(shown, len(found)))


def _pair(pair: Pair) -> dict[str, Any]:
    strength, score, reasons = pair.likeness
    return {
        "one": pair.one._asdict(), "other": pair.other._asdict(), "strength": strength.value, "score": score,
        "reasons": list(reasons),
    }  # fmt: skip


def _text(shown: Sequence[Pair], total: int) -> Iterator[str]:
    for pair in shown:
        strength, score, reasons = pair.likeness
        yield f"{strength.label} ({score} %) : {_party(pair.one)} et {_party(pair.other)}"
        yield f"  {', '.join(reasons)}"
        yield f"  reseau28 merge {pair.one.id} {pair.other.id}"
    if not total:
        yield "Aucun doublon trouvé."
    elif total > len(shown):
        yield f"{count(total, 'paire')} en tout : « --limit » en montre davantage."


def _party(party: Twin) -> str:
    return f"{party.name}, {party.city}" if party.city else party.name
