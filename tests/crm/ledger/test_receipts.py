"""A receipt finds what the chain alone cannot tell: an end cut off, an older backup, a suffix made anew."""

import json
import os
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.errors import Forbidden, InputError
from crm.ledger import receipts
from crm.ledger.receipts import Receipt
from crm.ledger.verdicts import Verdicts, judge
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.upkeep import backup as backups
from graph_schema.records import GENESIS
from tests.crm.conftest import ADMIN
from tests.crm.places import Place
from tests.neo4j_server.fixtures import Neo4jAddress

NAMES = [f"Partenaire fictif {number}" for number in range(6)]


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place of each kind."""
    if request.param == "sqlite":
        return Place(str(tmp_path / "réseau.db"), tmp_path / "home")
    server: Neo4jAddress = request.getfixturevalue("blank_neo4j")
    return Place(server.written, tmp_path / "home", server)


def told(place: Place, receipt: Receipt | None = None) -> Verdicts:
    """What a machine that has never seen the network says of it."""
    with place.network() as network:
        return judge(Network(network.store, ADMIN), receipt)


def lived(place: Place, tmp_path: Path) -> Receipt:
    """Three commits, a backup of them, three more, and the receipt of all six."""
    place.work(*NAMES[:3])
    with place.network() as network:
        backups.backup(network, tmp_path / "ancienne.db")
    place.work(*NAMES[3:])
    with place.network() as network:
        return receipts.issue(network)


def test_an_untouched_journal_is_intact_complete_and_attested(place: Place, tmp_path: Path) -> None:
    receipt = lived(place, tmp_path)
    found = told(place, receipt)
    assert (found.intact, found.complete, found.since, found.unattested) == (True, True, None, 0)
    assert (receipt.number, receipt.nodes, receipt.links) == (6, 6, 0)


def test_the_three_verdicts_are_three(place: Place, tmp_path: Path) -> None:
    receipt = lived(place, tmp_path)
    place.work("Partenaire imaginaire")
    found = told(place, receipt)
    assert (found.intact, found.complete, found.unattested) == (True, True, 1)
    assert found.since == receipt.at.isoformat()
    without = told(place)
    assert (without.intact, without.complete, without.unattested) == (True, None, 7)
    assert without.since is not None
    assert len(found.sentences()) == 3
    assert len(without.sentences()) == 2


def cut_tail(place: Place, tmp_path: Path) -> None:
    place.cut_last()


def older_backup(place: Place, tmp_path: Path) -> None:
    place.put(tmp_path / "ancienne.db")


def replaced_suffix(place: Place, tmp_path: Path) -> None:
    place.put(tmp_path / "ancienne.db")
    place.work("Autre fictif 1", "Autre fictif 2", "Autre fictif 3", "Autre fictif 4")


def all_made_anew(place: Place, tmp_path: Path) -> None:
    """Same network, same number of commits, another past from the first commit on."""
    with closing(open_store(str(tmp_path / "refait.db"))) as store:
        network = Network(store, ADMIN)
        with place.network() as real:
            dataset = real.store.read(lambda tx: tx.dataset())
        store.write(lambda tx: tx.set_dataset(dataset))
        for name in reversed(NAMES):
            network.commit("Saisie", lambda unit, name=name: unit.create("Organisation", {"name": name}))  # type: ignore[misc]
    place.put(tmp_path / "refait.db")


@pytest.mark.parametrize(
    ("alter", "code", "where"),
    [
        (cut_tail, "receipt_cut", "6"),
        (older_backup, "receipt_cut", "4"),
        (replaced_suffix, "receipt_rewritten", "6"),
        (all_made_anew, "receipt_rewritten", "6"),
    ],
)
def test_what_the_chain_cannot_tell_is_found_with_a_receipt(
    place: Place, tmp_path: Path, alter: Callable[[Place, Path], None], code: str, where: str
) -> None:
    receipt = lived(place, tmp_path)
    alter(place, tmp_path)
    without = told(place)
    assert without.faults == [], "what is left agrees with itself, which is why a receipt is needed"
    found = told(place, receipt)
    assert [(fault.code, fault.where) for fault in found.lost] == [(code, where)]
    assert (found.intact, found.complete) == (True, False)
    assert found.unattested == found.head.number


def test_an_altered_chain_leaves_the_receipt_without_proof(network: Network) -> None:
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    receipt = receipts.issue(network)
    with network.store.connection() as db:  # type: ignore[attr-defined]  # a file
        db.execute("UPDATE change SET after = replace(after, 'Fictif', 'Truqué')")
    found = judge(network, receipt)
    assert (found.intact, found.complete) == (False, None)
    assert "ne prouve rien" in " ".join(found.sentences())


def test_a_receipt_of_an_empty_network_holds_whatever_comes_after(network: Network) -> None:
    receipt = receipts.issue(network)
    assert (receipt.number, receipt.digest) == (0, GENESIS)
    assert judge(network, receipt).sentences()[-1] == "Rien n'est sans ancrage : aucun acte depuis ce reçu."
    assert judge(network).sentences()[-1] == "Aucun acte encore."
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}))
    assert judge(network, receipt).complete is True


def test_each_backup_has_its_receipt_beside_it(place: Place, tmp_path: Path) -> None:
    lived(place, tmp_path)
    kept = receipts.read(receipts.beside(tmp_path / "ancienne.db"))
    assert kept.number == 3
    assert told(place, kept).complete is True
    with closing(open_store(str(tmp_path / "ancienne.db"))) as store:
        assert judge(Network(store, ADMIN), kept).since is None
    if os.name == "posix":
        assert stat.S_IMODE(receipts.beside(tmp_path / "ancienne.db").stat().st_mode) == 0o600


def test_a_receipt_is_never_replaced(network: Network, tmp_path: Path) -> None:
    file = tmp_path / "sauvegarde.db"
    receipts.write(receipts.issue(network), receipts.beside(file))
    with pytest.raises(InputError, match="existe déjà"):
        receipts.write(receipts.issue(network), receipts.beside(file))
    with pytest.raises(InputError, match="existe déjà"):
        backups.backup(network, file)
    assert not file.exists()


def test_a_receipt_of_another_network_says_so_and_verifies_nothing(network: Network, tmp_path: Path) -> None:
    with closing(open_store(str(tmp_path / "autre.db"))) as store:
        receipt = receipts.issue(Network(store, ADMIN))
    with pytest.raises(InputError, match="d'un autre réseau") as raised:
        judge(network, receipt)
    assert raised.value.code == "other_network"


def test_who_may_not_read_the_journal_gets_no_receipt(network: Network) -> None:
    with pytest.raises(Forbidden):
        receipts.issue(Network(network.store, Actor("M. Fictif", Role.READER)))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"Bonjour",
        b'{"reseau28_receipt": 1}',
        b"{" * 5000,
        b'{"receipt": {}, "check": ""}',
        b"SQLite format 3\x00" + bytes(100),
    ],
)
def test_a_foreign_file_is_no_receipt(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "reçu.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match="n'est pas un reçu"):
        receipts.read(file)


def test_a_mark_that_an_editor_put_before_a_receipt_is_passed_over(network: Network, tmp_path: Path) -> None:
    issued, file = receipts.issue(network), tmp_path / "reçu.json"
    receipts.write(issued, file)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert receipts.read(file) == issued


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.json"):
        with pytest.raises(InputError, match=r"est un dossier|n'existe pas"):
            receipts.read(path)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A receipt as it is written."""
    file = tmp_path_factory.mktemp("reçu") / "reçu.json"
    receipts.write(made(), file)
    return file.read_bytes()


