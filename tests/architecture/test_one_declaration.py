"""A new field of an organisation is one line, and a migration step; everything else derives from it.

The line is really written, in a copy of the project, and the copy is really run.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graph_schema.migrations import SCHEMA_VERSION

ROOT = Path(__file__).parents[2]
FIELD = '    club: Annotated[str | None, About("Club sectoriel", headers="reseau local", column=True)] = None\n'
MIGRATION = f'Migration({SCHEMA_VERSION + 1}, "Club sectoriel des organisations"),\n)\n\nSCHEMA_VERSION'

SCRIPT = """
import sys
from datetime import date
from pathlib import Path

from crm.ledger import versions
from crm.upkeep.migrate import migrate
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from docs import schema
from importers import run
from tests.ui.application import opened, words, working_at

path = Path(sys.argv[1])
network = Network(open_store(str(path), any_version=True), Actor("C. Exemple", Role.ADMIN))
print("migration", migrate(network))
print("docs", "Club sectoriel" in schema.markdown())
file = path.with_name("partenaires.csv")
file.write_text("Partenaire;Ville;Réseau local\\nGarage Fictif;Lens;Club Exemple\\n", encoding="utf-8")
print("import", run(network, [file]).created)
(record,) = network.read(lambda tx: [r for r in tx.records() if r.type == "Organisation"])
print("value", record.values["club"])
network.commit("Retouche", lambda unit: unit.update(record.id, {"club": "Club Modèle"}))
(newest, *_) = versions.versions(network, record.id)
print("history", *map(tuple, newest.differences))
with working_at(path):
    listed = words(opened("partenaires"))
    print("list", "Club sectoriel" in listed and "Club Modèle" in listed)
    form = opened("partenaires", fiche=record.id, faire="modifier")
    print("form", [each.value for each in form.text_input if each.label == "Club sectoriel"])
    print("story", "Club Exemple" in words(opened("partenaires", fiche=record.id, partie="historique")))
"""


@pytest.mark.timeout(300)
def test_a_new_field_is_one_line_and_shows_everywhere(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for folder in ("graph_schema", "crm", "importers", "ui", "docs", "tests"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "images"))
    store = tmp_path / "reseau28.db"
    python = [sys.executable, "-c"]
    make = f"from crm.store import open_store; open_store({str(store)!r}).close()"
    subprocess.run([*python, make], cwd=copy, check=True)

    _replace(copy / "graph_schema" / "organisations.py", "    source: Annotated", FIELD + "    source: Annotated")
    _replace(copy / "graph_schema" / "migrations.py", ")\n\nSCHEMA_VERSION", f"    {MIGRATION}")
    run = subprocess.run([*python, SCRIPT, str(store)], cwd=copy, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    said = dict(line.split(" ", 1) for line in run.stdout.splitlines())
    assert said == {
        "migration": "1",
        "docs": "True",
        "import": "1",
        "value": "Club Exemple",
        "history": "('club', 'Club Exemple', 'Club Modèle')",
        "list": "True",
        "form": "['Club Modèle']",
        "story": "True",
    }


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
