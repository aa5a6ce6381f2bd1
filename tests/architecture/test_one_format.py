"""A new format is one file: the command line, the screen, the import and its undo know it from there.

The file is really written, in a copy of the project, and the copy is really run.
"""

from pathlib import Path

import pytest

from tests.architecture.copied import COMMAND, Copy

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
def test_a_new_format_is_one_file(copied: Copy, tmp_path: Path) -> None:
    file = tmp_path / "sans nom particulier"
    file.write_text(FILE, encoding="utf-8")
    with copied.task("A format"):
        copied.write("importers/formats/stays.py", FORMAT)
        assert copied.said(SCRIPT, tmp_path / "a.db", file, LATER) == {
            "planned": "others:3",
            "import": "1 3 duplicate",
            "held": "HostedBy HostedBy HostedBy Organisation Placement Placement Placement",
            "again": "None",
            "later": "others:1 7",
            "undone": "0",
            "screen": "True True",
            "preview": "Accueils (.acc) ('Partenaire', 'Avec lui') ('Garage Fictif', 'Alternance REF-1')",
        }
        assert "Accueils (.acc)" in copied.run(COMMAND, "import", "--help")
        done = copied.run(COMMAND, "import", "--yes", "--store", tmp_path / "b.db", file)
    assert "1 créées" in done
    assert "3 autres fiches" in done
