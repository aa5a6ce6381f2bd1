"""The command hears Ctrl-C from its first moment."""

import signal
import subprocess
import sys

_WHILE_LOADING = """
import os, signal, sys

class Impatient:
    def find_spec(self, name, *_):
        if name == "ui.cli.output":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Impatient())
from ui.start import main
main()
"""


def test_ctrl_c_while_the_command_loads_ends_it_without_a_traceback() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _WHILE_LOADING, "--version"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, b"", b"")


def test_once_loaded_the_command_runs_and_tells_of_ctrl_c_itself() -> None:
    code = "from ui import cli, start; cli.cli.main = lambda **_: __import__('signal').raise_signal(2); start.main()"
    ended = subprocess.run([sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr.decode()) == (130, b"", "Interrompu.\n")
