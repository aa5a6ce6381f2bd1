"""``reseau28 export``: the format by the ending, around a record or everything, and errors that say what to do."""

import errno
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from tests.ui.cli.invocation import Reseau28

ON = ("--on", "2026-11-20")


@pytest.mark.parametrize("ending", ["html", "svg", "gexf", "graphml"])
def test_the_ending_says_the_format(reseau28: Reseau28, three_partners: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"réseau.{ending}"
    found = reseau28("export", file, *ON, "--json", "--store", three_partners)
    assert found.status == 0
    assert found.json == {"file": str(file), "format": ending, "nodes": 4, "links": 1, "left_out": 0, "withheld": 0}
    assert "Claire Exemple" in file.read_text(encoding="utf-8")
    if ending != "html":
        ElementTree.parse(file)


def test_around_a_record_only_its_surroundings_are_written(
    reseau28: Reseau28, three_partners: Path, tmp_path: Path
) -> None:
    id = reseau28("--store", three_partners, "search", "garage", "--json").json["items"][0]["id"]
    file = tmp_path / "garage.graphml"
    said = reseau28("--store", three_partners, "export", file, "--around", id, "--depth", 1, *ON)
    assert said.out == f"{file} écrit : 2 fiches et 1 lien.\n"
    labels = nx.get_node_attributes(nx.read_graphml(file), "label")
    assert set(labels.values()) == {"Garage Fictif", "Claire Exemple"}


def test_the_title_names_whom_it_is_around(reseau28: Reseau28, three_partners: Path, tmp_path: Path) -> None:
    id = reseau28("--store", three_partners, "search", "garage", "--json").json["items"][0]["id"]
    file = tmp_path / "garage.svg"
    reseau28("--store", three_partners, "export", file, "--around", id, *ON)
    root = ElementTree.parse(file).getroot()
    assert root is not None
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Autour de Garage Fictif"


def test_a_file_that_exists_is_replaced_and_said(reseau28: Reseau28, three_partners: Path, tmp_path: Path) -> None:
    file = tmp_path / "réseau.svg"
    file.write_text("avant", encoding="utf-8")
    assert "remplacé" in reseau28("--store", three_partners, "export", file, *ON).out
    assert "<svg" in file.read_text(encoding="utf-8")


WRONG = {
    "an unknown ending": (["réseau.png"], 3, "ending", "file"),
    "no ending": (["réseau"], 3, "ending", "file"),
    "a folder that is not there": (["absent/réseau.svg"], 3, "invalid", "file"),
    "a name too long for a file": ([f"{'r' * 300}.svg"], 3, "invalid", "file"),
    "the home of nobody": (["~personne-de-tel/réseau.svg"], 3, "invalid", "file"),
    "a record that is not there": (["réseau.svg", "--around", "zzz"], 3, "not_found", "around"),
    "too deep": (["réseau.svg", "--around", "zzz", "--depth", "9"], 2, "usage", "--depth"),
    "a depth around nothing": (["réseau.svg", "--depth", "2"], 2, "usage", None),
    "a day that is none": (["réseau.svg", "--on", "31/02/2026"], 2, "usage", "--on"),
    "no file": ([], 2, "usage", "FICHIER"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_written(
    reseau28: Reseau28, three_partners: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    arguments, status, code, field = WRONG[case]
    monkeypatch.chdir(tmp_path)
    found = reseau28("--store", three_partners, "export", *arguments, "--json")
    error = found.json["error"]
    assert (found.status, error["code"], error["field"]) == (status, code, field)
    assert error["message"].endswith((".", "»."))
    assert [*tmp_path.iterdir()] == []


def test_a_place_that_refuses_the_file_is_a_fault_of_what_was_asked_said_in_french(
    reseau28: Reseau28, three_partners: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", _full)
    for command, field in (
        (("export", tmp_path / "réseau.svg"), "file"),
        (("calls", "--out", tmp_path / "r.csv"), "out"),
    ):
        found = reseau28("--store", three_partners, *command, *ON, "--json")
        error = found.json["error"]
        assert (found.status, error["family"], error["field"]) == (3, "input", field)
        assert "(disque plein)" in error["message"]
    assert [*tmp_path.iterdir()] == []


def _full(_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
