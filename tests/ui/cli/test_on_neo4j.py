"""The same commands on a graph server: the network moves there and back without losing anything."""

from pathlib import Path

import networkx as nx
import pytest

from tests.neo4j_server.fixtures import Neo4jAddress
from tests.ui.cli.invocation import Reseau28

pytestmark = pytest.mark.neo4j


@pytest.fixture
def server(empty_neo4j: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server's address as people write it; its password is in the environment only."""
    monkeypatch.setenv("RESEAU28_NEO4J_PASSWORD", empty_neo4j.password)
    return empty_neo4j.written


def test_a_network_moves_to_a_server_and_a_backup_brings_it_back(
    reseau28: Reseau28, three_partners: Path, server: str, tmp_path: Path
) -> None:
    assert reseau28("store", "copy", three_partners, server, "--json").json["copied"] == 7
    here, there = (
        reseau28("--store", each, "partners", "--on", "2026-11-20", "--json") for each in (three_partners, server)
    )
    assert here.json == there.json
    assert reseau28("--store", server, "verify").status == 0
    assert reseau28("--store", server, "backup", tmp_path / "sauvegarde.db").status == 0
    infos = [reseau28("--store", each, "store", "info", "--json").json for each in (server, tmp_path / "sauvegarde.db")]
    assert infos[0]["digest"] == infos[1]["digest"]
    assert (infos[0]["kind"], infos[1]["kind"]) == ("neo4j", "sqlite")


def test_measures_and_files_are_those_of_a_file(
    reseau28: Reseau28, three_partners: Path, server: str, tmp_path: Path
) -> None:
    reseau28("store", "copy", three_partners, server)
    for command in (
        ["strength", "--on", "2026-11-20"],
        ["compare", "2026-01-01", "2026-11-20"],
        ["calls", "--on", "2026-11-20"],
    ):
        here, there = (reseau28("--store", each, *command, "--json") for each in (three_partners, server))
        assert here.json == there.json
    files = []
    for number, each in enumerate((three_partners, server)):
        file = tmp_path / f"{number}.graphml"
        assert reseau28("--store", each, "export", file, "--on", "2026-11-20").status == 0
        files.append(nx.read_graphml(file))
    assert nx.utils.graphs_equal(*files)


def test_a_wrong_password_is_said_and_never_shown(
    reseau28: Reseau28, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESEAU28_NEO4J_PASSWORD", "faux-mot-de-passe")
    result = reseau28("--store", server, "partners", "--json")
    assert (result.status, result.json["error"]["code"]) == (5, "auth")
    assert "faux-mot-de-passe" not in result.out + result.err


def test_an_import_goes_to_the_server_and_is_taken_back(reseau28: Reseau28, server: str, csv_file: Path) -> None:
    done = reseau28("--store", server, "import", csv_file, "--yes", "--json").json
    assert (done["created"], done["refused"]) == (1, 1)
    assert reseau28("--store", server, "undo", done["run"]).status == 0
    assert reseau28("--store", server, "partners", "--json").json["items"] == []
