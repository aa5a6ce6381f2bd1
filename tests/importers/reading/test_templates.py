"""A template that people fill imports back to what they meant, and tells beforehand what each column accepts."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from crm.documents import spreadsheets
from crm.network import Network
from crm.records import organisations, register
from crm.records.register import FirstTie
from graph_schema.records import NodeRecord
from graph_schema.types import Field, Shape
from importers import plan, run
from importers.reading import entries, templates
from importers.reading.cells import convert
from importers.reading.headers import CONCERNS, DEPARTEMENT, NAME, Target, field_of, targets
from importers.reading.mapping import guess
from tests.importers.files import siret

WRITTEN: Mapping[str, Any] = {
    "name": "Garage Fictif", "siret": siret(7), "siren": siret(7)[:9], "postal_code": "62300", "city": "LENS",
    "commune": "62498", "naf": "45.20A", "naf_version": "NAFRev2", "legal_category": "5710", "idcc": ["1090"],
    "uai": "0590001F", "latitude": 50.43, "longitude": 2.83, "phone": "03 21 00 00 00", "mobile": "06 00 00 00 00",
    "email": "accueil@garage-fictif.example", "website": "https://garage-fictif.example",
}  # fmt: skip
"""What is written where any words would not do."""

OF_PARTNERS = tuple(type for type in templates.TYPES if type not in entries.TYPES)
"""The types told in rows about partners; ``test_entries`` is about the others."""


def sample(field: Field) -> Any:
    """What a person could write in a cell of this field; for a list of them, one."""
    if field.name in WRITTEN:
        return WRITTEN[field.name][0] if field.many else WRITTEN[field.name]
    return {
        Shape.CHOICE: next(iter(field.labels.values()), ""), Shape.CHOICES: next(iter(field.labels.values()), ""),
        Shape.DATE: "12/03/2026", Shape.BOOLEAN: "oui", Shape.NUMBER: 1.5, Shape.INTEGER: 2,
    }.get(field.shape, f"Exemple {field.name}")  # fmt: skip


def meant(field: Field) -> Any:
    """What the record then holds."""
    if field.name in WRITTEN:
        return WRITTEN[field.name]
    first = next(iter(field.labels), "")
    return {
        Shape.CHOICE: first, Shape.CHOICES: [first], Shape.DATE: "2026-03-12", Shape.BOOLEAN: True,
        Shape.TEXTS: [sample(field)],
    }.get(field.shape, sample(field))  # fmt: skip


def workbook(type: str, row: list[Any], folder: Path) -> Path:
    """The template with one row filled."""
    content = spreadsheets.workbook_bytes([("À remplir", templates.headers(type), ()), templates.guide(type)])
    book = load_workbook(io.BytesIO(content))
    for column, value in enumerate(row, start=1):
        book.worksheets[0].cell(2, column).value = value
    path = folder / "modele.xlsx"
    book.save(path)
    return path


def records(network: Network, type: str) -> list[NodeRecord]:
    ids = network.read(lambda tx: [str(row[0]) for row in tx.rows(type, ())])
    return list(network.read(lambda tx: tx.get(ids)).values())


def filled(network: Network, type: str) -> list[Any]:
    """A value for every column; what an exchange was about is in the network already."""
    garage = organisations.create(network, {"name": "Autre Garage"}).value
    made = {
        "Programme": ("title", {"title": "Titre Exemple"}),
        "Agreement": ("number", {"subject": "Accueil", "number": "C-12"}),
        "Placement": ("learner", {"learner": "APP-7", "kind": "stage", "starts_on": "2026-03-12"}),
    }
    for name, (_, values) in made.items():
        register.create(network, name, values, [FirstTie("PartyTo", garage)] if name == "Agreement" else [])
    row = []
    for target in templates.columns(type):
        field = field_of(target)
        row.append(sample(field) if field else made[CONCERNS[target]][1][made[CONCERNS[target]][0]])
    return row


@pytest.mark.parametrize("type", OF_PARTNERS)
def test_every_header_is_read_as_the_column_that_it_heads(type: str) -> None:
    read = guess(templates.headers(type))
    assert [column.target for column in read.columns] == [str(target) for target in templates.columns(type)]


@pytest.mark.parametrize("type", OF_PARTNERS)
def test_a_filled_template_imports_back_to_the_records_meant(network: Network, tmp_path: Path, type: str) -> None:
    row = filled(network, type)
    known = {record.id for record in records(network, type)}
    file = workbook(type, row, tmp_path)
    done = run(network, [file])
    assert done.tally.faults == []
    assert done.created == 1
    (made,) = (record for record in records(network, type) if record.id not in known)
    for target in templates.columns(type):
        field = field_of(target)
        if target.type == type and field and target.field != "city":
            assert made.values.get(field.name) == meant(field), target
    again = plan(network, [file])
    assert again.empty


def test_a_filled_template_ties_what_it_makes(network: Network, tmp_path: Path) -> None:
    run(network, [workbook("Exchange", filled(network, "Exchange"), tmp_path)])
    (exchange,) = records(network, "Exchange")
    links = network.read(lambda tx: tx.links_of([exchange.id]))
    ends = network.read(lambda tx: tx.get([link.target for link in links]))
    assert sorted((link.type, ends[link.target].type) for link in links) == [
        ("Concerns", "Agreement"), ("Concerns", "Placement"), ("Concerns", "Programme"),
        ("Involves", "Organisation"), ("Involves", "Person"),
    ]  # fmt: skip


@pytest.mark.parametrize("type", OF_PARTNERS)
def test_each_value_that_the_guide_tells_is_accepted(type: str) -> None:
    _, _, rows = templates.guide(type)
    told = {header: [value for other, _, value in rows if other == header and value] for header, _, _ in rows}
    for target, header in zip(templates.columns(type), templates.headers(type), strict=True):
        field = field_of(target)
        if field is None or not field.vocabulary:
            assert told[header] == []
            continue
        read = [convert(field, value).value for value in told[header]]
        flat = [value for each in read for value in (each if isinstance(each, list) else [each])]
        assert flat == list(field.vocabulary), header


def test_an_empty_template_says_that_it_is_to_be_filled(network: Network, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="ne contient que son en-tête"):
        plan(network, [workbook("Organisation", [], tmp_path)])


def test_each_thing_that_a_column_may_feed_is_in_a_template() -> None:
    offered = {target for type in OF_PARTNERS for target in templates.columns(type)}
    assert set(targets()) - offered == {DEPARTEMENT}
    assert all(NAME in templates.columns(type) for type in OF_PARTNERS)
    assert Target("Exchange", "on") in offered
