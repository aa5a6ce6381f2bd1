"""The changes of a journal as verification goes along: their digests, and what was redacted of them."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby, islice, repeat
from math import inf
from operator import itemgetter
from typing import Any

from orjson import Fragment, dumps, loads

from crm.faults import Fault, shown
from crm.store.journal import digest_of, respelled
from crm.store.protocol import ChangeText, CommitText

At = tuple[int, Any]
"""A commit, and in it a change (None: the second part of the commit)."""


_BATCH = 250
"""So many changes are looked at together."""


class ChangeStream:
    """A stream of changes, taken commit by commit.

    ``digests`` are those of the commit that was last asked for; ``emptied`` is what has no values any more, each with
    the digest of what is left of it, which a redaction must name.
    """

    def __init__(self, texts: Iterator[ChangeText], modern: bool) -> None:
        self._groups, self._modern = groupby(texts, itemgetter(0)), modern
        self._group = next(self._groups, None)
        self.digests: list[str] = []
        self.emptied: dict[At, str] = {}
        self._named: dict[At, tuple[int, object]] = {}

    def of(self, commit: CommitText) -> Iterator[Fault]:
        """The faults of the changes of a commit; ``digests`` are theirs afterwards."""
        yield from self._before(commit.number)
        digests = self.digests = list[str]()
        if self._group is None or self._group[0] != commit.number:
            return
        sealed = self._is_sealed if commit.version == 2 else self._is_sealed_once
        while batch := list(islice(self._group[1], _BATCH)):
            plain = self._modern and commit.version == 2 and _are_plain(batch, len(digests))
            for position, change in () if plain else enumerate(batch, len(digests)):
                if change.position != position or not sealed(self._respelled(change)):
                    id = shown(change.id)
                    what = f"Le changement {_nth(change)} de l'acte {commit.number} (fiche {id}) a été altéré."
                    yield Fault("change_altered", id, what)
            digests += [str(change.digest) for change in batch]
        self._group = next(self._groups, None)

    def left(self) -> Iterator[Fault]:
        """What is known at the end only: changes without a commit, and redactions that do not meet what they name."""
        yield from self._before(inf)
        for at, rest in self.emptied.items():
            by, named = self._named.get(at, (0, None))
            if named != rest or by <= at[0]:
                yield Fault("unredacted", str(at[0]), f"{_words(at)} a été vidé sans que le journal le dise.")
        for at in self._named.keys() - self.emptied.keys():
            yield Fault("redaction_undone", str(at[0]), f"{_words(at)} a été effacé du journal, et n'est pas vide.")

    def _before(self, number: float) -> Iterator[Fault]:
        """A fault for each change that is of no commit before ``number``."""
        while self._group is not None and (not isinstance(self._group[0], int) or self._group[0] < number):
            yield from map(_alone, self._group[1])
            self._group = next(self._groups, None)

    def _respelled(self, change: ChangeText) -> ChangeText:
        if self._modern:
            return change
        return change._replace(before=respelled(change.before), after=respelled(change.after))

    def _is_sealed(self, change: ChangeText) -> bool:
        """Whether values and header bear their digests; where values were taken, only the rest is seen, and noted."""
        try:
            good = _has_content(change) if change.salt else self._is_empty(change)
            good = good and sha256(dumps((2, *_header(change)))).hexdigest() == change.digest
            if good and change.action == "redact":
                self._name(change)
        except (TypeError, ValueError):
            return False
        return good

    def _is_sealed_once(self, change: ChangeText) -> bool:
        """The same for version 1, where one digest is over all of it."""
        try:
            if not change.salt:
                return self._is_empty(change) and change.content == ""
            sealed = (*change[1:8], _read(change.before), _read(change.after), change.state, change.salt)
            return digest_of(sealed) == change.digest and change.content == ""
        except (TypeError, ValueError):
            return False

    def _is_empty(self, change: ChangeText) -> bool:
        self.emptied[change.number, change.position] = digest_of((1, *_header(change), change.digest))
        return (change.salt, change.before, change.after) == ("", None, None)

    def _name(self, change: ChangeText) -> None:
        number, _, position = str(change.source).partition(":")
        self._named[int(number), int(position) if position else None] = change.number, change.target


def _are_plain(batch: list[ChangeText], first: int) -> bool:
    """Whether these changes, the first one in that position, bear their digests, and there is no more to say of them.

    Most of a verification is spent here: columns go from one built-in function to the next. False where anything is
    out of the ordinary: each is then looked at by itself.
    """
    _, positions, actions, *rest, before, after, states, salts, digests, contents = zip(*batch, strict=True)
    if positions != tuple(range(first, first + len(batch))) or "redact" in actions or not all(salts):
        return False
    try:
        texts = {*before, *after} - {None}
        if {*map(type, texts)} | {str} != {str} or {*map(type, map(loads, texts))} | {dict} != {dict}:
            return False
        kept = {text: Fragment(text) for text in texts}.get
        if _digests(zip(salts, map(kept, before), map(kept, after), strict=True)) != [*contents]:
            return False
        headers = zip(repeat(2), positions, actions, *rest, states, contents, strict=False)
        return _digests(headers) == [*digests]
    except (TypeError, ValueError):
        return False


def _digests(contents: Iterable[object]) -> list[object]:
    return [sha256(each).hexdigest() for each in map(dumps, contents)]


def _has_content(change: ChangeText) -> bool:
    return sha256(dumps((change.salt, _read(change.before), _read(change.after)))).hexdigest() == change.content


def _header(change: ChangeText) -> tuple[object, ...]:
    return (*change[1:8], change.state, change.content)


def _read(text: object) -> Any:
    """A kept content as what it is digested as: the very text, once it is seen to be one JSON object."""
    if text is None:
        return None
    if text.__class__ is not str or (text != "{}" and loads(text).__class__ is not dict):
        raise ValueError(text)
    return Fragment(text)


def _nth(change: ChangeText) -> str:
    return str(change.position + 1) if isinstance(change.position, int) else "sans rang"


def _alone(change: ChangeText) -> Fault:
    return Fault(
        "change_altered",
        shown(change.id),
        f"Un changement (fiche {shown(change.id)}) n'est d'aucun acte du journal.",
    )


def _words(at: At) -> str:
    number, position = at
    nth = position + 1 if isinstance(position, int) else "sans rang"
    what = "Le motif" if position is None else f"Le changement {nth}"
    return f"{what} de l'acte {number}"
