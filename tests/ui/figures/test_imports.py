"""« Importer » counts the lines of a file as the command line does."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from crm.network import Network
from tests.ui.application import words
from tests.ui.figures.reading import figures, part
from tests.ui.screens.conftest import network as network
from tests.ui.screens.importing import LIST, dropped, planned
from ui.cli import run

OUTCOMES = ("created", "updated", "unchanged", "conflict", "refused")


def test_a_plan_counts_the_lines_as_the_command_line_does(network: Network, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(LIST, "utf-8")
    shown = figures(part(words(planned(dropped(("liste.csv", LIST)))), r'<p class="sentence">(.*?)</p>'))
    out = StringIO()
    with redirect_stdout(out):
        assert run(["import", "--dry-run", "--json", str(file)]) == 1  # a line is refused
    counts = [json.loads(out.getvalue())[outcome] for outcome in OUTCOMES]
    assert shown == [sum(counts), *filter(None, counts)]
