"""A network with two partners and its vault, in a folder and in a bucket, and files to deposit in it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.local import LocalFileSystem

from crm.network import Network, provider
from crm.store import open_store
from crm.vault import deposits, s3
from crm.vault.deposits import Description
from crm.vault.folder import Folder
from crm.vault.place import medium_of
from graph_schema.evidence import EvidenceKind
from tests.crm.conftest import ADMIN
from tests.crm.upkeep.test_backup import OnServer
from tests.neo4j_server.fixtures import Neo4jAddress

TODAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n% convention d'exemple\n"


@pytest.fixture(params=["file", pytest.param("neo4j", marks=pytest.mark.neo4j), "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Network]:
    """A network with two partners, org-1 and org-2.

    In a file with its folder, on a server with a folder, and as if on a server with a bucket.
    """
    if request.param == "neo4j":
        server: Neo4jAddress = request.getfixturevalue("blank_neo4j")
        opened = open_store(server.written, password=server.password)
    else:
        opened = open_store(str(tmp_path / "essai.db"))
    with closing(opened):
        network = Network(opened, ADMIN, lambda: TODAY, vault=str(tmp_path / "coffre"))
        if request.param == "bucket":
            make: Callable[[], str] = request.getfixturevalue("new_bucket")
            network = Network(OnServer(network), ADMIN, lambda: TODAY, vault=f"s3://{make()}/preuves/2026")
        provider.save(network, {"name": "Organisme Exemple"})
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Atelier Imaginaire"}, id="org-2"))
        yield network


@pytest.fixture
def in_folder(tmp_path: Path) -> Iterator[Network]:
    """A network in a file, with two partners: its vault is the folder beside it."""
    with closing(open_store(str(tmp_path / "essai.db"))) as store:
        network = Network(store, ADMIN, lambda: TODAY)
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Atelier Imaginaire"}, id="org-2"))
        yield network


def said(*about: str, kind: EvidenceKind = EvidenceKind.AGREEMENT, on: date = date(2026, 11, 2)) -> Description:
    """What is said of a proof of these records."""
    return Description(about or ("org-1",), kind, on)


def put(network: Network, content: bytes = PDF, name: str = "Convention.pdf", *about: str) -> str:
    """Deposit a content; the id of the proof."""
    return deposits.deposit(network, BytesIO(content), name, said(*about)).value.id


def raw(network: Network) -> Any:
    """The files of a vault as anybody may see and change them: their contents by name."""
    medium = medium_of(network)
    assert medium is not None
    if isinstance(medium, Folder):
        return LocalFileSystem().get_mapper(str(medium.root))
    server = s3.file_system()
    server.invalidate_cache()
    return server.get_mapper(medium.address.removeprefix("s3://"))


def name_of(network: Network, id: str) -> str:
    """Under which name the vault keeps the file of a proof."""
    digest = str(network.read(lambda tx: tx.get([id]))[id].values["sha256"])
    return f"files/{digest[:2]}/{digest}"


def relog(network: Network, alter: Callable[[list[bytes]], list[bytes]]) -> None:
    """Alter the lines of the access log."""
    files = raw(network)
    if "access.jsonl" in files:
        files["access.jsonl"] = b"".join(alter(files["access.jsonl"].splitlines(keepends=True)))
        return
    names = sorted(name for name in files if name.startswith("access/"))
    lines = alter([files[name] for name in names])
    for name in names:
        del files[name]
    for number, line in enumerate(lines, 1):
        files[f"access/000/000/{number:03}"] = line


def folder_of(network: Network) -> Path:
    """The folder of a vault that is in one."""
    medium = medium_of(network)
    assert isinstance(medium, Folder)
    return medium.root
