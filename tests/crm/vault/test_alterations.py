"""Any single alteration of what is ours in a vault is found; ``RESEAU28_TEST_ALTERATIONS`` sets how many are made."""

import os
import random
import shutil
from pathlib import Path

import pytest

from crm.network import Network
from crm.vault import deposits, readings
from crm.verify import verify
from tests.crm.vault.conftest import PDF, folder_of, put

ALTERATIONS = int(os.environ.get("RESEAU28_TEST_ALTERATIONS", "200"))
OURS = ("vault.json", "access.jsonl", "files/??/*")


@pytest.fixture
def network(network: Network) -> Network:
    """A network with proofs that share contents, were revised and destroyed, and were read."""
    network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    for number in range(4):
        id = put(network, PDF + bytes([65 + number]))
        put(network, PDF + bytes([65 + number]))
    deposits.destroy(network, id, "Durée dépassée")
    readings.check(network)
    assert verify(network) == []
    return network


def ours(root: Path) -> list[Path]:
    """The files of a vault that are ours."""
    return sorted(path for pattern in OURS for path in root.glob(pattern))


def test_any_byte_changed_added_or_taken_away_is_found(network: Network, tmp_path: Path) -> None:
    root, chance = folder_of(network), random.Random(28)
    shutil.copytree(root, tmp_path / "intact")
    for _ in range(ALTERATIONS):
        path = chance.choice(ours(root))
        content = bytearray(path.read_bytes())
        at = chance.randrange(len(content))
        match chance.choice(("changed", "added", "removed")):
            case "changed":
                content[at] ^= 1 << chance.randrange(8)
            case "added":
                content.insert(at, chance.randrange(256))
            case _:
                del content[at]
        path.write_bytes(content)
        assert verify(network), (path, at)
        shutil.copyfile(tmp_path / "intact" / path.relative_to(root), path)
    assert verify(network) == []


def test_any_file_taken_away_is_found(network: Network, tmp_path: Path) -> None:
    root = folder_of(network)
    for path in ours(root):
        path.rename(tmp_path / "ailleurs")
        assert verify(network), path
        (tmp_path / "ailleurs").rename(path)
    assert verify(network) == []
