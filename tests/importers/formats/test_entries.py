"""Each type has a sheet of its own: what a person fills in its template comes in with its ties, once, and goes."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from crm.documents import spreadsheets
from crm.ledger.undo import undo
from crm.network import Network
from crm.records import organisations, people, register
from graph_schema.records import NodeRecord
from importers import Outcome, Severity, plan, run
from importers.reading import entries, templates
from importers.reading.cells import convert
from tests.importers.files import siret
from tests.importers.reading.test_templates import meant, records, sample

NAMES: Mapping[str, str] = {
    "Organisation": siret(7), "Person": "Claire Exemple", "Committee": "Comité Exemple", "Programme": "Titre Exemple",
    "Meeting": "Séance Exemple", "Decision": "Ouvrir une session", "Feedback": "Très bien",
    "Evidence": "Feuille Exemple", "Placement": "APP-7", "Site": "Site Exemple",
}  # fmt: skip
"""What a person writes of the records that are there already."""

OWN: Mapping[tuple[str, str], str] = {
    ("Meeting", "time"): "14:30", ("Programme", "certification"): "RNCP12345", ("Minutes", "status"): "Brouillon",
    ("Evidence", "url"): "https://exemple.example/feuille.pdf", ("Evidence", "status"): "Brouillon",
    ("Site", "commune"): "62498", ("Programme", "rome"): "K1201",
}  # fmt: skip


@pytest.fixture
def garage(network: Network) -> Network:
    """A network with one record of each type to be tied to."""
    garage = organisations.create(network, {"name": "Garage Fictif", "siret": siret(7), "city": "LENS"}).value
    people.add(network, garage, {"family_name": "Exemple", "given_name": "Claire", "civility": "mme"})
    committee = register.create(network, "Committee", {"name": NAMES["Committee"]}).value
    meeting = register.create(
        network,
        "Meeting",
        {"title": NAMES["Meeting"], "held_on": "2026-02-01"},
        [register.FirstTie("MeetingOf", committee)],
    ).value
    register.create(network, "Decision", {"text": NAMES["Decision"]}, [register.FirstTie("DecidedIn", meeting)])
    register.create(network, "Programme", {"title": NAMES["Programme"]})
    register.create(network, "Feedback", {"text": NAMES["Feedback"], "on": "2026-02-01"})
    register.create(network, "Evidence", {"title": NAMES["Evidence"], "kind": "affiche"})
    register.create(network, "Placement", {"learner": "APP-7", "kind": "stage", "starts_on": "2026-02-01"})
    register.create(network, "Site", {"name": NAMES["Site"]})
    return network


def sheet(type: str, rows: Sequence[Mapping[str, Any]], folder: Path, name: str = "feuille.xlsx") -> Path:
    """The template of a type with rows filled, by the names of its columns."""
    headers = templates.headers(type)
    content = spreadsheets.workbook_bytes([("À remplir", headers, ()), templates.guide(type)])
    book = load_workbook(io.BytesIO(content))
    for at, row in enumerate(rows, start=2):
        for header, value in row.items():
            book.worksheets[0].cell(at, headers.index(header) + 1).value = value
    path = folder / name
    book.save(path)
    return path


def written(type: str) -> dict[str, Any]:
    """A value for every column."""
    row: dict[str, Any] = {}
    for column in entries.columns(type):
        if column.field is not None:
            row[column.header] = OWN.get((type, column.field.name), sample(column.field))
        elif column.term in ("", "present"):  # nobody was both there and not
            row[column.header] = next((NAMES[end] for end in column.ends if end in NAMES), None)
    if type == "Programme":
        row |= {"Catégorie": "Action de formation"}
    return row


def ties(network: Network, id: str) -> set[tuple[str, str]]:
    """The links of a record, each with the type at its other end."""
    links = network.read(lambda tx: tx.links_of([id]))
    ends = network.read(lambda tx: tx.get({end for link in links for end in (link.source, link.target)}))
    return {(link.type, ends[link.target if link.source == id else link.source].type) for link in links}


def the_new(network: Network, type: str, known: set[str]) -> NodeRecord:
    (made,) = (record for record in records(network, type) if record.id not in known)
    return made


@pytest.mark.parametrize("type", entries.TYPES)
def test_a_filled_template_comes_in_whole_once_and_can_be_taken_back(
    garage: Network, tmp_path: Path, type: str
) -> None:
    row = written(type)
    known = {record.id for record in records(garage, type)}
    before = garage.read(lambda tx: tx.head()).number
    file = sheet(type, [row], tmp_path)
    planned = plan(garage, [file])
    done = run(garage, [file])
    assert (done.faults, done.created) == ([], 1)
    assert planned.tally.rows == done.tally.rows
    made = the_new(garage, type, known)
    for column in entries.columns(type):
        if column.field is not None and column.way is None:
            text = OWN.get((type, column.field.name))
            expected = convert(column.field, text).value if text else meant(column.field)
            assert made.values.get(column.field.name) == expected, column.header
    asked = {column.way.type.name for column in entries.columns(type) if column.way and row.get(column.header)}
    assert {link for link, _ in ties(garage, made.id)} == asked

    assert plan(garage, [file]).empty
    assert run(garage, [file]).run is None

    assert done.run is not None
    undo(garage, done.run)
    assert {record.id for record in records(garage, type)} == known
    assert garage.read(lambda tx: tx.head()).number > before


def test_a_meeting_comes_with_who_was_there_who_was_excused_and_who_was_represented(
    garage: Network, tmp_path: Path
) -> None:
    people.add(garage, records(garage, "Organisation")[0].id, {"family_name": "Fictive", "given_name": "Anne"})
    row = {
        "Réunion · Intitulé": "Séance de mars", "Date": "12/03/2026", "Comité": "Comité Exemple",
        "Présents": "Claire Exemple ; Garage Fictif", "Excusés": "Anne Fictive",
    }  # fmt: skip
    assert run(garage, [sheet("Meeting", [row], tmp_path)]).faults == []
    (meeting,) = (each for each in records(garage, "Meeting") if each.values["title"] == "Séance de mars")
    links = garage.read(lambda tx: tx.links_of([meeting.id], ["Attended"]))
    assert sorted(str(link.values["status"]) for link in links) == ["excuse", "present", "present"]


def test_sheets_of_one_workbook_are_tied_to_each_other(network: Network, tmp_path: Path) -> None:
    book = load_workbook(sheet("Committee", [{"Comité · Nom": "Comité neuf"}], tmp_path))
    meetings = book.create_sheet("Réunions", 1)
    meetings.append(["Réunion · Intitulé", "Date", "Comité"])
    meetings.append(["Première séance", "12/03/2026", "Comité neuf"])
    file = tmp_path / "instances.xlsx"
    book.save(file)
    assert plan(network, [file]).tally.rows[Outcome.CREATED] == 2
    assert run(network, [file]).created == 2
    (meeting,) = records(network, "Meeting")
    assert ties(network, meeting.id) == {("MeetingOf", "Committee")}


def test_a_row_completes_the_record_that_it_names_and_keeps_what_a_person_typed(
    garage: Network, tmp_path: Path
) -> None:
    row = {"Comité · Nom": "comité exemple", "Type": "Autre instance", "Objet": "Suivre l'alternance"}
    done = run(garage, [sheet("Committee", [row], tmp_path)])
    (committee,) = records(garage, "Committee")
    assert committee.values["purpose"] == "Suivre l'alternance"
    assert committee.values["kind"] == "comite_pilotage"
    (fault,) = done.faults
    assert (fault.row, fault.column, fault.code) == (2, "Type", "edited")


@pytest.mark.parametrize(
    ("row", "column", "severity"),
    [
        ({"Date": "bientôt"}, "Date", Severity.ERROR),
        ({"Date": ""}, "Date", Severity.ERROR),
        ({"Comité": "Comité inconnu"}, "Comité", Severity.ERROR),
        ({"Comité": ""}, "Comité", Severity.ERROR),
        ({"Heure": "quatorze heures"}, "Heure", Severity.WARNING),
        ({"Présents": "Personne Inconnue"}, "Présents", Severity.WARNING),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(
    garage: Network, tmp_path: Path, row: dict[str, Any], column: str, severity: Severity
) -> None:
    good = {"Réunion · Intitulé": "Séance neuve", "Date": "12/03/2026", "Comité": "Comité Exemple"}
    file = sheet("Meeting", [good | row], tmp_path)
    planned = plan(garage, [file]).tally
    done = run(garage, [file])
    (fault,) = done.faults
    assert (fault.row, fault.column, fault.severity) == (2, column, severity)
    assert fault.message.endswith(".")
    assert planned.faults == done.faults
    taken = severity is Severity.WARNING
    assert done.created == taken
    assert len(records(garage, "Meeting")) == 1 + taken


def test_anonymous_placements_are_told_apart_by_their_ties(garage: Network, tmp_path: Path) -> None:
    organisations.create(garage, {"name": "Autre Garage"})
    rows = [
        {"Accueil · Forme": "Stage", "Débute le": "01/09/2026", "Est accueilli par": host}
        for host in ("Garage Fictif", "Autre Garage")
    ]
    file = sheet("Placement", rows, tmp_path)
    assert run(garage, [file]).created == 2
    assert plan(garage, [file]).empty


def test_a_name_that_several_bear_ties_to_none_unless_its_sort_or_town_is_told(garage: Network, tmp_path: Path) -> None:
    organisations.create(garage, {"name": "Garage Fictif", "city": "Tourcoing"})
    rows = [
        {"Action · Quoi": "Premier", "Donne suite à": "Garage Fictif"},
        {"Action · Quoi": "Second", "Donne suite à": "Garage Fictif Lens"},
    ]
    done = run(garage, [sheet("Action", rows, tmp_path)])
    assert [(fault.row, fault.column) for fault in done.faults] == [(2, "Donne suite à")]
    assert "2 fiches" in done.faults[0].message
    second = next(each for each in records(garage, "Action") if each.values["title"] == "Second")
    assert ties(garage, second.id) == {("FollowsUp", "Organisation")}
