"""What the independent verifier says of files that were handed, here in this process."""

from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from crm.ledger import verifier


class Said(NamedTuple):
    """How it ended, and what it said, with the ordinary spaces and apostrophe of a keyboard."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """All lines, whatever they were written on."""
        return [*self.out.splitlines(), *self.err.splitlines()]


def judged(chain: Path, receipt: Path | None = None, facts: Sequence[Path] = ()) -> Said:
    """What it says of a chain, against a receipt and facts."""
    words = [str(chain), *(["--receipt", str(receipt)] if receipt else [])]
    return invoked([*words, *(word for each in facts for word in ("--fact", str(each)))])


def invoked(words: list[str]) -> Said:
    """What it says when it is given these words."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = verifier.main(words)
    return Said(status, *(each.getvalue().replace("\u00a0", " ").replace("’", "'") for each in (out, err)))
