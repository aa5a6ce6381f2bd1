"""A reason that an old build wrote can be sealed: its text goes, its digest stays, and the chain says so."""

import os
from contextlib import closing

import pytest

from crm.ledger.redaction import Redacted, redact, redacted
from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from tests.kept.test_kept import ADMIN, KEPT_COMMITS
from tests.kept.test_kept import home as home
from tests.kept.test_kept import kept as kept
from tests.kept.test_kept import kept_file as kept_file
from tests.kept.test_kept import kept_server as kept_server
from tests.kept.test_kept import reseau28 as reseau28
from tests.ui.cli.invocation import Reseau28


@pytest.mark.timeout(600)
def test_a_reason_of_version_1_is_sealed_on_each_store(reseau28: Reseau28, kept: str) -> None:
    assert reseau28("--store", kept, "migrate").status == 0
    with closing(open_store(kept, password=os.environ.get("RESEAU28_NEO4J_PASSWORD"))) as store:
        network = Network(store, ADMIN)
        before = network.read(lambda tx: tx.commits(after=1, limit=1))[0]
        assert before.version == 1
        assert before.reason
        redact(network, 2)
        redact(network, 3, 0, keep_current=True)
        after = network.read(lambda tx: tx.commits(after=1, limit=1))[0]
        assert (after.reason, dict(after.detail), after.digest) == ("", {}, before.digest)
        assert [each[:2] for each in redacted(network)] == [Redacted(2, None, 0)[:2], Redacted(3, 0, 0)[:2]]
        assert all(each.by > KEPT_COMMITS for each in redacted(network))
        assert verify(network) == []
    told = reseau28("--store", kept, "verify")
    assert told.status == 0
    assert "a effacé du journal le motif de l'acte 2" in told.err
