"""What a confidential proof holds is told to those who may open it alone, by whatever command of ``crm``."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crm.errors import Forbidden, Reseau28Error
from crm.ledger import versions
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.withholding import Withholding
from crm.records import organisations
from crm.store.protocol import Condition, Op, Query, ReadTransaction
from crm.vault import deposits, keeping, readings
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
from tests.crm import closed as making
from tests.crm.closed import Closed
from tests.crm.commands import commands
from tests.crm.test_private_views import ON, Arguments

READER = Actor("L. Fictif", Role.READER)
ENTITLED = [Actor(f"Test {role}", role) for role in Role if role is not Role.READER]
TELLING = {
    "records.sheet.sheet", "ledger.versions.history", "ledger.versions.versions", "records.search.search",
    "vault.readings.metadata", "vault.readings.listing", "vault.readings.count", "vault.finding.find",
}  # fmt: skip
"""The commands of which it must be seen that they tell it to who may, or their silence would prove nothing."""


@pytest.fixture
def kept(either: Network, tmp_path: Path) -> Network:
    """An empty network and its vault, on each store."""
    return replace(either, vault=str(tmp_path / "coffre"))


def walked(network: Network, closed: Closed, folder: Path, names: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Each command (those of ``names``, else all) about the proof, what it attests and their link; what it said."""
    (commit,) = network.store.read(lambda tx: tx.commits(limit=1, newest_first=True))
    for number, id in enumerate((closed.proof, closed.about, closed.link)):
        for command in commands():
            if names and command.name not in names:
                continue
            place = folder / f"{network.actor.name}-{number}-{command.name}"
            place.mkdir(parents=True)
            asked: Any = SimpleNamespace(id=id)
            arguments = Arguments(asked, network, commit, place)
            arguments.look_for(("zorgl", "bigorn")[number % 2])  # their beginnings: some commands repeat what is said
            try:
                yield command.name, repr(command.called(arguments.of))
            except Reseau28Error as error:
                yield command.name, str(error)
            finally:
                arguments.empty.close()


@pytest.mark.parametrize("deleted", [False, True], ids=["there", "deleted"])
def test_no_command_tells_it_to_who_may_not_open_it(kept: Network, tmp_path: Path, deleted: bool) -> None:
    closed = making.deposit(kept, deleted=deleted)
    list(walked(kept, closed, tmp_path, TELLING))  # what is kept of it for others first
    measures(kept, ON)
    found = 0
    for name, said in walked(replace(kept, actor=READER), closed, tmp_path):
        assert closed.told(said) == [], f"{name} tells it"
        found += 1
    assert found == 3 * len(commands()) > 100


@pytest.mark.parametrize("actor", ENTITLED, ids=lambda actor: actor.role)
def test_who_may_open_it_is_told(kept: Network, tmp_path: Path, actor: Actor) -> None:
    closed = making.deposit(kept)
    network = replace(kept, actor=actor)
    assert {name for name, said in walked(network, closed, tmp_path, TELLING) if closed.told(said)} == TELLING


def test_that_it_exists_is_told_to_all_with_who_may_open_it(kept: Network) -> None:
    closed, reader = making.deposit(kept), replace(kept, actor=READER)
    found = readings.metadata(reader, closed.proof).value
    assert (found.record.values["title"], found.record.values["fact_on"]) == (making.TITLE, "2026-01-05")
    assert (found.standing, [each.id for each in found.about], found.revisions) == ("attestee", [closed.about], [])
    assert found.withheld == (
        "Preuve confidentielle : son document n'est ouvert qu'aux administrateurs, aux gestionnaires et aux auditeurs."
        " Pour le lire, demandez-le à l'un d'eux."
    )
    assert readings.metadata(kept, closed.proof).value.withheld == ""
    for refused in (
        lambda: keeping.keeping(reader, closed.proof),
        lambda: readings.read(reader, closed.proof).__enter__(),
    ):
        with pytest.raises(Forbidden, match="Preuve confidentielle"):
            refused()


def test_once_it_is_open_to_all_its_past_is_too(kept: Network) -> None:
    closed, reader = making.deposit(kept), replace(kept, actor=READER)
    assert closed.told(repr(reader.read(lambda tx: tx.history(closed.proof)))) == []
    making.open_to_all(kept, closed)
    told = closed.told(repr(reader.read(lambda tx: [*tx.history(closed.proof), *tx.history(closed.link)])))
    assert {"Zorglub", "planche Q", "Nacelle"} <= {*told}
    assert len(readings.metadata(reader, closed.proof).value.revisions) == 2


