"""What the old build was asked to do: run by its own code, in its own checkout, into a new file.

``python acts.py FILE FOLDER``: the network goes to FILE, the lists that it imports are written in FOLDER. Everyone and
every company here is invented; the places are real.
"""

import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records import engagements, exchanges, links, organisations, people, serving
from crm.store import open_store
from graph_schema.territory import Level, place
from ui.cli import run

KEPT_LIST = """\
Nom;Type;Code postal;Ville;Nom du contact;Prénom;Fonction;Courriel du contact;Convention signée le;Fin de convention
Scierie Exemple d'Albert;Entreprise;80300;Albert;Fictif;Léa;Responsable;lea.fictif@exemple.test;01/02/2024;31/01/2027
Mission locale Exemple de l'Artois;Service public de l'emploi;62450;Bapaume;Exemple;Noé;Conseiller;noe@exemple.test;;
Maraîchage Fictif;Entreprise;62116;Bucquoy;;;;;;
"""
TAKEN_BACK_LIST = """Nom;Code postal;Ville
Atelier Repris Exemple;62300;Lens
Garage Repris Fictif;62000;Arras
"""
ACROSS_DEPARTEMENTS, ACROSS_REGIONS = "200069672", "200070308"
"""EPCI whose communes lie in two départements, and in two régions."""


def main(file: str, folder: str) -> None:
    """Fill the file: demonstration, an import, one taken back, and what people do on screen."""
    _command("--store", file, "demo", "--size", "S", "--seed", "28", "--on", "2026-11-20")
    for name, text in (("conservé.csv", KEPT_LIST), ("repris.csv", TAKEN_BACK_LIST)):
        Path(folder, name).write_text(text, "utf-8")
        _command("--store", file, "import", str(Path(folder, name)), "--yes")
    with closing(open_store(file, create=False)) as store:
        network = Network(store, Actor("C. Exemple", Role.ADMIN))
        newest = network.read(lambda tx: tx.commits(newest_first=True, limit=1))[0].run
    _command("--store", file, "undo", str(newest))
    with closing(open_store(file, create=False)) as store:
        _on_screen(Network(store, Actor("C. Exemple", Role.ADMIN)))


def _command(*arguments: str) -> None:
    if status := run(arguments):
        sys.exit(f"{' '.join(arguments)}: status {status}")


def _on_screen(network: Network) -> None:
    """Edits, a deletion, territories across borders, agreements of every course, a meeting, a view."""
    mill = organisations.create(network, {"name": "Minoterie Exemple", "postal_code": "80300", "city": "Albert"}).value
    organisations.edit(network, mill, {"note": "Accueille deux stages par an", "tier": "A"}, 1)
    gone = organisations.create(network, {"name": "Saisie par erreur Exemple"}).value
    organisations.delete(network, gone, 1)
    for level, code in ((Level.EPCI, ACROSS_DEPARTEMENTS), (Level.EPCI, ACROSS_REGIONS), (Level.COMMUNE, "80810")):
        territory = place(level, code)
        assert territory is not None, code
        serving.serve(network, mill, territory)
    tutor = people.add(network, mill, {"given_name": "Zoé", "family_name": "Fictif"}, {"role": "tutrice"}).value
    role = network.read(lambda tx: tx.links_of([tutor], ["WorksFor"]))[0]
    links.edit(network, role.id, {"valid_from": "2024-09-01"}, role.revision)
    exchanges.log(network, [mill], [tutor], on=date(2026, 10, 2))
    network.commit("Conventions de la minoterie", lambda unit: _agreements(unit, mill))
    engagements.edit(network, "kept-renewed", {"notice_days": 60}, 1)
    network.commit("Réunion de la filière", lambda unit: _meeting(unit, mill, tutor))
    views.save(network, "Autour de la minoterie", CanvasState(starts=(mill,)), {}, shared=True)


def _agreements(unit: UnitOfWork, party: str) -> None:
    signed: dict[str, object] = {"signed_on": "2025-01-01", "ends_on": "2025-12-31", "kind": "partenariat"}
    courses: dict[str, dict[str, object]] = {
        "kept-ended": {},
        "kept-ended-then-terminated": {"terminated_on": "2026-06-01"},
        "kept-renewed": {"tacit_renewal": True},
        "kept-renewed-then-terminated": {"tacit_renewal": True, "terminated_on": "2026-06-01"},
    }
    for id, course in courses.items():
        unit.create("Agreement", {"subject": f"Convention Exemple {id}", **signed, **course}, id=id)
        unit.connect("PartyTo", party, id)


def _meeting(unit: UnitOfWork, organisation: str, person: str) -> None:
    unit.create("Committee", {"name": "Comité Exemple de la filière grain"}, id="kept-committee")
    unit.create("Meeting", {"title": "Séance Exemple de mars", "held_on": "2026-03-12"}, id="kept-meeting")
    unit.connect("MeetingOf", "kept-meeting", "kept-committee")
    unit.connect("Attended", organisation, "kept-meeting", {"status": "absent"})
    unit.connect("Attended", person, "kept-meeting", {"status": "excuse", "role": "Membre"})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