def made(**values: Any) -> Receipt:
    """A receipt of nobody's network."""
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    given = {"dataset": "0" * 32, "number": 7, "digest": "a1" * 32, "nodes": 5, "links": 2, "at": at}
    return Receipt(**{**given, **values})


@given(data=st.data())
def test_a_receipt_of_which_any_character_changed_is_refused_or_says_the_same(
    written: bytes, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    index = data.draw(st.integers(0, len(written) - 1))
    byte = data.draw(st.integers(0, 255))
    file = tmp_path_factory.mktemp("abîmé") / "reçu.json"
    file.write_bytes(written[:index] + bytes([byte]) + written[index + 1 :])
    with suppress(InputError):
        assert receipts.read(file) == made()


@pytest.mark.parametrize(
    "change",
    [{"number": 6}, {"digest": "b2" * 32}, {"dataset": "1" * 32}, {"nodes": 4}, {"at": "2026-11-21T09:30:00Z"}],
)
def test_a_retouched_receipt_is_told_from_one_that_contradicts(
    written: bytes, tmp_path: Path, change: dict[str, object]
) -> None:
    content = json.loads(written)
    content["receipt"] |= change
    file = tmp_path / "reçu.json"
    file.write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError, match="abîmé ou retouché"):
        receipts.read(file)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b'"reseau28_receipt": 1', b'"reseau28_receipt": true'),
        (b'"number": 7', b'"number": 7, "number": 7'),
        (b'"check":', b'"check": "", "check":'),
        (b'"reseau28_receipt": 1, ', b""),
    ],
)
def test_what_another_reader_would_read_otherwise_is_no_receipt(
    written: bytes, tmp_path: Path, one: bytes, other: bytes
) -> None:
    plain = json.dumps(json.loads(written)).encode()
    assert one in plain
    file = tmp_path / "reçu.json"
    file.write_bytes(plain.replace(one, other))
    with pytest.raises(InputError, match="n'est pas un reçu"):
        receipts.read(file)


