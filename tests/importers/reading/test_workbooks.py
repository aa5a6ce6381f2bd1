"""Workbooks: every value at the address where a spreadsheet shows it; what would not fit is refused by its extent."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from crm.guarded.child import workbook
from crm.guarded.child.answering import UnreadableDocument
from crm.network import Network
from importers import run
from importers.reading.workbooks import open_workbook
from tests.importers.files import nodes, organisation, write_ods, write_xlsx

HEADER = ["Structure", "Ville", "Email générique", "Téléphone standard"]
ROWS = [
    ["Exemple A", "Lens", "a@exemple-a.fr", "03 21 00 00 01"],
    ["Exemple B", "Lens", "b@exemple-b.fr", "03 21 00 00 02"],
]


@pytest.mark.parametrize("merged", ["A1:A9", "A2:B3", "A1:A60", "H2:J9", "A8:D30", "C40:D60", "XFC1:XFD9"])
def test_a_merged_range_that_holds_nothing_moves_nothing(network: Network, tmp_path: Path, merged: str) -> None:
    """Left of the table, right of it, below it, over its first row: each address keeps its own value."""
    rows = [[None, None, *HEADER], *([None, None, *row] for row in ROWS)]
    report = run(network, [write_xlsx(tmp_path / "a.xlsx", {"A": rows}, [merged])])
    assert report.created == 2
    found = {str(each.values["name"]): each.values for each in nodes(network, "Organisation")}
    assert [(found[row[0]].get("email"), found[row[0]].get("phone")) for row in ROWS] == [(r[2], r[3]) for r in ROWS]


def test_merged_cells_say_their_value_on_each_of_their_rows(network: Network, tmp_path: Path) -> None:
    again = [None, None, None, None, None, "M. FICTIF"]
    rows = [[None], [None, *HEADER, "Contact"], [None, *ROWS[0], "Mme EXEMPLE"], again]
    run(network, [write_xlsx(tmp_path / "a.xlsx", {"A": rows}, ["A1:A4", "B3:B4", "C3:C4"])])
    assert {each.values["family_name"] for each in nodes(network, "Person")} == {"EXEMPLE", "FICTIF"}
    assert organisation(network, "Exemple A")["city"] == "Lens"


places = st.tuples(st.integers(1, 12), st.integers(1, 8))


@st.composite
def sheets(draw: Any) -> tuple[dict[tuple[int, int], str], list[tuple[int, int, int, int]]]:
    """Cells anywhere, and merged ranges that do not touch each other."""
    cells = draw(st.dictionaries(places, st.sampled_from("abcdef"), min_size=1, max_size=12))
    taken: set[tuple[int, int]] = set()
    ranges = []
    for (top, left), high, wide in draw(
        st.lists(st.tuples(places, st.integers(1, 5), st.integers(1, 3)), max_size=4)
    ):  # fmt: skip
        area = {(r, c) for r in range(top, top + high) for c in range(left, left + wide)}
        if len(area) > 1 and not area & taken:
            taken |= area
            ranges.append((top, left, top + high - 1, left + wide - 1))
    return cells, ranges


@settings(max_examples=25, deadline=None)
@given(sheets())
def test_addresses_are_those_of_another_reader(
    sheet: tuple[dict[tuple[int, int], str], list[tuple[int, int, int, int]]],
) -> None:
    cells, ranges = sheet
    book = openpyxl.Workbook()
    assert book.active is not None
    for (row, column), text in cells.items():
        book.active.cell(row, column, text)
    for top, left, bottom, right in ranges:
        book.active.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        book.save(path)
        with open_workbook(path, path.name) as opened:
            read = {number: list(row) for each in opened.sheets() for number, row in each.rows}
        shown = openpyxl.load_workbook(path).active
        assert shown is not None
        expected = {(r, c): v for r, line in enumerate(shown.values, 1) for c, v in enumerate(line, 1) if v}
    first = min((column for _, column in expected), default=0)
    last = max((row for row, _ in expected), default=0)
    for top, left, bottom, _ in ranges:
        for row in range(top + 1, min(bottom, last) + 1):
            if value := expected.get((top, left)):
                expected.setdefault((row, left), value)
    found = {(n, c): v for n, row in read.items() for c, v in enumerate(row, first) if v}
    assert found == expected


def _sheet(*cells: str) -> io.BytesIO:
    return io.BytesIO(f"<sheetData>{''.join(cells)}</sheetData>".encode())


@pytest.mark.parametrize(
    ("cells", "extent"),
    [
        (('<c r="B2"><v>1</v></c>', '<c s="1" r="D9" t="s"><v>1</v></c>'), [(8, 3)]),
        (('<c r="A1"><v>1</v></c>', '<c r="XFD1048576"><v>1</v></c>'), [(1_048_576, 16_384)]),
        (('<c r="A1"><v>1</v></c>', '<c r="XFD1048576" s="4"/>'), [(1, 1)]),
        (('<x:c r="A1"><x:v>1</x:v></x:c>', '<x:c r="C3"><x:v>1</x:v></x:c>'), [(3, 3)]),
        ((), []),
    ],
)
def test_the_extent_of_a_sheet_is_that_of_its_values(cells: tuple[str, ...], extent: list[tuple[int, int]]) -> None:
    assert list(workbook.extents_of_xlsx(_sheet(*cells))) == extent


def test_the_extent_is_the_same_however_the_file_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [f'<c r="{get_column_letter(n)}{n}"><v>{n}</v></c>' for n in range(1, 90)]
    for size in (64, 100, 1000):
        monkeypatch.setattr(workbook, "_CHUNK", size)
        assert list(workbook.extents_of_xlsx(_sheet(*cells))) == [(89, 89)]


def test_repeated_cells_of_an_ods_count() -> None:
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    full = '<table:table-cell table:number-columns-repeated="16384" office:value="1">x</table:table-cell>'
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    content = f'<table:table table:name="A">{row.format(3, full)}{row.format(1_048_573, empty)}</table:table>'
    assert list(workbook.extents_of_ods(io.BytesIO(content.encode())))[1:] == [(3, 16_384)]


def test_a_sheet_that_spans_too_much_is_refused_before_it_is_opened(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = io.BytesIO(write_xlsx(tmp_path / "a.xlsx", {"A": [HEADER, *ROWS]}).read_bytes())
    monkeypatch.setattr(workbook, "MOST_CELLS", 11)
    with pytest.raises(UnreadableDocument, match="extent"):
        workbook.check_archive(small)
    monkeypatch.setattr(workbook, "MOST_CELLS", 12)
    workbook.check_archive(small)
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 100)
    with pytest.raises(UnreadableDocument, match="unpacked"):
        workbook.check_archive(small)


def test_an_ods_is_read_in_its_own_process(network: Network, tmp_path: Path) -> None:
    assert run(network, [write_ods(tmp_path / "a.ods", [HEADER, *ROWS])]).created == 2


@pytest.mark.parametrize(
    ("header", "cell", "codes"),
    [
        ("Latitude", "25²", ["invalid"]), ("Latitude", "1e999", ["invalid"]), ("Latitude", 1e300, ["invalid"]),
        ("Latitude", 91, ["less_than_equal"]), ("Effectif", "25²", ["unknown_choice"]),
        ("Effectif", 1e300, ["unknown_choice"]), ("Dernier contact", "25²", ["invalid"]),
        ("Dernier contact", "4500²", ["invalid"]), ("Dernier contact", 1e300, ["invalid"]),
        ("Dernier contact", 2_958_465, ["invalid"]), ("Dernier contact", -4, ["invalid"]),
    ],
)  # fmt: skip
def test_numbers_and_days_that_cannot_be_are_told(
    network: Network, tmp_path: Path, header: str, cell: str | float, codes: list[str]
) -> None:
    report = run(network, [write_xlsx(tmp_path / "a.xlsx", {"A": [["Structure", header], ["Exemple", cell]]})])
    assert (report.created, [fault.code for fault in report.faults]) == (1, codes)


@pytest.mark.parametrize("value", ["1e999", "-1e999", "NaN", "99999999999"])
@pytest.mark.parametrize("header", ["Dernier contact", "Latitude", "Effectif"])
def test_numbers_that_no_spreadsheet_writes_are_told(network: Network, tmp_path: Path, value: str, header: str) -> None:
    """The number stands in the file's own XML, as a program that is no spreadsheet may write it."""
    path = write_xlsx(tmp_path / "a.xlsx", {"A": [["Structure", header], ["Exemple", 12345]]})
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content.replace(b"<v>12345</v>", f"<v>{value}</v>".encode()))
    report = run(network, [path])
    assert report.tally.rows.total() == 1
    assert nodes(network, "Exchange") == []
