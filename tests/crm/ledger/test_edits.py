"""Undo and redo: any series of acts comes back whole, forth and back, and what others did since stays theirs."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.errors import ConflictError, Forbidden
from crm.ledger.edits import DEEPEST, Edits
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records import links, organisations
from crm.store import open_store
from graph_schema.records import LinkRecord, Record
from tests.crm.conftest import ADMIN

Act = tuple[str, int, int]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["create", "rename", "connect", "date", "delete", "unlink"]),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    max_size=14,
)


def content(network: Network) -> dict[str, tuple[object, ...]]:
    """Everything that a network says, revisions apart."""

    def without_revision(record: Record) -> tuple[object, ...]:
        ends = (record.source, record.target) if isinstance(record, LinkRecord) else ()
        return (record.type, ends, sorted(record.values.items()))

    return network.read(lambda tx: {r.id: without_revision(r) for r in tx.records()})


def work_of(act: Act) -> Callable[[UnitOfWork], None]:
    """An act of an editor as a unit of work; one that does not apply changes nothing."""
    what, one, other = act
    first, second, link = f"org-{one}", f"org-{other}", f"link-{one}-{other}"

    def work(unit: UnitOfWork) -> None:
        if what == "create" and unit.node(first) is None:
            unit.create("Organisation", {"name": f"Garage {one}"}, id=first)
        elif what == "rename" and unit.node(first):
            unit.update(first, {"name": f"Garage {one} {other}", "tags": ["club"] if other % 2 else None})
        elif what == "connect" and unit.node(first) and unit.node(second) and unit.link(link) is None:
            unit.connect("WorksWith", first, second, id=link)
        elif what == "date" and unit.link(link):
            unit.update(link, {"valid_from": f"202{one}-01-01"})
        elif what in ("delete", "unlink"):
            unit.delete([first if what == "delete" else link])

    return work


@settings(max_examples=50, deadline=None)
@given(before=ACTS, acts=ACTS, again=st.integers(1, 3))
def test_undoing_all_gives_the_start_and_redoing_all_gives_the_end(
    before: list[Act], acts: list[Act], again: int
) -> None:
    with TemporaryDirectory() as folder:
        network, edits = Network(open_store(str(Path(folder) / "r.db")), ADMIN), Edits()
        for act in before:
            network.commit("Avant", work_of(act))
        start = content(network)
        for act in acts:
            edits.did(network.commit("Saisie", work_of(act)).commit)
        end = content(network)
        for _ in range(again):
            while edits.undoable:
                assert edits.undo(network).kept == ()
            assert content(network) == start
            while edits.redoable:
                assert edits.redo(network).kept == ()
            assert content(network) == end
        assert verify(network) == []
        network.store.close()


@pytest.fixture
def garage(network: Network) -> str:
    """A partner."""
    return organisations.create(network, {"name": "Garage Fictif"}).value


def test_each_step_is_journalled_in_words(network: Network, garage: str) -> None:
    edits = Edits()
    hotel = organisations.create(network, {"name": "Hôtel Fictif"}).value
    edits.did(links.connect(network, "WorksWith", garage, hotel).commit)
    assert (edits.undoable, edits.redoable) == ("Lien ajouté : « travaille avec »", "")
    edits.undo(network)
    assert (edits.undoable, edits.redoable) == ("", "Lien ajouté : « travaille avec »")
    edits.redo(network)
    edits.undo(network)
    reasons = [commit.reason for commit in network.read(lambda tx: tx.commits(after=2))]
    assert reasons == [
        "Lien ajouté : « travaille avec »",
        "Annulation : Lien ajouté : « travaille avec »",
        "Rétablissement : Lien ajouté : « travaille avec »",
        "Annulation : Lien ajouté : « travaille avec »",
    ]


def test_a_new_act_forgets_what_had_been_undone(network: Network) -> None:
    edits = Edits()
    edits.did(organisations.create(network, {"name": "Garage Fictif"}).commit)
    edits.undo(network)
    edits.did(organisations.create(network, {"name": "Hôtel Fictif"}).commit)
    assert edits.redoable == ""
    with pytest.raises(ConflictError, match="rien à annuler ni à rétablir"):
        edits.redo(network)


def test_what_someone_else_has_changed_since_is_refused_politely(network: Network, garage: str) -> None:
    edits = Edits()
    edits.did(organisations.edit(network, garage, {"phone": "01"}, 1).commit)
    organisations.edit(network, garage, {"phone": "02"}, 2)
    with pytest.raises(ConflictError, match=r"reste en place.*Garage Fictif \(modifiée depuis \(Téléphone\)\)"):
        edits.undo(network)
    assert network.read(lambda tx: tx.get([garage]))[garage].values["phone"] == "02"
    assert (edits.undoable, edits.redoable) == ("", "")


def test_what_someone_else_has_changed_since_is_not_done_again(network: Network, garage: str) -> None:
    edits = Edits()
    edits.did(organisations.delete(network, garage).commit)
    edits.undo(network)
    organisations.edit(network, garage, {"phone": "02"}, network.read(lambda tx: tx.get([garage]))[garage].revision)
    with pytest.raises(ConflictError, match=r"« Organisation supprimée » n'est pas refait.*Garage Fictif \(modifiée"):
        edits.redo(network)
    assert network.read(lambda tx: tx.get([garage]))[garage].values["phone"] == "02"


def test_what_can_be_taken_back_is_and_the_rest_is_told(network: Network, garage: str) -> None:
    edits = Edits()
    edits.did(organisations.edit(network, garage, {"phone": "01", "note": "À voir"}, 1).commit)
    organisations.edit(network, garage, {"phone": "02"}, 2)
    assert [kept.caption for kept in edits.undo(network).kept] == ["Garage Fictif"]
    values = network.read(lambda tx: tx.get([garage]))[garage].values
    assert "note" not in values
    edits.redo(network)
    values = network.read(lambda tx: tx.get([garage]))[garage].values
    assert (values["phone"], values["note"]) == ("02", "À voir")


def test_an_act_undone_elsewhere_is_not_undone_twice(network: Network) -> None:
    edits, elsewhere = Edits(), Edits()
    commit = organisations.create(network, {"name": "Garage Fictif"}).commit
    assert commit is not None
    edits.did(commit)
    elsewhere.undo(network, [commit])
    with pytest.raises(ConflictError, match="c'est déjà fait"):
        edits.undo(network)
    assert elsewhere.redoable


def test_an_act_of_several_commits_is_one_step(network: Network, garage: str) -> None:
    edits, start = Edits(), content(network)
    first = organisations.edit(network, garage, {"phone": "01"}, 1).commit
    edits.did(first, None, organisations.edit(network, garage, {"phone": "02"}, 2).commit)
    edits.undo(network)
    assert (content(network), edits.undoable) == (start, "")
    edits.redo(network)
    assert network.read(lambda tx: tx.get([garage]))[garage].values["phone"] == "02"


def test_without_the_right_to_edit_nothing_is_undone_nor_forgotten(network: Network) -> None:
    edits = Edits()
    edits.did(organisations.create(network, {"name": "Garage Fictif"}).commit)
    with pytest.raises(Forbidden):
        edits.undo(Network(network.store, Actor("L. Exemple", Role.READER)))
    assert edits.undoable


def test_commits_of_other_data_are_not_touched(network: Network, tmp_path: Path) -> None:
    edits = Edits()
    edits.did(organisations.create(network, {"name": "Garage Fictif"}).commit)
    restored = Network(open_store(str(tmp_path / "autre.db")), ADMIN)
    organisations.create(restored, {"name": "Hôtel Fictif"})
    with pytest.raises(ConflictError, match="remplacées entre-temps"):
        edits.undo(restored)
    restored.store.close()


def test_a_session_remembers_its_last_acts_only(network: Network, garage: str) -> None:
    edits = Edits()
    for number in range(DEEPEST + 5):
        edits.did(organisations.edit(network, garage, {"phone": f"{number}"}, number + 1).commit)
    while edits.undoable:
        edits.undo(network)
    assert network.read(lambda tx: tx.get([garage]))[garage].values["phone"] == "4"
