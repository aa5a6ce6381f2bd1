"""Where the command ``reseau28`` begins: it hears Ctrl-C before all the rest is loaded."""

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Load the command line and run what was typed; Ctrl-C meanwhile ends the process without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from ui import cli  # half a second

    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()
