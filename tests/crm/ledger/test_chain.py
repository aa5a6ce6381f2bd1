"""The chain that is handed out: all digests of the journal, and nothing of what anybody wrote."""

import json
import stat
from pathlib import Path

import pytest

from crm.errors import Forbidden, InputError, StoreError
from crm.ledger import chain
from crm.ledger.redaction import redact
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from tests.crm.conftest import ADMIN
from tests.crm.sealed import judged

NAME, REASON, SUBJECT = "Garage Marqué", "Motif marqué", "Sujet marqué"


@pytest.fixture
def lived(either: Network) -> Network:
    """A creation, a link, a change, a deletion and a redaction, marked wherever people write."""

    def arrivals(unit: UnitOfWork) -> None:
        unit.create("Organisation", {"name": NAME}, id="o1")
        unit.create("Person", {"family_name": NAME}, id="p1")
        unit.connect("WorksFor", "p1", "o1", {"role": SUBJECT}, id="w1")

    either.commit(REASON, arrivals, detail={"file": REASON}, run="r1")
    either.commit(REASON, lambda unit: unit.update("o1", {"city": SUBJECT}))
    either.commit(REASON, lambda unit: unit.delete(["p1"]))
    redact(either, 2, 0, keep_current=True)
    redact(either, 3)
    return either


def test_the_chain_of_each_store_is_whole_and_holds_nothing_that_people_wrote(lived: Network, tmp_path: Path) -> None:
    file = tmp_path / "chaîne.jsonl"
    assert chain.write(lived, file) == 5
    said = judged(file)
    assert said.status == 0
    assert "5 actes, 8 changements" in said.out
    assert "Effacés du journal, et la chaîne le dit : 2" in said.out
    text = file.read_text("utf-8")
    assert not [each for each in (NAME, REASON, SUBJECT, ADMIN.name, "r1") if each in text]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_chain_has_a_line_for_each_commit_and_two_besides(lived: Network, tmp_path: Path) -> None:
    file = tmp_path / "chaîne.jsonl"
    chain.write(lived, file)
    title, *commits, end = map(json.loads, file.read_text("utf-8").splitlines())
    head = lived.read(lambda tx: tx.head())
    assert (title["commits"], title["digest"]) == head
    assert [each["number"] for each in commits] == [1, 2, 3, 4, 5]
    assert [len(each["changes"]) for each in commits] == [3, 1, 2, 1, 1]
    assert end["end"] == 5


def test_a_network_without_a_commit_has_a_chain(either: Network, tmp_path: Path) -> None:
    file = tmp_path / "chaîne.jsonl"
    assert chain.write(either, file) == 0
    assert judged(file).status == 0


def test_who_may_read_the_journal_may_hand_its_chain(lived: Network, tmp_path: Path) -> None:
    chain.write(Network(lived.store, Actor("A. Fictif", Role.AUDITOR)), tmp_path / "une.jsonl")
    with pytest.raises(Forbidden):
        chain.write(Network(lived.store, Actor("L. Fictif", Role.READER)), tmp_path / "deux.jsonl")
    assert not (tmp_path / "deux.jsonl").exists()


def test_a_chain_replaces_nothing_and_is_whole_or_not_there(network: Network, tmp_path: Path) -> None:
    taken = tmp_path / "pris.txt"
    taken.write_text("à garder", "utf-8")
    with pytest.raises(InputError, match="existe déjà"):
        chain.write(network, taken)
    with pytest.raises(InputError, match="existe déjà"):
        chain.write_verifier(taken)
    assert taken.read_text("utf-8") == "à garder"
    with pytest.raises(InputError, match=r"le dossier « .*absent » n'existe pas"):
        chain.write(network, tmp_path / "absent" / "chaîne.jsonl")


def test_a_journal_with_what_we_never_write_has_no_chain_and_says_so(network: Network, tmp_path: Path) -> None:
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}))
    with network.store.connection() as db:  # type: ignore[attr-defined]  # a file
        db.execute("UPDATE commits SET at = CAST('2026' AS BLOB)")
    with pytest.raises(StoreError, match="reseau28 verify"):
        chain.write(network, tmp_path / "chaîne.jsonl")
    assert list(tmp_path.glob("*chaîne*")) + list(tmp_path.glob(".reseau28*")) == []
