"""The changes of a journal as verification goes along: their digests, and what was redacted of them."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from orjson import Fragment, dumps, loads

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
        change, digests, number = self._next, self.digests, commit.number
        while change is not None and change.number == number:
            if change.position != len(digests) or not self._is_whole(change, commit.version):
                yield Fault(
                    "change_altered", str(change.id),
                    f"Le changement {_nth(change)} du commit {number} (fiche {change.id}) a été altéré.",
                )  # fmt: skip
            digests.append(str(change.digest))
            change = next(self._texts, None)
        self._next = change

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
            good = self._is_sealed(change) if version == 2 else self._is_sealed_once(change)
            if good and change.action == "redact" and version == 2:
                self._name(change)
        except (TypeError, ValueError):
            return False
        return good

    def _is_sealed(self, change: ChangeText) -> bool:
        """Whether values and header bear their digests. Most of a verification is spent here: all is said in place."""
        _, position, action, id, type, source, target, revision, before, after, state, salt, digest, content = change
        if not salt:
            good = self._is_empty(change)
        elif before is None and after.__class__ is str and (after == "{}" or loads(after).__class__ is dict):
            good = sha256(dumps((salt, None, Fragment(after)))).hexdigest() == content
        else:
            good = sha256(dumps((salt, _read(before), _read(after)))).hexdigest() == content
        header = dumps((2, position, action, id, type, source, target, revision, state, content))
        return good and sha256(header).hexdigest() == digest

    def _is_sealed_once(self, change: ChangeText) -> bool:
        """The same for version 1, where one digest is over all of it."""
        if not change.salt:
            return self._is_empty(change) and change.content == ""
        sealed = (*change[1:8], _read(change.before), _read(change.after), change.state, change.salt)
        return digest_of(sealed) == change.digest and change.content == ""

    def _is_empty(self, change: ChangeText) -> bool:
        self.emptied[change.number, change.position] = digest_of((1, *_header(change), change.digest))
        return (change.salt, change.before, change.after) == ("", None, None)

    def _name(self, change: ChangeText) -> None:
        number, _, position = str(change.source).partition(":")
        self._named[int(number), int(position) if position else None] = change.number, change.target


def _header(change: ChangeText) -> tuple[object, ...]:
    return (*change[1:8], change.state, change.content)


def _read(text: object) -> Any:
    """A kept content as what it is digested as: the very text, once it is seen to be one JSON object."""
    if text is None:
        return None
    if text.__class__ is not str or (text != "{}" and loads(text).__class__ is not dict):
        raise ValueError(text)
    return Fragment(text)


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
