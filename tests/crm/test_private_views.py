"""What is private is its author's: whoever asks, by whatever command of ``crm``, on both stores."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, get_args, get_origin

import pytest

from crm import days
from crm.canvas import building, views
from crm.canvas.scene import Scene
from crm.canvas.state import CanvasState
from crm.canvas.web import Web, web
from crm.documents.gate import Outgoing
from crm.errors import Forbidden, Reseau28Error
from crm.ledger import versions
from crm.ledger.receipts import Receipt
from crm.ledger.undo import undo_commit
from crm.measures.measuring import Measures, measures
from crm.network import Network
from crm.network.rights import Actor, Right, Role
from crm.network.work import UnitOfWork
from crm.quick_log import Told, tell
from crm.records import organisations
from crm.records.bulk import Edit
from crm.records.register import Wanted
from crm.store import open_store
from crm.vault.access import Act
from crm.vault.checking import NamedContents
from crm.vault.deposits import Description
from crm.vault.files import Vault
from crm.vault.folder import Folder
from graph_schema.evidence import EvidenceKind
from graph_schema.exchanges import Direction
from graph_schema.records import Commit, Head
from graph_schema.territory import Place, departements
from tests.crm.commands import commands

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


READING = (
    "records.sheet.sheet", "ledger.versions.history", "ledger.versions.versions", "canvas.views.open_view",
    "canvas.views.saved",
)  # fmt: skip
"""The commands that tell its author of it: of these at least it must be seen that they tell nobody else."""


class Arguments:
    """What someone who looks for the private view gives to a command: its id wherever one is wanted."""

    def __init__(self, kept: Kept, network: Network, commit: Commit, folder: Path) -> None:
        state, measured = CanvasState(starts=(kept.id,), introduce=kept.id, loss=kept.id), measures(network, ON)
        self.empty = open_store(str(folder / "vide.db"))
        self.file = folder / "sauvegarde.db"
        self.handed = folder / "remis"
        self._by_name: dict[str, Any] = {
            "commits": [commit],
            "text": "confidentielle", "words": "confidentielle", "name": "Autre", "title": "Autre", "type": "Knows",
            "values": {"name": "Autre"}, "patch": {"name": "Autre"}, "person": {"family_name": "Autre"},
            "revision": 2, "version": 1, "limit": 100, "depth": 2, "seen": (), "due": (), "acts": (), "detail": {},
            "positions": {}, "query": {"rang": ["A"]}, "number": 1, "position": 0,
            "database": self._written(folder / "copie.db"),
            "url": "https://exemple.invalid/compte-rendu", "why": "Doublon",
            "chain": self.handed, "fact": self.handed, "what": "accepted", "lines": (), "found": [], "work": list,
            "ending": ".csv", "opposed": frozenset(), "make": lambda opposed: Outgoing(b"", opposed),
            "write": lambda scene: repr(scene).encode(),
        }  # fmt: skip
        self._by_type: dict[Any, Callable[[], Any]] = {
            Network: lambda: network,
            Measures: lambda: measured,
            CanvasState: lambda: state,
            Scene: lambda: building.scene(network, measured, state),
            Web: lambda: web(network, measured),
            Told: lambda: tell(network, "confidentielle", ON),
            Edit: lambda: Edit({"owner": "Autre"}),
            Commit: lambda: commit,
            Place: lambda: departements()["62"],
            Direction: lambda: Direction.MUTUAL,
            Path: lambda: self.file,
            date: lambda: ON,
            date | None: lambda: None,
            Right: lambda: Right.READ,
            Receipt: lambda: Receipt(dataset="inconnu", number=1, digest="0" * 64, nodes=1, links=0, at=days.now()),
            Head: lambda: Head(1, "0" * 64),
            Vault: lambda: Vault(Folder(folder / "coffre"), "0" * 16),
            Act: lambda: Act.READ,
            NamedContents: lambda: NamedContents({}, {}, {}, set()),
            Description: lambda: Description([kept.id], EvidenceKind.MINUTES, ON),
            Wanted: lambda: Wanted("Evidence"),
            BinaryIO: lambda: BytesIO(b"Courriel fictif"),
            bool: lambda: True,
            str: lambda: kept.id,
        }

    def look_for(self, words: str) -> None:
        """Search these words, in place of those of the private view."""
        self._by_name |= {"text": words, "words": words}

    @staticmethod
    def _written(file: Path) -> Path:
        file.write_bytes(b"")
        return file

    def of(self, name: str, type: Any) -> Any:
        """The argument for a parameter; one of an unknown sort has to be added here."""
        if type is Network and name == "target":
            return Network(self.empty, self._by_type[Network]().actor)
        if name in self._by_name:
            return self._by_name[name]
        if get_origin(type) and str in get_args(type):
            return (str(self._by_type[str]()),)
        assert type in self._by_type, f"« {name}: {type} »: no argument is known for it"
        return self._by_type[type]()


def walked(kept: Kept, actor: Actor, folder: Path, names: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Each command (those of ``names``, else all), by ``actor`` and about each commit, and what it said or refused."""
    for number, commit in enumerate(kept.commits):
        for command in commands():
            if names and command.name not in names:
                continue
            place = folder / f"{actor.name}-{number}-{command.name}"
            place.mkdir()
            arguments = Arguments(kept, kept.by(actor), commit, place)
            try:
                yield command.name, repr(command.called(arguments.of))
            except Reseau28Error as error:
                yield command.name, str(error)
            finally:
                copied = arguments.empty.read(lambda tx: tx.head().number)
                arguments.empty.close()
                handed = arguments.handed.read_text("utf-8") if arguments.handed.exists() else ""
            assert SECRET not in handed, f"{command.name} hands it out"
            whole = actor.may(Right.ADMIN)
            assert whole or not (copied or arguments.file.exists()), f"{command.name}: the whole network left"


def test_the_commands_that_read_tell_its_author_of_it(kept: Kept, tmp_path: Path) -> None:
    telling = {name for name, said in walked(kept, OWNER, tmp_path, READING) if SECRET in said}
    assert telling == set(READING)


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.role)
def test_no_command_tells_or_does_anything_to_it_for_anyone_else(kept: Kept, actor: Actor, tmp_path: Path) -> None:
    list(
        walked(kept, OWNER, tmp_path, (*READING, "canvas.building.scene"))
    )  # drawn for its author first: nothing of it is kept for others
    found = 0
    for name, said in walked(kept, actor, tmp_path):
        found += 1
        assert SECRET not in said, f"{name} tells it"
        assert kept.name() == f"{SECRET} bis", f"{name} changes it"
    assert found == 2 * len(commands()) > 100


@pytest.mark.parametrize("actor", [each for each in OTHERS if each.role in (Role.ADMIN, Role.MANAGER)], ids=str)
def test_what_its_author_removed_comes_back_for_them_alone(kept: Kept, actor: Actor, tmp_path: Path) -> None:
    removed = views.delete(kept.by(OWNER), kept.id).commit
    assert isinstance(removed, Commit)
    undo_commit(kept.by(actor), removed)
    assert kept.name() is None
    assert not [name for name, said in walked(kept, actor, tmp_path, READING) if SECRET in said]
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
