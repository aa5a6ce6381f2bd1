"""The changes of a journal as verification goes along: their digests, and what was redacted of them."""

from collections.abc import Iterator
from typing import Any

import orjson

from crm.faults import Fault
from crm.journal import digest_of, respelled
from crm.store.protocol import ChangeText, CommitText

At = tuple[int, Any]
"""A commit, and in it a change (None: the second part of the commit)."""


class Changes:
    """A stream of changes, taken commit by commit.

    ``digests`` are those of the commit that was last asked for; ``emptied`` is what has no values any more, each with
    the digest of what is left of it, which a redaction must name.
    """

    def __init__(self, texts: Iterator[ChangeText], modern: bool) -> None:
        self._texts, self._modern = texts, modern
        self._next = next(texts, None)
        self.digests: list[str] = []
        self.emptied: dict[At, str] = {}
        self._named: dict[At, tuple[int, object]] = {}

    def of(self, commit: CommitText) -> Iterator[Fault]:
        """The faults of the changes of a commit; ``digests`` are theirs afterwards."""
        self.digests = []
        while (change := self._next) is not None and _before(change, commit.number):
            yield _alone(change)
            self._next = next(self._texts, None)
        while (change := self._next) is not None and change.number == commit.number:
            if change.position != len(self.digests) or not self._is_whole(change, commit.version):
                yield Fault(
                    "change_altered", str(change.id),
                    f"Le changement {_nth(change)} du commit {change.number} (fiche {change.id}) a été altéré.",
                )  # fmt: skip
            self.digests.append(str(change.digest))
            self._next = next(self._texts, None)

    def left(self) -> Iterator[Fault]:
        """What is known at the end only: changes without a commit, and redactions that do not meet what they name."""
        while (change := self._next) is not None:
            yield _alone(change)
            self._next = next(self._texts, None)
        for at, rest in self.emptied.items():
            by, named = self._named.get(at, (0, None))
            if named != rest or by <= at[0]:
                yield Fault("unredacted", str(at[0]), f"{_words(at)} a été vidé sans que le journal le dise.")
        for at in self._named.keys() - self.emptied.keys():
            yield Fault("redaction_undone", str(at[0]), f"{_words(at)} a été effacé du journal, et n'est pas vide.")

    def _is_whole(self, change: ChangeText, version: object) -> bool:
        """Whether a change bears its digests; one without values, of which only the rest can be seen, is noted."""
        if not self._modern:
            change = change._replace(before=respelled(change.before), after=respelled(change.after))
        try:
            before, after = _read(change.before), _read(change.after)
            if not change.salt:
                self.emptied[change.number, change.position] = digest_of([1, *_header(change), change.digest])
                good = (change.salt, before, after) == ("", None, None)
            elif version == 1:
                good = digest_of([*change[1:8], before, after, change.state, change.salt]) == change.digest
            else:
                good = digest_of([change.salt, before, after]) == change.content
            if version == 1:
                return good and change.content == ""
            good = good and _digest(change) == change.digest
            if good and change.action == "redact":
                self._name(change)
        except (TypeError, ValueError):
            return False
        return good

    def _name(self, change: ChangeText) -> None:
        number, _, position = str(change.source).partition(":")
        self._named[int(number), int(position) if position else None] = change.number, change.target


def _header(change: ChangeText) -> tuple[object, ...]:
    return (*change[1:8], change.state, change.content)


def _digest(change: ChangeText) -> str:
    return digest_of([2, *_header(change)])


def _read(text: object) -> Any:
    """A kept content as what it is digested as: the very text, once it is seen to be one JSON object."""
    if text is None:
        return None
    if not isinstance(text, str) or not isinstance(orjson.loads(text), dict):
        raise ValueError(text)
    return orjson.Fragment(text)


def _before(change: ChangeText, number: int) -> bool:
    return not isinstance(change.number, int) or change.number < number


def _nth(change: ChangeText) -> str:
    return str(change.position + 1) if isinstance(change.position, int) else "sans rang"


def _alone(change: ChangeText) -> Fault:
    return Fault(
        "change_altered", str(change.id), f"Un changement (fiche {change.id}) n'est d'aucun commit du journal."
    )


def _words(at: At) -> str:
    number, position = at
    nth = position + 1 if isinstance(position, int) else "sans rang"
    what = "Le motif" if position is None else f"Le changement {nth}"
    return f"{what} du commit {number}"
