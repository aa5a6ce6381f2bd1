"""Any single alteration of what is ours in a vault is found and named, in a folder and in a bucket.

``RESEAU28_ALTERATIONS`` sets how many are made in the folder (``make alterations``: 2,000); a tenth are in the bucket.
"""

import os
from collections.abc import Callable

import pytest

from crm.faults import Fault
from crm.ledger.verify import verify
from crm.network import Network
from crm.vault import checking, deposits, readings
from tests.crm.conftest import ADMIN
from tests.crm.upkeep.test_backup import OnServer
from tests.crm.vault.alterations import Alteration, Vandal
from tests.crm.vault.conftest import PDF, TODAY, put

MANY = int(os.environ.get("RESEAU28_ALTERATIONS", "200"))
SEEN_BY_THE_DOCTOR = ("cut", "removed", "renamed", "added", "destroyed", "marker", "line")


@pytest.fixture(params=["folder", "bucket"])
def vandalised(request: pytest.FixtureRequest, in_folder: Network, monkeypatch: pytest.MonkeyPatch) -> Network:
    """A network whose proofs share contents, were revised and destroyed, and were read."""
    network = in_folder
    if request.param == "bucket":
        make: Callable[[], str] = request.getfixturevalue("new_bucket")
        network = Network(OnServer(in_folder), ADMIN, lambda: TODAY, vault=f"s3://{make()}/coffre")
    monkeypatch.setattr(checking, "UNDERWAY", -1.0)
    for number in range(4):
        id = put(network, PDF + bytes([65 + number]))
        put(network, PDF + bytes([65 + number]) * (number % 2 + 1), "Copie.pdf", "org-2")
    deposits.destroy(network, id, "Durée dépassée")
    readings.check(network)
    assert verify(network) == []
    return network


def missed(network: Network, altered: Alteration, check: Callable[[], list[Fault]]) -> str:
    """What a check did not say of an alteration; nothing when it said all."""
    found = check()
    said = {fault.where for fault in found} | {fault.code for fault in found}
    lacking = altered.told - said
    return f"{altered.words} of {altered.names}: {lacking} not in {said}" if lacking else ""


@pytest.mark.timeout(3600)
def test_each_alteration_is_found_and_named(vandalised: Network) -> None:
    network, vandal, lacking = vandalised, Vandal(vandalised), []
    for turn in range(MANY // 10 if network.vault else MANY):
        altered = vandal.alter()
        checks = [lambda: checking.faults(network)]
        if altered.words.startswith(SEEN_BY_THE_DOCTOR):
            checks.append(lambda: checking.faults(network, contents=False))
        if turn % 20 == 0:
            checks.append(lambda: verify(network))
        lacking += [words for check in checks if (words := missed(network, altered, check))]
        vandal.mend()
    assert lacking == []
    assert verify(network) == []
