"""A new format is one file: the command line, the screen, the import and its undo know it from there.

The file is really written, in a copy of the project, and the copy is really run.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORMAT = '''"""Periods at work, one a line: the partner, the learner's reference, the day they begin."""

from collections.abc import Iterator
from datetime import date

from importers.claims import Claim, LinkClaim, RecordClaim
from importers.parts import FileFormat
from importers.reading.sources import Source


def read(source: Source, today: date) -> Iterator[Claim]:
    for number, line in enumerate(source.path.read_text("utf-8").splitlines()[1:], 2):
        name, learner, day, visits = line.split("|")
        partner = RecordClaim("Organisation", {"name": name}, {"source": f"Import : {source.name}"})
        values = {"kind": "alternance", "learner": learner, "starts_on": day, "visits": int(visits)}
        stay = RecordClaim("Placement", values, known_by=("learner", "starts_on"))
        yield Claim(number, partner, [stay], [LinkClaim("HostedBy", stay, partner)])


FORMAT = FileFormat("stays", "Accueils (.acc)", ("acc",), lambda start: start.startswith(b"ACCUEILS"), read)
'''
ROWS = ("REF-1|2026-03-02|1", "REF-2|2026-03-09|0", "REF-2|2026-03-16|0", "REF-1|2026-03-02|1")
FILE = "\n".join(("ACCUEILS", *(f"Garage Fictif|{row}" for row in ROWS)))
LATER = "ACCUEILS\nGarage Fictif|REF-1|2026-03-02|3"

SCRIPT = """
import sys
from pathlib import Path

from crm.ledger.undo import undo
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from importers import plan, run
from tests.ui.application import opened, working_at
from ui.screens.imports.draft import received

path, file = map(Path, sys.argv[1:3])
network = Network(open_store(str(path)), Actor("C. Exemple", Role.ADMIN))


def held():
    return sorted(record.type for record in network.read(lambda tx: list(tx.records())))


print("planned", *(f"{kind}:{many}" for kind, many in plan(network, [file]).tally.related.items()))
done = run(network, [file])
print("import", done.created, done.unchanged, *(fault.code for fault in done.faults))
print("held", *held())
print("again", run(network, [file]).run)
later = file.with_name("later")
later.write_text(sys.argv[3], "utf-8")
completed = run(network, [later])
print("later", *(f"{kind}:{many}" for kind, many in completed.related.items()), len(held()))
undo(network, completed.run)
undo(network, done.run)
print("undone", len(held()))
with working_at(path):
    app = opened("importer")
    print("screen", ".acc" in app.file_uploader[0].proto.type, any("Accueils (.acc)" in c.value for c in app.caption))


class Given:
    name = "printemps.acc"

    def getbuffer(self):
        return memoryview(file.read_bytes())


(sheet,) = received([Given()]).sheets
print("preview", sheet.preview.format.label, sheet.preview.header, sheet.preview.rows[0])
"""


@pytest.mark.timeout(300)
def test_a_new_format_is_one_file(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for folder in ("graph_schema", "crm", "importers", "ui", "tests"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "images"))
    (copy / "importers" / "formats" / "stays.py").write_text(FORMAT, encoding="utf-8")
    file = tmp_path / "sans nom particulier"
    file.write_text(FILE, encoding="utf-8")

    said = dict(line.split(" ", 1) for line in _python(copy, SCRIPT, tmp_path / "a.db", file, LATER).splitlines())
    assert said == {
        "planned": "others:3",
        "import": "1 3 duplicate",
        "held": "HostedBy HostedBy HostedBy Organisation Placement Placement Placement",
        "again": "None",
        "later": "others:1 7",
        "undone": "0",
        "screen": "True True",
        "preview": "Accueils (.acc) ('Partenaire', 'Avec lui') ('Garage Fictif', 'Alternance REF-1')",
    }
    assert "Accueils (.acc)" in _python(copy, "from ui.cli import main; main()", "import", "--help")
    store = str(tmp_path / "b.db")
    done = _python(copy, "from ui.cli import main; main()", "import", "--yes", "--store", store, file)
    assert "1 créées" in done
    assert "3 autres fiches" in done


def _python(copy: Path, script: str, *arguments: Path | str) -> str:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
