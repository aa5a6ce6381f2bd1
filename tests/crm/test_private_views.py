"""What is private is its author's: whoever asks, by whatever service, on both stores."""

import pytest

from crm import days, engagements, organisations, people, versions, views
from crm.canvas import building
from crm.canvas.state import CanvasState
from crm.edits import Edits
from crm.errors import ConflictError, Forbidden, NotFound, Reseau28Error
from crm.measures import measures
from crm.network import Network
from crm.rights import Actor, Role
from crm.search import search
from crm.sheet import sheet
from crm.undo import undo_commit
from crm.work import UnitOfWork
from graph_schema.records import Commit

SECRET = "Cible confidentielle"
OWNER = Actor("M. Fictive", Role.MANAGER)
ON = days.today()
OTHERS = [Actor(f"Test {role}", role) for role in Role]


class Kept:
    """A network with a private view that was once changed: its id, and the commits that made and changed it."""

    def __init__(self, network: Network) -> None:
        self.store = network.store
        organisations.create(network, {"name": "Garage Fictif"})
        owner = self.by(OWNER)
        self.state = CanvasState(
            starts=tuple(row.id for row in measures(network, ON).relations.snapshot.organisations.values())
        )
        first = views.save(owner, SECRET, self.state, {})
        second = views.rename(owner, first.value, f"{SECRET} bis")
        assert first.commit is not None
        assert second.commit is not None
        self.id, self.commits = first.value, (first.commit, second.commit)

    def by(self, actor: Actor) -> Network:
        return Network(self.store, actor)

    def name(self) -> str | None:
        record = self.store.read(lambda tx: tx.get([self.id])).get(self.id)
        return str(record.values["name"]) if record else None


@pytest.fixture
def kept(either: Network) -> Kept:
    """The private view, on each store."""
    return Kept(either)


def told(network: Network, id: str) -> str:
    """Everything that the services that read say about ``id``, in one text."""
    said = []
    for ask in (
        lambda: sheet(network, id, ON),
        lambda: versions.versions(network, id),
        lambda: versions.history(network, id, 100),
        lambda: search(network, "confidentielle"),
        lambda: views.saved(network),
        lambda: views.open_view(network, id),
        lambda: building.scene(network, measures(network, ON), CanvasState(starts=(id,), introduce=id, loss=id)),
    ):
        try:
            said.append(repr(ask()))
        except Reseau28Error as error:
            said.append(str(error))
    return "\n".join(said)


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.role)
def test_only_its_author_reads_it(kept: Kept, actor: Actor) -> None:
    assert told(kept.by(OWNER), kept.id).count(SECRET) >= 6, (
        "drawn for its author first: nothing of it is kept for others"
    )
    assert SECRET not in told(kept.by(actor), kept.id)


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.role)
def test_only_its_author_changes_restores_or_removes_it(kept: Kept, actor: Actor) -> None:
    network, (made, renamed) = kept.by(actor), kept.commits
    for act in (
        lambda: versions.restore(network, kept.id, 1, 2),
        lambda: views.rename(network, kept.id, "Autre"),
        lambda: views.share(network, kept.id, True),
        lambda: views.delete(network, kept.id),
        lambda: organisations.delete(network, kept.id),
        lambda: organisations.edit(network, kept.id, {"name": "Autre"}, 2),
        lambda: people.edit(network, kept.id, {"name": "Autre"}, 2),
        lambda: people.delete(network, kept.id),
        lambda: engagements.delete(network, kept.id),
        lambda: engagements.edit(network, kept.id, {"name": "Autre"}, 2),
        lambda: Edits().undo(network, [renamed]),
        lambda: Edits().undo(network, [made]),
    ):
        with pytest.raises((Forbidden, NotFound, ConflictError)) as refused:
            act()
        assert SECRET not in str(refused.value)
    assert kept.name() == f"{SECRET} bis"


@pytest.mark.parametrize("actor", [each for each in OTHERS if each.role in (Role.ADMIN, Role.MANAGER)], ids=str)
def test_what_its_author_removed_comes_back_for_them_alone(kept: Kept, actor: Actor) -> None:
    removed = views.delete(kept.by(OWNER), kept.id).commit
    assert isinstance(removed, Commit)
    undo_commit(kept.by(actor), removed)
    assert kept.name() is None
    assert SECRET not in told(kept.by(actor), kept.id)
    assert SECRET in repr(versions.history(kept.by(OWNER), kept.id, 100))
    undo_commit(kept.by(OWNER), removed)
    assert kept.name() == f"{SECRET} bis"


def test_a_shared_view_changes_by_its_author_and_administrators_alone(kept: Kept) -> None:
    views.share(kept.by(OWNER), kept.id, True)
    for role in (Role.MANAGER, Role.READER, Role.AUDITOR):
        network = kept.by(Actor("Test", role))
        with pytest.raises(Reseau28Error):
            versions.restore(network, kept.id, 1, 3)
        with pytest.raises(Forbidden):
            organisations.delete(network, kept.id)
    with pytest.raises(Reseau28Error):  # its private past is not an administrator's to show
        versions.restore(kept.by(Actor("Test", Role.ADMIN)), kept.id, 1, 3)
    views.rename(kept.by(Actor("Test", Role.ADMIN)), kept.id, "Bassin de Lens")
    assert kept.name() == "Bassin de Lens"


def test_nobody_makes_a_view_in_someone_elses_name(kept: Kept) -> None:
    def work(unit: UnitOfWork) -> str:
        return unit.create("View", {"name": "Faux", "author": OWNER.name, "content": "{}"})

    with pytest.raises(Forbidden):
        kept.by(OTHERS[1]).commit("Vue", work)
