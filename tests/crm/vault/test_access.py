"""Each of the eight functions leaves a line, chained to the one before; a reading makes no commit."""

from collections.abc import Callable
from io import BytesIO

import pytest

from crm.errors import StoreError
from crm.ledger.verify import verify
from crm.network import Network
from crm.vault import continuity, deposits, readings
from crm.vault.access import AccessLog, Act
from crm.vault.place import vault_of
from tests.crm.vault.conftest import PDF, folder_of, put, relog, said


def log_of(network: Network) -> AccessLog:
    return AccessLog(vault_of(network).medium)


def test_each_function_is_attested_and_only_deposit_and_destruction_are_commits(kept: Network) -> None:
    deposited = deposits.deposit(kept, BytesIO(PDF), "Convention.pdf", said())
    id = deposited.value.id
    head = kept.read(lambda tx: tx.head())
    with readings.read(kept, id) as (_, _, read):
        pass
    lines = [
        deposited.attestation,
        read,
        readings.metadata(kept, id).attestation,
        readings.check(kept, id).attestation,
        readings.journal(kept).attestation,
        readings.listing(kept).attestation,
        readings.count(kept).attestation,
    ]
    assert kept.read(lambda tx: tx.head()) == head
    lines.append(deposits.destroy(kept, id, "Durée dépassée").attestation)
    assert [*log_of(kept).entries()] == lines
    assert [line.act for line in lines] == [each for each in Act if each not in (Act.EXPORT, Act.RESTART)]
    assert [line.number for line in lines] == [*range(1, 9)]
    assert log_of(kept).broken_at() is None
    assert lines[-1].detail == "Durée dépassée"


def test_the_journal_tells_of_one_proof_newest_first(kept: Network) -> None:
    one, other = put(kept), put(kept, PDF + b"2")
    readings.metadata(kept, one)
    assert [line.act for line in readings.journal(kept, one).value] == ["read_journal", "read_metadata", "deposit"]
    assert {line.about for line in readings.journal(kept, other).value} == {other}


def test_what_is_counted_is_what_there_is(kept: Network) -> None:
    put(kept)
    put(kept, PDF, "Copie.pdf", "org-2")
    deposits.declare(kept, "https://exemple.fr", said())
    found = readings.count(kept).value
    assert found == (3, 2, 1, 0, 1, len(PDF))


@pytest.mark.parametrize(
    ("alter", "number"),
    [
        (lambda lines: [lines[0].replace(b"C. Exemple", b"M. Fictif "), *lines[1:]], 1),
        (lambda lines: [*lines[:1], *lines[2:]], 2),
        (lambda lines: [lines[0].replace(b",", b", ", 1), *lines[1:]], 1),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
        (lambda lines: [*lines, b"pas une ligne\n"], 5),
    ],
)
def test_an_altered_log_is_found(kept: Network, alter: Callable[[list[bytes]], list[bytes]], number: int) -> None:
    put(kept)
    for _ in range(3):
        readings.listing(kept)
    relog(kept, alter)
    assert [(fault.code, fault.where) for fault in verify(kept)] == [("access_log_altered", str(number))]


def test_half_a_line_that_a_killed_process_left_is_cut_away(in_folder: Network) -> None:
    put(in_folder)
    path = folder_of(in_folder) / "access.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'[2,"2026-')
    readings.listing(in_folder)
    assert path.read_bytes().startswith(whole)
    assert [line.number for line in log_of(in_folder).entries() if line] == [1, 2]
    assert verify(in_folder) == []


def test_nothing_is_given_out_without_a_trace(in_folder: Network) -> None:
    id = put(in_folder)
    path = folder_of(in_folder) / "access.jsonl"
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreError, match="ne peut pas être écrit"), readings.read(in_folder, id):
        pass


def test_nothing_follows_a_line_that_was_altered(kept: Network) -> None:
    id = put(kept)
    relog(kept, lambda lines: [*lines[:-1], b"[" * 9_000 + b"\n"])
    with pytest.raises(StoreError, match="a été altéré"), readings.read(kept, id):
        pass


@pytest.mark.parametrize("garbage", [b"\xff\xfe", b"note", b"[2;", b'{"n":2}', b" "])
def test_bytes_after_the_end_that_are_no_torn_line_are_told_and_kept(in_folder: Network, garbage: bytes) -> None:
    put(in_folder)
    path = folder_of(in_folder) / "access.jsonl"
    path.write_bytes(altered := path.read_bytes() + garbage)
    assert [(fault.code, fault.where) for fault in verify(in_folder)] == [("access_log_altered", "2")]
    with pytest.raises(StoreError, match="a été altéré"):
        readings.listing(in_folder)
    assert path.read_bytes() == altered, "what tells of it is not cut away"
    aside = continuity.restart(in_folder, "Octets ajoutés").value
    assert (folder_of(in_folder) / aside).read_bytes() == altered
    readings.listing(in_folder)
    assert verify(in_folder) == []


@pytest.mark.parametrize("torn", [b"[", b"[2", b"[2,", b'[2,"2026-', b"\0\0\0", b'[2,"2026\0\0'])
def test_what_a_killed_process_or_machine_left_is_no_fault(in_folder: Network, torn: bytes) -> None:
    put(in_folder)
    path = folder_of(in_folder) / "access.jsonl"
    path.write_bytes(path.read_bytes() + torn)
    assert verify(in_folder) == []
    assert readings.listing(in_folder).attestation.number == 2
    assert verify(in_folder) == []
