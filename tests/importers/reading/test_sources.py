"""Whatever file people give: read it, or refuse it with one clear sentence."""

import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from crm.errors import InputError
from crm.network import Network
from importers import detect, preview, run, write_faults
from importers.reading.sources import FileNature, open_source
from tests.importers.files import annuaire_row, nodes, organisation, write_annuaire, write_csv, write_ods, write_xlsx

LIST = "Raison sociale;Code postal;Ville\nÉcole Fictive;62300;Lens\nAtelier Exemple;62400;Béthune\n"
FIXTURE_XLS = Path(__file__).parents[1] / "data" / "partenaires.xls"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_a_list_is_read_in_the_encodings_of_spreadsheets(network: Network, tmp_path: Path, encoding: str) -> None:
    report = run(network, [write_csv(tmp_path / "liste.csv", LIST, encoding)])
    assert report.created == 2
    assert organisation(network, "École Fictive")["commune"] == "62498"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_list_is_read_with_any_usual_separator(network: Network, tmp_path: Path, delimiter: str) -> None:
    assert run(network, [write_csv(tmp_path / "liste.csv", LIST.replace(";", delimiter))]).created == 2


def test_title_rows_blank_rows_and_multiline_cells_do_not_shift_the_row_numbers(tmp_path: Path) -> None:
    text = 'Partenaires 2026;;\n;;\nStructure;Ville;Note\n"Exemple\nAssocié";Lens;"a;b"\n\nSans ville;;\n'
    (found,) = preview(write_csv(tmp_path / "liste.csv", text))
    assert found.header_row == 3
    assert found.rows == (("Exemple\nAssocié", "Lens", "a;b"), ("Sans ville", "", ""))


def test_xlsx_with_titles_several_sheets_and_merged_cells(network: Network, tmp_path: Path) -> None:
    partners = [
        ["Nos partenaires"], [], ["Structure", "Code postal", "Ville", "Contact"],
        ["Exemple SARL", 62300, "Lens", "Mme Claire EXEMPLE"], [None, 62300, "Lens", "M. Paul FICTIF"],
    ]  # fmt: skip
    book = write_xlsx(
        tmp_path / "partenaires.xlsx",
        {"Partenaires": partners, "Vide": [], "Légende": [["Bleu", "urgent"]], "CFA": [["Nom"], ["CFA Fictif"]]},
        merged=["A4:A5"],
    )
    report = run(network, [book])
    assert (report.created, report.unchanged) == (2, 1)
    assert [fault.sheet for fault in report.faults if fault.code == "sheet_unread"] == ["Légende"]
    assert {person.values["family_name"] for person in nodes(network, "Person")} == {"EXEMPLE", "FICTIF"}


def test_xls_is_read(network: Network) -> None:
    assert run(network, [FIXTURE_XLS]).created == 2
    assert organisation(network, "Atelier Fictif")["commune"] == "62119"


def test_ods_is_read(network: Network, tmp_path: Path) -> None:
    book = write_ods(tmp_path / "liste.ods", [["Structure", "Ville"], ["Exemple & fils", "Lens"]])
    assert run(network, [book]).created == 1


def test_a_csv_named_xlsx_is_read_and_that_is_said(network: Network, tmp_path: Path) -> None:
    report = run(network, [write_csv(tmp_path / "liste.xlsx", LIST)])
    assert report.created == 2
    assert [fault.code for fault in report.faults] == ["renamed"]


def test_formats_are_recognised_by_their_headers(tmp_path: Path) -> None:
    assert detect(write_annuaire(tmp_path / "a.csv", [annuaire_row(1)])) == "annuaire"
    assert detect(write_csv(tmp_path / "b.csv", LIST)) == "lists"


def _zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", "x")
    return path


def _truncated(path: Path) -> Path:
    whole = write_xlsx(path, {"A": [["Structure"], *[[f"Exemple {i}"] for i in range(500)]]}).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def _binary(path: Path) -> Path:
    path.write_bytes(bytes(range(256)) * 40)
    return path


def _huge(path: Path) -> Path:
    with path.open("wb") as stream:  # a hole: 200 MB that take no room
        stream.write(b"\x7fELF\x01\x02\x03")
        stream.truncate(200 << 20)
    return path


