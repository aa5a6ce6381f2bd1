"""A network with two partners on each store, its vault, and files to deposit in it."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from crm import provider
from crm.network import Network
from crm.store.protocol import Store
from crm.vault import deposits
from crm.vault.deposits import Description
from crm.vault.files import Vault
from crm.vault.place import vault_of
from graph_schema.evidence import EvidenceKind
from tests.crm.conftest import ADMIN

TODAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n% convention d'exemple\n"


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Network:
    """A network with two partners, org-1 and org-2, on each kind of store, with a vault."""
    network = Network(store, ADMIN, lambda: TODAY, vault=str(tmp_path / "coffre"))
    provider.save(network, {"name": "Organisme Exemple"})
    network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Atelier Imaginaire"}, id="org-2"))
    return network


def said(*about: str, kind: EvidenceKind = EvidenceKind.AGREEMENT, on: date = date(2026, 11, 2)) -> Description:
    """What is said of a proof of these records."""
    return Description(about or ("org-1",), kind, on)


def put(network: Network, content: bytes = PDF, name: str = "Convention.pdf", *about: str) -> str:
    """Deposit a content; the id of the proof."""
    return deposits.deposit(network, BytesIO(content), name, said(*about)).value.id


def path_of(network: Network, id: str) -> Path:
    """Where the vault keeps the file of a proof."""
    vault = vault_of(network)
    assert isinstance(vault, Vault)
    digest = str(network.read(lambda tx: tx.get([id]))[id].values["sha256"])
    return vault.root / "files" / digest[:2] / digest
