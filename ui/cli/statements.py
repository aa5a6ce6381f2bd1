"""The check of one proof on the command line, with what attests it: written as text or JSON, or told by ``--json``."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from crm.faults import Fault
from crm.files import private
from crm.network import Network
from crm.vault import statements
from crm.vault.statements import Statement
from ui.cli.command import Session


def attest(session: Session, network: Network, id: str, out: Path | None) -> list[Fault]:
    """Check one proof, say the verdict and write what attests it into ``out`` when given; returns the faults."""
    if not id:
        raise click.UsageError("--attestation attend une preuve : donnez son identifiant.")
    with private.new_file(out) if out else nullcontext() as target:
        done = statements.check(network, id)
        found = done.value
        if out and target:
            target.write(found.written("json" if out.suffix.lower() == ".json" else "text"))
    document = {
        "ok": not found.faults, "faults": [fault._asdict() for fault in found.faults], "file": str(out or ""),
        "statement": found.document(), "attestation": done.attestation._asdict(),
    }  # fmt: skip
    session.give(document, lambda: _statement_text(found, out))
    return found.faults


def _statement_text(found: Statement, out: Path | None) -> Iterator[str]:
    yield found.verdict.label
    yield from (fault.message for fault in found.faults)
    written = f"écrite dans {out}." if out else f"· {found.access.digest[:16]}"
    yield f"Attestation n° {found.access.number} {written}"