@pytest.mark.parametrize("how", [{"confidential": True}, {"kind": "entretien"}], ids=["said so", "by its kind"])
def test_one_called_by_its_file_is_called_by_its_kind_once_it_is_closed(kept: Network, how: dict[str, Any]) -> None:
    about, reader = organisations.create(kept, {"name": "Garage Fictif"}).value, replace(kept, actor=READER)
    said = Description((about,), EvidenceKind.OTHER, date(2026, 1, 5))
    id = deposits.deposit(kept, BytesIO(b"Le bigorneau parle."), "Zorglub.txt", said).value.id
    link = deposits.declare(kept, "https://zorglub.example/dossier", said).value.id
    for each in (id, link):
        assert "orglub" in repr(reader.read(lambda tx, each=each: tx.get([each])))  # type: ignore[misc]
        kept.commit("Fermée", lambda unit, each=each: unit.update(each, how))  # type: ignore[misc]
        told = reader.read(lambda tx, each=each: [tx.get([each]), tx.history(each)])  # type: ignore[misc]
        assert "orglub" not in repr(told)
        title = readings.metadata(reader, each).value.record.values["title"]
        assert title == EvidenceKind(how.get("kind", "autre")).label
        assert "orglub" in repr(kept.read(lambda tx, each=each: tx.history(each)))  # type: ignore[misc]
    assert "orglub" not in repr(reader.read(lambda tx: list(tx.changes(1, 99))))
    assert found(reader, "zorglub") == []


def found(network: Network, text: str) -> list[str]:
    """The ids of what search finds."""
    return [each.id for each in network.read(lambda tx: tx.search(text, ["Evidence"]))]


def test_nothing_is_found_by_what_is_withheld(kept: Network) -> None:
    closed, reader = making.deposit(kept), replace(kept, actor=READER)
    for text in ("suivi accueil", "accu", "autre document"):
        assert found(reader, text) == [closed.proof]
    assert [found(reader, text) for text in ("zorglub", "suivi zorglub")] == [[], []]
    assert found(kept, "suivi zorglub") == [closed.proof]
    asked: tuple[Callable[[ReadTransaction], object], ...] = (
        lambda tx: tx.find(Query("Evidence", (Condition("size", Op.GT, 4_000_000),))),
        lambda tx: tx.find(Query("Evidence", order="file_name")),
        lambda tx: tx.count("Evidence", (Condition("media", Op.EQ, "text/plain"),)),
        lambda tx: tx.lookup("Evidence", "sha256", ["0" * 64]),
        lambda tx: list(tx.change_texts()),
        lambda tx: list(tx.told()),
    )
    for work in asked:
        with pytest.raises(Forbidden):
            reader.read(work)


def test_every_way_of_a_store_to_tell_it_withholds_it(kept: Network) -> None:
    """As a whole, in rows, in surroundings, in streams, on a view beside."""
    closed = making.deposit(kept)
    ids = [closed.proof, closed.about]

    def everything(tx: ReadTransaction) -> list[object]:
        with tx.beside(lambda other: repr(list(other.records()))) as beside:
            return [
                tx.get(ids), tx.get_links([closed.link]), tx.links_of(ids), tx.neighbourhood(ids, 2),
                list(tx.rows("Evidence", ("title", "sha256", "file_name", "size", "former"))),
                list(tx.link_rows("Proves", ("page", "passage"))), tx.find(Query("Evidence")), list(tx.records()),
                tx.nodes_after("", 9), list(tx.changes(1, 99)), tx.history(closed.link), beside(),
                tx.searches(["suivi"]),
            ]  # fmt: skip

    assert closed.told(repr(replace(kept, actor=READER).read(everything))) == []
    for part in kept.read(everything):
        assert closed.told(repr(part)), part


def test_a_store_has_no_other_way(kept: Network) -> None:
    """Each method of a reading has its say here: one that is new must be looked at."""
    promised = {name for name in vars(ReadTransaction) if not name.startswith("_")}
    assert promised == {name for name in vars(Withholding) if not name.startswith("_")}


def test_versions_told_to_the_entitled_are_whole(kept: Network) -> None:
    closed = making.deposit(kept)
    auditor = replace(kept, actor=ENTITLED[-1])
    assert closed.told(repr(versions.versions(auditor, closed.proof)))
