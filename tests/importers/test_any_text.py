"""Whatever stands in whatever column, an import ends, accounts for every row and, done again, writes nothing."""

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from graph_schema.registry import SCHEMA
from importers import plan, run
from importers.faults import Severity
from importers.formats.lists import ListReader
from importers.reading.headers import Target, field_of, targets
from importers.reading.mapping import Column, Mapping, label
from importers.reading.sources import FileNature, Source
from importers.reading.tables import Cell, Table
from tests.crm.conftest import ADMIN
from tests.importers.files import ANNUAIRE, annuaire_row, nodes, siret, write_annuaire, write_csv

NAME = "Organisation.name"
FED = [str(target) for target in targets()]
LONG = 30_000
ODD = (
    "", "-", "Exemple", "É" * 250, "x" * LONG, "25²", "٣٤", "1e999", "-inf", "nan", "9" * 5000, "0026-03-12",
    "12/03/26", "31/12/9999", "12/03/2026", "2026-02-30", "4500", "45000", "1234²", "a@exemple.fr",
    f"{'a' * 300}@exemple.fr",
    "+33 3 21 00 00 00", "\x00", "a\x00b", "\u202eelpmexE", "\ufeff", "\ud800", "=1+1", "a;b|c,d/e\nf", siret(3),
    "mission locale", "62300", "Lens", "oui", "#REF!", "31/12/2026;01/01/2020",
)  # fmt: skip
texts = st.sampled_from(ODD) | st.text(max_size=60) | st.text("0123456789²٣,.-/eE+ ", max_size=12)
cells = texts | st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes() | st.timedeltas()


@contextmanager
def _fresh(content: str) -> Iterator[tuple[Network, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "liste.csv"
        file.write_bytes(content.encode("utf-8", "replace"))
        store = open_store(f"{folder}/reseau28.db")
        yield Network(store, ADMIN), file
        store.close()


def _as_csv(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    return stream.getvalue()


def _in_a_text(text: str) -> str:
    """What a text file may hold: a zero byte makes it a binary one, which is refused whole."""
    return text.replace("\x00", "\x07").encode("utf-8", "replace").decode()


tables = st.lists(st.sampled_from(FED), min_size=1, max_size=6, unique=True).flatmap(
    lambda fed: st.tuples(
        st.just([NAME, *(each for each in fed if each != NAME)]),
        st.lists(st.lists(texts, min_size=len(fed) + 1, max_size=len(fed) + 1), min_size=1, max_size=6),
    )
)


@settings(max_examples=120, deadline=None)
@given(tables)
def test_an_import_of_any_text_ends_and_tells_every_row(table: tuple[list[str], list[list[str]]]) -> None:
    fed, rows = table
    header = ["Structure", *(label(each) for each in fed[1:])]
    mapping = Mapping(tuple(Column(text, index, each) for index, (text, each) in enumerate(zip(header, fed))))  # noqa: B905
    said = [kept for row in rows if any(kept := [_in_a_text(text) for text in row[: len(fed)]])]
    if not said:
        return
    with _fresh(_as_csv([header, *said])) as (network, file):
        planned = plan(network, [file], mapping).tally
        done = run(network, [file], mapping)
        assert done.tally.rows == planned.rows
        assert done.tally.rows.total() == len(said)
        again = run(network, [file], mapping)
        assert again.tally.rows.total() == len(said)
        if not done.tally.codes["probable"]:
            assert (again.run, again.created, again.updated, again.related) == (None, 0, 0, {})
        assert verify(network) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(cells, min_size=len(FED), max_size=len(FED)), st.integers(0, 3))
def test_a_row_of_any_cells_becomes_a_claim(row: list[Cell], width: int) -> None:
    """Every column at once, with the numbers and days that only workbooks hold."""
    source = Source(Path("liste.xlsx"), FileNature.WORKBOOK, 0, "")
    header = tuple(label(each) for each in FED)
    mapping = Mapping(tuple(Column(text, index, each) for index, (text, each) in enumerate(zip(header, FED))))  # noqa: B905
    reader = ListReader(Table(source, "Feuille", header, 1, iter(()), lambda: 0, 0), mapping, datetime.now(UTC).date())
    claim = reader.claim(2, row[: len(row) - width])
    people = [(record.type, record.values) for record in claim.records if record.type == "Person"]
    roles = [(link.type, link.values) for link in claim.links if link.type == "WorksFor"]
    for type, values in (("Organisation", claim.about.values), *people, *roles):
        kind = SCHEMA.type(type)
        required = {name: "?" for name, field in kind.fields.items() if field.required}
        if values:
            assert {name: kind.clean({**required, **values})[name] for name in values} == values
    assert all(len(fault.value) <= 200 and len(fault.message) < 600 for fault in claim.faults)


@pytest.mark.parametrize("target", FED)
def test_a_text_longer_than_its_field_is_told_and_ends(network: Network, tmp_path: Path, target: str) -> None:
    parsed = Target(*target.split("."))
    columns = {NAME: "Exemple", "Person.family_name": "Fictif", target: "x" * LONG}
    mapping = Mapping(tuple(Column(each, index, each) for index, each in enumerate(columns)))
    file = write_csv(tmp_path / "a.csv", _as_csv([["Structure", *list(columns)[1:]], list(columns.values())]))
    mapping = Mapping((Column("Structure", 0, NAME), *mapping.columns[1:]))
    report = run(network, [file], mapping)
    if target == NAME:
        (fault,) = report.faults
        assert (report.refused, fault.code, fault.severity) == (1, "string_too_long", Severity.ERROR)
        assert "sans lui" in fault.hint
    elif field_of(parsed) is None:
        assert report.created == 1
    else:
        assert report.created == 1
        assert {fault.row for fault in report.faults} == {2}
        assert all(len(fault.message) < 600 for fault in report.faults)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=len(ANNUAIRE), max_size=len(ANNUAIRE)), st.sampled_from(["", "siret"]))
