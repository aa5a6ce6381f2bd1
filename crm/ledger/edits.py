"""What one session has done, to be undone and done again: each step back or forth is a commit like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crm.errors import ConflictError
from crm.ledger.undo import NotUndone, undo_commit
from crm.network import Network
from graph_schema.records import Commit
from graph_schema.wording import listing

DEEPEST = 100
"""So many steps are remembered."""

_UNDO, _REDO = "Annulation", "Rétablissement"
"""What the journal calls a step back and a step forth."""


class EditStep(NamedTuple):
    """An act that can be taken back: its commits in order (most are one), and the words of what it did at first."""

    commits: tuple[Commit, ...]
    words: str


class StepOutcome(NamedTuple):
    """What a step back or forth did: the words of what was done at first, and what was kept because it has changed."""

    words: str
    kept: tuple[NotUndone, ...]


@dataclass(slots=True)
class Edits:
    """The acts of a session, the newest last: those that can be undone, and those that can be done again."""

    _done: list[EditStep] = field(default_factory=list)
    _undone: list[EditStep] = field(default_factory=list)

    @property
    def undoable(self) -> str:
        """What ``undo`` would take back, in words; empty for nothing."""
        return self._done[-1].words if self._done else ""

    @property
    def redoable(self) -> str:
        """What ``redo`` would do again, in words; empty for nothing."""
        return self._undone[-1].words if self._undone else ""

    def did(self, *commits: Commit | None) -> None:
        """Remember an act by its commits, None where nothing changed. What had been undone is then forgotten."""
        made = tuple(commit for commit in commits if commit is not None)
        if made:
            self._done = [*self._done, _step(made)][-DEEPEST:]
            self._undone.clear()

    def undo(self, network: Network, commits: Sequence[Commit] = ()) -> StepOutcome:
        """Take back the newest act, or the one that wrote ``commits``.

        What others have changed since stays theirs and is told. Raises ``ConflictError`` when nothing could be taken
        back, ``Forbidden`` without the right to edit; an act that cannot be taken back is forgotten.
        """
        return _move(network, self._done, self._undone, _UNDO, tuple(commits))

    def redo(self, network: Network) -> StepOutcome:
        """Do again what was undone last; as ``undo``."""
        return _move(network, self._undone, self._done, _REDO)


def _move(
    network: Network, origin: list[EditStep], other: list[EditStep], verb: str, commits: tuple[Commit, ...] = ()
) -> StepOutcome:
    """Take back the last step of ``origin`` by commits, which become the last step of ``other``."""
    step = next((s for s in reversed(origin) if not commits or s.commits == commits), None)
    step = step or (_step(commits) if commits else None)
    if step is None:
        raise ConflictError("Il n'y a rien à annuler ni à rétablir.")
    for commit in step.commits:
        _check_journal(network, commit)
    reports = [undo_commit(network, each, reason=f"{verb} : {step.words}") for each in reversed(step.commits)]
    origin[:] = [each for each in origin if each is not step]
    kept = tuple(kept for report in reports for kept in report.kept)
    made = tuple(report.commit for report in reports if report.commit is not None)
    if not made:
        raise ConflictError(_refusal(step.words, kept, "reste en place" if verb == _UNDO else "n'est pas refait"))
    other.append(EditStep(made, step.words))
    return StepOutcome(step.words, kept)


def _step(commits: tuple[Commit, ...]) -> EditStep:
    return EditStep(commits, commits[0].reason)


def _check_journal(network: Network, commit: Commit) -> None:
    """Refuse a commit that this store does not hold: another one may bear its number since a backup was restored."""
    found = network.read(lambda tx: tx.commits(after=commit.number - 1, limit=1))
    if [each.digest for each in found] != [commit.digest]:
        raise ConflictError("Les données ont été remplacées entre-temps : cette modification ne s'annule plus.")


def _refusal(words: str, kept: Sequence[NotUndone], outcome: str) -> str:
    if not kept:
        return f"« {words} » : c'est déjà fait, rien n'a été changé."
    reasons = listing([f"{each.caption} ({each.reason})" for each in kept], limit=3)
    return f"« {words} » {outcome} : {reasons}."
