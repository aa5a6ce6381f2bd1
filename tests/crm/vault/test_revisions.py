"""A redaction is no deposit: what was erased of a proof leaves its revisions their instants, authors and digests."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from crm.ledger.redaction import position_of, redact
from crm.ledger.undo import undo_commit
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.vault import deposits, readings, statements
from crm.vault.revisions import Revision
from graph_schema.evidence import EvidenceKind
from tests.crm.vault.conftest import PDF, TODAY, put, said

SIGNED = PDF + b"% signature\n"
DIGESTS = [hashlib.sha256(each).hexdigest() for each in (PDF, SIGNED)]


def later(network: Network) -> Network:
    """The network, a day after, in other hands."""
    return replace(network, actor=Actor("D. Imaginaire", Role.ADMIN), clock=lambda: TODAY + timedelta(days=1))


def erase(network: Network, id: str, revision: int) -> int:
    """Redact what the commit of that revision of a proof said of it; its number."""
    found = network.read(lambda tx: [commit.number for commit, c in tx.history(id) if c.revision == revision])
    redact(network, found[-1], position_of(network, found[-1], id), keep_current=True)
    return found[-1]


def revisions(network: Network, id: str) -> list[Revision]:
    return readings.metadata(network, id).value.revisions[::-1]


@pytest.mark.parametrize("erased", [(1,), (2,), (1, 2)])
def test_what_is_erased_leaves_who_deposited_what_and_when(kept: Network, erased: tuple[int, ...]) -> None:
    id = put(kept)
    deposits.revise(kept, id, BytesIO(SIGNED), "Signée.pdf")
    before = revisions(kept, id)
    for each in erased:
        erase(later(kept), id, each)
    found = revisions(kept, id)
    assert [each[:4] for each in found] == [each[:4] for each in before]
    assert [each.sha256 for each in found] == DIGESTS
    assert [each.number for each in found if each.erased] == list(erased)
    for number, content in enumerate((PDF, SIGNED), 1):
        with readings.read(kept, id, revision=number) as (_, stream, _):
            assert stream.read() == content
    lines = list(statements.check(kept, id).value.lines())
    told = [line for line in lines if line.startswith("  révision")]
    assert len(told) == 2
    assert sum("contenu effacé du journal, empreinte SHA-256" in line for line in told) == len(erased)
    assert not any("D. Imaginaire" in line for line in told)


def test_a_revision_is_known_though_its_reason_was_erased_too(kept: Network) -> None:
    id = put(kept)
    deposits.revise(kept, id, BytesIO(SIGNED), "Signée.pdf")
    before = revisions(kept, id)
    redact(later(kept), erase(later(kept), id, 2))
    assert [(each.at, each.sha256) for each in revisions(kept, id)] == [(each.at, each.sha256) for each in before]


def test_a_link_and_a_title_that_are_erased_make_no_file(kept: Network) -> None:
    id = deposits.declare(kept, "https://exemple.fr/affiche", said(kind=EvidenceKind.POSTER)).value.id
    kept.commit("Essai", lambda unit: unit.update(id, {"title": "Affiche"}))
    deposits.revise(kept, id, BytesIO(PDF), "Affiche.pdf")
    for each in (1, 2):
        erase(later(kept), id, each)
    assert [(each.sha256, each.url, each.erased) for each in revisions(kept, id)] == [
        ("", "", True), (DIGESTS[0], "", False),
    ]  # fmt: skip


def test_what_is_deleted_and_comes_back_was_deposited_once(kept: Network) -> None:
    id = put(kept)
    gone = kept.commit("Essai", lambda unit: unit.delete([id])).commit
    assert gone is not None
    undo_commit(kept, gone)
    assert [each.number for each in revisions(kept, id)] == [1]


def test_a_redaction_is_not_taken_for_a_destruction(kept: Network) -> None:
    id = put(kept)
    deposits.destroy(kept, id, "Durée dépassée")
    erase(later(kept), id, 2)
    found = readings.metadata(kept, id).value.destruction
    assert found is not None
    assert (found.at, found.author) == ("20/11/2026", "")
