"""A new field is one line, a new type one module, each with a migration step; everything else derives from it.

They are really written, in a copy of the project, and the copy is really run.
"""

from pathlib import Path

import pytest

from graph_schema.migrations import DECLARED, SCHEMA_VERSION
from tests.architecture.copied import Copy

FIELD = '    club: Annotated[str | None, About("Club sectoriel", headers="reseau local", column=True)] = None\n'
MAKE = "import sys; from crm.store import open_store; open_store(sys.argv[1]).close()"

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


TYPE = '''"""Visits of companies."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout


class Visit(Node):
    """A visit of a company by learners."""

    about: ClassVar = NodeAbout("Visite", "Visites", "Découverte d'une entreprise.", ("theme",), True, dated="on")

    theme: Annotated[str, Field(min_length=1), About("Thème", search=True, column=True)]
    on: Annotated[date, About("Date", index=True, column=True)]


class VisitAt(Link):
    """Where a visit takes place."""

    about: ClassVar = LinkAbout("a lieu chez", "reçoit", ("Visit",), ("Organisation",))
'''

ENTERED = """
import sys
from pathlib import Path

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import register
from crm.store import open_store
from crm.store.neo4j import ddl
from crm.upkeep.migrate import migrate
from docs import schema
from tests.ui.application import opened, words, working_at
from ui import search_box
from ui.cli import run as command

path = Path(sys.argv[1])
network = Network(open_store(str(path), any_version=True), Actor("C. Exemple", Role.ADMIN))
print("migration", migrate(network))
print("docs", "Découverte d'une entreprise." in schema.markdown())
garage = network.commit("Ajout", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"})).value
with working_at(path):
    form = opened("registre", sorte="visites", faire="ajouter")
    theme = next(each for each in form.text_input if each.label.startswith("Thème"))
    theme.set_value("La carrosserie")
    form.date_input[0].set_value(network.today())
    form.button(key="add-Visit-send").click().run()
    print("created", "Visite ajoutée." in words(form))
    (visit,) = network.read(lambda tx: [r for r in tx.records() if r.type == "Visit"])
    network.commit("Lien", lambda unit: unit.connect("VisitAt", visit.id, garage))
    listed = words(opened("registre", sorte="visites"))
    print("list", "La carrosserie" in listed, "Garage Fictif" in listed)
    sheet = words(opened("registre", sorte="visites", fiche=visit.id))
    print("sheet", "La carrosserie" in sheet, "Garage Fictif" in sheet)
    print("search", *(group["label"] for group in search_box.groups(network, "carrosserie")))
network.commit("Retouche", lambda unit: unit.update(visit.id, {"theme": "Les ateliers"}))
(newest,) = register.listing(network, register.Wanted("Visit", text="ateliers")).records
print("corrected", newest.values["theme"])
out = path.with_name("visites.csv")
assert command(["--store", str(path), "register", "visites", "--out", str(out)]) == 0
print("file", "Les ateliers" in out.read_text("utf-8-sig"))
print("neo4j", any(name.endswith("Visit_search") for name in ddl.statements()))
"""


@pytest.mark.timeout(300)
def test_a_new_field_is_one_line_and_shows_everywhere(copied: Copy, tmp_path: Path) -> None:
    store = tmp_path / "reseau28.db"
    copied.run(MAKE, store)
    with copied.task("A field"):
        copied.replace("graph_schema/organisations.py", "    source: Annotated", FIELD + "    source: Annotated")
        migrated(copied, "Club sectoriel des organisations")
        assert copied.said(SCRIPT, store) == {
            "migration": "1",
            "docs": "True",
            "import": "1",
            "value": "Club Exemple",
            "history": "('club', 'Club Exemple', 'Club Modèle')",
            "list": "True",
            "form": "['Club Modèle']",
            "story": "True",
        }


@pytest.mark.timeout(300)
def test_a_new_type_is_one_module_and_is_used_everywhere(copied: Copy, tmp_path: Path) -> None:
    store = tmp_path / "reseau28.db"
    copied.run(MAKE, store)
    with copied.task("A type of record"):
        copied.write("graph_schema/visits.py", TYPE)
        migrated(copied, "Visites d'entreprise")
        assert copied.said(ENTERED, store) == {
            "migration": "1",
            "docs": "True",
            "created": "True",
            "list": "True True",
            "sheet": "True True",
            "search": "Visites",
            "corrected": "Les ateliers",
            "file": "True",
            "neo4j": "True",
        }


def migrated(copied: Copy, title: str) -> None:
    """Write the step that a change of the declaration owes, with the fingerprint that the copy then has."""
    name = "graph_schema/migrations.py"
    step = f'    Migration({SCHEMA_VERSION + 1}, "{title}"),\n)\n\nSCHEMA_VERSION'
    copied.replace(name, ")\n\nSCHEMA_VERSION", step)
    found = copied.run("from graph_schema.registry import SCHEMA; print(SCHEMA.fingerprint)").strip()
    copied.replace(name, DECLARED, found)
