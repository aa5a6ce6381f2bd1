"""The imports of a network, as the journal tells them: each a run of commits that bear the same name."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crm.ledger.undo import taken_back
from crm.network import Network
from crm.network.rights import Right
from crm.store import history
from crm.store.protocol import ReadTransaction
from graph_schema.records import Commit

SOURCE = "import"
"""Beginning of the source of an import's commits; the file's name follows in those of version 1 (« import:NAME »)."""

FILE = "file"
"""Where the detail of later ones says it."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """An import: its id, files, author, instants (ISO 8601, UTC), and what its commits wrote.

    ``digest`` names the content of its files. ``finished`` is False while it runs, and after it was cut short;
    ``undone`` tells that all of it is taken back as things stand, ``partly`` that a part of it is: the rest stayed, or
    the undo was cut short. ``created`` and ``updated`` count organisations.
    """

    id: str
    digest: str
    files: tuple[str, ...]
    author: str
    started: str
    ended: str
    commits: int = 0
    changes: int = 0
    created: int = 0
    updated: int = 0
    finished: bool = False
    undone: bool = False
    partly: bool = False

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        if self.undone:
            return "annulé"
        if self.partly:
            return "annulé en partie"
        return "terminé" if self.finished else "inachevé"


def imports(network: Network) -> list[ImportRun]:
    """Every import, newest first. Needs the right to read the journal."""
    return network.read(lambda tx: list(reversed(list(read_imports(tx)))), Right.HISTORY)


def read_imports(tx: ReadTransaction) -> Iterator[ImportRun]:
    """Every import in order of its first commit."""
    found: dict[str, ImportRun] = {}
    written: dict[str, list[int]] = defaultdict(list)
    for commit in history.commits(tx):
        if commit.run is not None and commit.source.startswith(SOURCE):
            found[commit.run] = _grown(found.get(commit.run) or _begun(commit, commit.run), commit)
            if commit.changes:
                written[commit.run].append(commit.number)
    gone = taken_back(tx) if found else {}
    for run in found.values():
        numbers = written[run.id]
        undone = [number for number in numbers if number in gone]
        whole = len(undone) == len(numbers) > 0 and not any(gone[number] for number in undone)
        yield replace(run, undone=whole, partly=bool(undone) and not whole)


def _begun(commit: Commit, run: str) -> ImportRun:
    return ImportRun(run, str(commit.detail.get("digest", "")), (), commit.by, commit.at, commit.at)


def _grown(run: ImportRun, commit: Commit) -> ImportRun:
    file = str(commit.detail.get(FILE) or commit.source.removeprefix(f"{SOURCE}:"))
    return replace(
        run,
        files=run.files if file in run.files else (*run.files, file),
        ended=commit.at,
        commits=run.commits + 1,
        changes=run.changes + commit.changes,
        created=run.created + int(commit.detail.get("created", 0)),
        updated=run.updated + int(commit.detail.get("updated", 0)),
        finished=bool(commit.detail.get("finished", False)),
    )


def same_files(tx: ReadTransaction, digest: str) -> ImportRun | None:
    """The latest import of files with this content that has not been taken back, or None."""
    found = None
    for run in read_imports(tx):
        if run.digest == digest and not run.undone:
            found = run
    return found
