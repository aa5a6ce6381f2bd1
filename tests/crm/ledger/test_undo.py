"""Taking back: undoing newest first gives back what was there, and keeps what others did since."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.errors import InputError, NotFound
from crm.ledger.undo import undo, undo_commit
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.store import open_store
from graph_schema.records import LinkRecord, Record

ADMIN = Actor("C. Exemple", Role.ADMIN)
Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["create", "rename", "connect", "delete", "unlink"]), st.integers(0, 5), st.integers(0, 5)
    ),
    max_size=12,
)


def _content(network: Network) -> dict[str, tuple[object, ...]]:
    """Everything that a network says, revisions apart."""

    def without_revision(record: Record) -> tuple[object, ...]:
        ends = (record.source, record.target) if isinstance(record, LinkRecord) else ()
        return (record.type, ends, sorted(record.values.items()))

    return network.read(lambda tx: {r.id: without_revision(r) for r in tx.records()})


def _act(step: Step) -> Callable[[UnitOfWork], None]:
    action, one, other = step

    def work(unit: UnitOfWork) -> None:
        first, second, link = f"org-{one}", f"org-{other}", f"link-{one}-{other}"
        if action == "create" and unit.node(first) is None:
            unit.create("Organisation", {"name": f"Garage {one}"}, id=first)
        elif action == "rename" and unit.node(first):
            unit.update(first, {"name": f"Garage {one} {other}", "city": "Lens" if other % 2 else None})
        elif action == "connect" and unit.node(first) and unit.node(second) and unit.link(link) is None:
            unit.connect("WorksWith", first, second, id=link)
        elif action == "delete":
            unit.delete([first])
        elif action == "unlink":
            unit.delete([link])

    return work


@settings(max_examples=60, deadline=None)
@given(before=STEPS, run=STEPS)
def test_undoing_a_run_gives_back_what_was_there(before: list[Step], run: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        network = Network(open_store(str(Path(folder) / "r.db")), ADMIN)
        for step in before:
            network.commit("Avant", _act(step))
        expected = _content(network)
        written = [network.commit("Import", _act(step), run="r1").commit for step in run]
        if any(written):
            report = undo(network, "r1")
            assert report.kept == []
        assert _content(network) == expected
        assert verify(network) == []
        network.store.close()


def test_an_undo_keeps_what_was_edited_since_and_says_so(network: Network) -> None:
    def two(unit: UnitOfWork) -> None:
        unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1")
        unit.create("Organisation", {"name": "Garage Modèle"}, id="org-2")

    network.commit("Import", two, run="r1")
    network.commit("Retouche", lambda unit: unit.update("org-1", {"city": "Lens"}))
    report = undo(network, "r1")
    assert [(k.id, k.reason) for k in report.kept] == [("org-1", "modifiée depuis")]
    assert set(_content(network)) == {"org-1"}


def test_an_undo_of_an_update_puts_back_only_the_fields_not_edited_since(network: Network) -> None:
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "A", "city": "Lens"}, id="org-1"))
    network.commit("Import", lambda unit: unit.update("org-1", {"name": "B", "city": "Arras"}), run="r1")
    network.commit("Retouche", lambda unit: unit.update("org-1", {"name": "C"}))
    report = undo(network, "r1")
    values = network.read(lambda tx: tx.get(["org-1"]))["org-1"].values
    assert (values["name"], values["city"]) == ("C", "Lens")
    assert "Nom" in report.kept[0].reason


def test_an_undo_keeps_a_record_to_which_others_have_tied_theirs(network: Network) -> None:
    network.commit("Import", lambda unit: unit.create("Organisation", {"name": "A"}, id="org-1"), run="r1")
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "B"}, id="org-2"))
    network.commit("Lien", lambda unit: unit.connect("WorksWith", "org-2", "org-1"))
    report = undo(network, "r1")
    assert [k.reason for k in report.kept] == ["reliée depuis à d'autres fiches"]
    assert "org-1" in _content(network)


def test_an_undo_can_be_taken_back_in_its_turn(network: Network) -> None:
    made = network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "A"}, id="org-1")).commit
    assert made is not None
    undo_commit(network, made)
    assert _content(network) == {}
    (second,) = network.read(lambda tx: tx.commits(after=1))
    undo_commit(network, second)
    assert set(_content(network)) == {"org-1"}
    assert verify(network) == []


def test_a_run_is_taken_back_once(network: Network) -> None:
    network.commit("Import", lambda unit: unit.create("Organisation", {"name": "A"}), run="r1")
    undo(network, "r1")
    with pytest.raises(InputError, match="déjà été annulé"):
        undo(network, "r1")


def test_an_interrupted_undo_goes_on_where_it_stopped(network: Network) -> None:
    for _ in range(3):
        network.commit("Import", lambda unit: unit.create("Organisation", {"name": "A"}), run="r1")

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo(network, "r1", stop)
    assert len(_content(network)) == 2
    undo(network, "r1")
    assert _content(network) == {}


def test_an_unknown_run_is_refused(network: Network) -> None:
    with pytest.raises(NotFound, match="Aucun import"):
        undo(network, "inconnu")
