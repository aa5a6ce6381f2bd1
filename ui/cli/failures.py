"""How an invocation ends: the one place where what went wrong becomes an exit status and a sentence.

Exit status: 0 done · 1 a check found faults · 2 usage · 3 input · 4 conflict · 5 store, or a failure of the software
itself (family ``internal``, its traceback goes to the log file) · 130 interrupted.
"""

from typing import NamedTuple

import click

from crm.errors import Reseau28Error
from ui import logbook
from ui.cli import french, output

FAULTS_FOUND = 1
_STATUS = {"usage": 2, "input": 3, "conflict": 4, "store": 5, "internal": 5, "interrupted": 130}


class Failure(NamedTuple):
    """What went wrong, for machines and for people."""

    family: str
    code: str
    message: str
    field: str | None = None

    @property
    def status(self) -> int:
        """The exit status of its family."""
        return _STATUS[self.family]


def tell(error: BaseException, as_json: bool) -> int:
    """Say what went wrong where it is looked for (standard output with ``--json``); returns the exit status."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and not as_json:
        click.echo(error.message, err=True)
        return _STATUS["usage"]
    failure = failure_of(error)
    if as_json:
        output.document({"error": failure._asdict()})
    else:
        output.say(failure.message)
    return failure.status


def failure_of(error: BaseException) -> Failure:
    """What to tell of ``error``; anything unforeseen is written to the log first."""
    match error:
        case Reseau28Error():
            return Failure(error.family, error.code, str(error), error.field)
        case KeyboardInterrupt() | click.Abort():
            said = str(error) or str(error.__cause__ or "")  # click puts its own exception in front
            return Failure("interrupted", "interrupted", said or "Interrompu.")
        case click.ClickException():
            return Failure("usage", "usage", french.sentence(error), french.field(error))
        case MemoryError():
            return Failure(
                "internal", "memory", "La mémoire de cette machine ne suffit pas : fermez d'autres programmes."
            )
    name = type(error).__name__
    return Failure(
        "internal", "unexpected", f"Réseau 28 a rencontré une erreur imprévue ({name}). {logbook.keep(error)}"
    )