def _mixed(path: Path) -> Path:
    path.write_bytes("Structure;Ville\nÉcole Fictive;Béthune\n".encode() + "École;Béthune\n".encode("cp1252"))
    return path


def _damaged_ole(path: Path) -> Path:
    path.write_bytes(FIXTURE_XLS.read_bytes()[:1200])
    return path


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (lambda p: p, "n'existe pas"),
    "folder": (lambda p: p.parent, "dossier"),
    "empty": (lambda p: write_csv(p, ""), "vide"),
    "blank": (lambda p: write_csv(p, "\n\n  \n"), "vide"),
    "header only": (lambda p: write_csv(p, "Raison sociale;Ville\n"), "que son en-tête"),
    "unknown headers": (lambda p: write_csv(p, "Couleur;Taille\nbleu;grand\n"), "« Couleur », « Taille »"),
    "no organisation": (lambda p: write_csv(p, "Ville;Code postal\nLens;62300\n"), "ne nomme l'organisation"),
    "binary": (_binary, "ni un tableau de texte"),
    "huge binary": (_huge, "ni un tableau de texte"),
    "zip": (_zip, "archive ZIP"),
    "truncated workbook": (_truncated, "abîmé ou incomplet"),
    "truncated text": (lambda p: write_csv(p, 'Structure;Note\nA;ok\nB;"la fin\nmanque'), "ligne 3"),
    "encodings mixed": (_mixed, "ligne 3"),
    "unknown encoding": (
        lambda p: write_csv(p, "Structure;Ville\n日本株式会社;東京都千代田区\n" * 9, "shift_jis"),
        "encodage",
    ),
    "old workbook, damaged": (_damaged_ole, "ne peut pas être lu"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_imported_is_refused_in_one_sentence(network: Network, tmp_path: Path, case: str) -> None:
    make, expected = REFUSED[case]
    path = make(tmp_path / "fichier.csv")
    with pytest.raises(InputError) as refused:
        run(network, [path])
    assert expected in str(refused.value)
    assert "\n" not in str(refused.value)
    assert network.read(lambda tx: tx.head().number) == 0


def test_nothing_is_written_when_one_of_two_files_is_refused(network: Network, tmp_path: Path) -> None:
    good, bad = write_csv(tmp_path / "a.csv", LIST), write_csv(tmp_path / "b.csv", "Couleur\nbleu\n")
    with pytest.raises(InputError):
        run(network, [good, bad])
    assert network.read(lambda tx: tx.head().number) == 0


def test_the_nature_of_a_file_is_that_of_its_content(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "classeur.csv", {"A": [["Structure"], ["Exemple"]]})
    assert open_source(book).nature is FileNature.WORKBOOK


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


@pytest.mark.skipif(os.name != "posix", reason="pipes and sockets have no path")
@pytest.mark.parametrize(
    ("make", "expected"),
    [(os.mkfifo, "un tube"), (_socket, "socket"), (lambda path: path.symlink_to("/dev/zero"), "un périphérique")],
    ids=["pipe", "socket", "device"],
)
def test_what_is_no_file_is_refused_without_waiting(
    network: Network, tmp_path: Path, make: Callable[[Path], None], expected: str
) -> None:
    path = tmp_path / "liste.csv"
    make(path)
    for act in (lambda: run(network, [path]), lambda: preview(path)):
        with pytest.raises(InputError, match=expected):
            act()
    if expected != "un périphérique":
        with pytest.raises(InputError, match=expected), write_faults(path):
            pass


def test_stray_control_characters_do_not_make_a_text_a_binary_file(network: Network, tmp_path: Path) -> None:
    run(network, [write_csv(tmp_path / "a.csv", "Structure;Ville\nExem\x08ple\x0b;Lens\n")])
    assert organisation(network, "Exemple")["commune"] == "62498"


def test_a_cell_without_end_is_told_with_its_line(network: Network, tmp_path: Path) -> None:
    text = 'Structure;Note\nExemple;ok\nAutre;"' + "x" * (17 << 20) + '"\n'
    with pytest.raises(InputError, match="après la ligne 2"):
        run(network, [write_csv(tmp_path / "a.csv", text)])
