"""The check of one proof on the command line, with what attests it: printed, or written as text or JSON."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from crm import private
from crm.faults import Fault
from crm.network import Network
from crm.vault import statements
from crm.vault.statements import Statement
from ui.cli.command import Session


def attest(session: Session, network: Network, id: str, out: str | None) -> list[Fault]:
    """Check one proof, say the verdict and write what attests it into ``out`` when given; returns the faults."""
    if not id:
        raise click.UsageError("--attestation attend une preuve : donnez son identifiant.")
    path = None if out in (None, "-") else Path(str(out)).expanduser()
    with private.new_file(path) if path else nullcontext() as target:
        done = statements.check(network, id)
        found = done.value
        if path and target:
            target.write(found.written("json" if path.suffix.lower() == ".json" else "text"))
    document = {
        "ok": not found.faults, "faults": [fault._asdict() for fault in found.faults], "file": str(path or ""),
        "statement": found.document(), "attestation": done.attestation._asdict(),
    }  # fmt: skip
    session.give(document, lambda: _statement_text(found, out))
    return found.faults


def _statement_text(found: Statement, out: str | None) -> Iterator[str]:
    if out == "-":
        yield from found.lines()
        return
    yield found.verdict.label
    yield from (fault.message for fault in found.faults)
    written = f"écrite dans {out}." if out else f"· {found.access.digest[:16]}"
    yield f"Attestation n° {found.access.number} {written}"