def test_an_annuaire_of_any_text_ends_and_tells_every_row(row: list[str], kept: str) -> None:
    cells = dict(zip(ANNUAIRE, row, strict=True)) | ({"siret": siret(3), "siren": siret(3)[:9]} if kept else {})
    with _fresh("") as (network, file):
        told = [annuaire_row(3), {"siret": siret(5)}, annuaire_row(4, **{k: _in_a_text(v) for k, v in cells.items()})]
        write_annuaire(file, told)
        done = run(network, [file])
        assert done.tally.rows.total() == len(told) - (not any(told[-1].values()))
        assert run(network, [file]).run is None
        assert verify(network) == []


@pytest.mark.parametrize("day", ["0026-03-12", "12/03/0026", "31/12/9999", "9999-12-31"])
@pytest.mark.parametrize("header", ["Dernier contact", "Fin de convention", "Convention signée le"])
def test_a_year_that_cannot_be_is_refused(network: Network, tmp_path: Path, day: str, header: str) -> None:
    report = run(network, [write_csv(tmp_path / "a.csv", f"Structure;{header}\nExemple;{day}\n")])
    assert (report.created, report.related, [fault.code for fault in report.faults]) == (1, {}, ["date"])


def test_cells_that_are_no_text_have_one() -> None:
    from importers.reading.cells import text_of

    assert [text_of(cell) for cell in (date(2026, 3, 12), time(9, 30), timedelta(hours=1), 4.0, True)] == [
        "12/03/2026", "09:30", "1:00:00", "4", "oui"
    ]  # fmt: skip


def test_a_name_of_file_that_is_no_text_is_shown_with_question_marks(network: Network, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "liste\udce9.csv", "Structure\nExemple\n")
    report = run(network, [file])
    assert report.created == 1
    assert nodes(network, "Organisation")[0].values["source"] == "Import : liste?.csv"


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("x" * LONG, "string_too_long", "« Nom » est trop long"),
        ("#REF!", "formula", "La formule de cette cellule donne une erreur"),
        ("", "no_name", "Aucun nom d'organisation sur cette ligne."),
    ],
)
def test_a_row_without_a_name_that_can_be_kept_says_why_once(
    network: Network, tmp_path: Path, name: str, code: str, said: str
) -> None:
    report = run(network, [write_csv(tmp_path / "a.csv", f"Structure;Ville\n{name};Lens\nExemple;Lens\n")])
    assert (report.created, report.refused) == (1, 1)
    (fault,) = report.faults
    assert (fault.row, fault.code, fault.severity) == (2, code, Severity.ERROR)
    assert fault.message.startswith(said)


def test_a_name_too_long_of_a_partner_known_by_its_siret_refuses_nothing_else(network: Network, tmp_path: Path) -> None:
    number = "00000000000018"
    run(network, [write_csv(tmp_path / "a.csv", f"Structure;SIRET\nExemple;{number}\n")])
    report = run(network, [write_csv(tmp_path / "b.csv", f"Structure;SIRET;Site\n{'x' * LONG};{number};exemple.fr\n")])
    assert report.refused == 0
    assert [(fault.code, fault.severity) for fault in report.faults] == [("string_too_long", Severity.WARNING)]


def test_what_a_contact_loses_with_a_name_too_long_is_said(network: Network, tmp_path: Path) -> None:
    text = f"Structure;Nom du contact;Fonction\nExemple;{'x' * LONG};Tutrice\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert report.created == 1
    (fault,) = report.faults
    assert fault.hint == "Corrigez ce nom : sans lui, ce contact n'est pas repris."