@given(
    number=st.integers(0, 2**53),
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)),
    token=st.text(st.sampled_from("abcdefgh0123+/="), max_size=40),
)
def test_a_receipt_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, number: int, at: datetime, token: str
) -> None:
    file = tmp_path_factory.mktemp("reçu") / "reçu.json"
    receipt = made(number=number, at=at + timedelta(microseconds=1), token=token)
    receipts.write(receipt, file)
    assert receipts.read(file) == receipt


def test_the_verification_itself_is_the_same_with_and_without_a_receipt(network: Network) -> None:
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}))
    assert judge(network, receipts.issue(network)).altered == verify(network) == []


def test_a_receipt_that_counts_otherwise_contradicts_the_journal_then_and_later(network: Network) -> None:
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="o1"))
    network.commit("Saisie", lambda unit: unit.create("Person", {"family_name": "Fictif"}, id="p1"))
    network.commit("Lien", lambda unit: unit.connect("WorksFor", "p1", "o1", id="w1"))
    receipt = receipts.issue(network)
    forged = receipt.model_copy(update={"nodes": receipt.nodes + 1})
    for work in (
        lambda unit: unit.update("o1", {"city": "Lens"}),
        lambda unit: unit.delete(["p1"]),
        lambda unit: unit.create("Person", {"family_name": "Factice"}),
    ):
        assert judge(network, receipt).faults == []
        found = judge(network, forged)
        assert ([each.code for each in found.faults], found.complete) == (["receipt_counts"], False)
        network.commit("Suite", work)


@pytest.mark.parametrize(
    ("by", "told"), [(-timedelta(days=400), True), (timedelta(days=400), True), (timedelta(), False)]
)
def test_a_receipt_of_an_instant_that_it_cannot_be_of_is_a_remark(network: Network, by: timedelta, told: bool) -> None:
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}))
    receipt = receipts.issue(network)
    found = judge(network, receipt.model_copy(update={"at": receipt.at + by}))
    assert ([each.code for each in found.remarks], found.faults) == (["receipt_instant"] if told else [], [])
