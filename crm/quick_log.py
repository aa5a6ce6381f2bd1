"""An exchange told in one line (« appelé Mme Exemple ce matin : deux places ») read into what a form would ask.

Nothing is looked up here: who is meant by the names is found by ``crm.quick_match``.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from crm import day_words
from crm.quick_words import (
    ABOUT,
    ARTICLE,
    BINDING,
    BREAK,
    CANONICAL,
    COLON,
    EVENT,
    HOUR,
    LEADING,
    MARKERS,
    TITLE,
    TRAILING,
    UNANSWERED,
    WAYS,
)
from graph_schema.exchanges import Channel, Direction
from graph_schema.wording import short_date


class Role(StrEnum):
    """What a part of the line says."""

    DATE = "date"
    MANNER = "manner"
    SUBJECT = "subject"
    NAME = "name"
    TIME = "time"


class Span(NamedTuple):
    """A part of the line, from the character ``start`` to before ``end``, and what it says."""

    start: int
    end: int
    role: Role


class Understood(NamedTuple):
    """What a line says: when, how, who came to whom, about what, with whom (``names``, as they were written).

    ``spans`` tell where each was read, in order, none over another. What is not said is as in an empty form: today, a
    call, mutual. ``to_come`` holds the words of a day to come (« demain »), when no past day is said.
    """

    on: date
    channel: Channel
    direction: Direction
    subject: str
    names: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    to_come: str = ""


def understand(text: str, today: date) -> Understood:
    """Read a line. It never fails, and never finds a day after ``today``."""
    return _Reading(text, today).understood()


def written(said: Understood) -> str:
    """A line that says the same: ``understand`` reads it as ``said``."""
    names = " et ".join(said.names)
    line = f"{CANONICAL[said.channel]} {MARKERS[said.direction]} {names} le {short_date(said.on)}"
    return f"{line} : {said.subject}" if said.subject else line


class _Reading:
    """One line being read: what is taken is hidden from what is read after it."""

    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.folded = "".join(map(_fold, text))
        self.today = today
        self.spans: list[Span] = []
        self.subject = ""
        self.end = self._subject_apart()
        self.left = self.folded[: self.end]

    def understood(self) -> Understood:
        on, to_come = self._day()
        for hour in HOUR.finditer(self.left):
            self._take(hour.start(), hour.end(), Role.TIME)
        channel, direction = self._manner()
        names = tuple(self._names())
        self.spans.sort()
        way = channel or Channel.CALL, direction or Direction.MUTUAL
        return Understood(on, *way, self.subject, names, tuple(self.spans), to_come)

    def _subject_apart(self) -> int:
        """Where the subject begins, if a sign or a word announces it."""
        for mark in (*COLON.finditer(self.folded), *ABOUT.finditer(self.folded)):
            if self.folded[: mark.start()].strip() and self._tell(mark.end(), len(self.text)):
                return mark.start()
        return len(self.text)

    def _tell(self, start: int, end: int) -> bool:
        """Take this part of the line as the subject, if it says something."""
        words = self.text[start:end]
        bare = words.strip(_AROUND)
        if not bare:
            return False
        start += words.index(bare)
        self.subject = " ".join(bare.split())
        self.spans.append(Span(start, start + len(bare), Role.SUBJECT))
        return True

    def _take(self, start: int, end: int, role: Role) -> None:
        self.spans.append(Span(start, end, role))
        self.left = f"{self.left[:start]}{_TAKEN * (end - start)}{self.left[end:]}"

    def _day(self) -> tuple[date, str]:
        """The day said, else today; and the words of a day to come, when they are all that is said."""
        ahead = [span for span in day_words.to_come(self.left) if not self._in_a_name(span[0])]
        for start, end in ahead:
            self._take(start, end, Role.DATE)
        found = list(day_words.days(self.left, self.today))
        for each in found:
            self._take(each.start, each.end, Role.DATE)
        if found:
            return found[0].day, ""
        return self.today, self.text[slice(*ahead[0])] if ahead else ""

    def _in_a_name(self, start: int) -> bool:
        """Whether a word has the capital of a name (« Habitat Demain »), not that of the first word."""
        return self.text[start].isupper() and bool(self.text[:start].strip())

    def _manner(self) -> tuple[Channel | None, Direction | None]:
        channel: Channel | None = None
        direction: Direction | None = None
        unanswered = UNANSWERED.search(self.folded)
        if unanswered and unanswered.end() <= self.end:
            self._take(*unanswered.span(), Role.MANNER)
        events = list(EVENT.finditer(self.left))
        for event in events:
            channel = Channel.EVENT
            self._take(*event.span(), Role.MANNER)
        for form, by, way in WAYS:
            while match := form.search(self.left):
                self._take(*match.span(), Role.MANNER)
                channel, direction = channel or by, direction or way
        if unanswered and not any(marker in self.folded for marker in MARKERS.values()):
            direction = Direction.FROM_US
        telling = [event.span("event") for event in events] + ([unanswered.span()] if unanswered else [])
        if telling and not self.subject:
            self.subject = " ".join(self.text[slice(*telling[0])].split()).strip(_AROUND)
        return channel, direction

    def _names(self) -> Iterator[str]:
        found = False
        for start, end, before in self._pieces():
            first, last = self._bare(start, end)
            words = " ".join(self.text[first:last].split())
            if not words:
                continue
            announced = TITLE.match(self.left, first) or BINDING.search(self.left, start, first)
            apart = Role.DATE in before or (before == {"break"} and self.text[first].islower())
            if found and not self.subject and apart and not announced:
                self.spans = [span for span in self.spans if span.start < first]
                self._tell(first, self.end)
                return
            found = True
            self.spans.append(Span(first, last, Role.NAME))
            yield words

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """A piece without the small words around it; an article with a capital belongs to the name."""
        while True:
            lead = LEADING.match(self.left, start, end)
            first = lead.end() if lead else start
            if article := ARTICLE.search(self.text, start, first):
                first = article.start()
            tail = TRAILING.search(self.left[first:end])
            last = first + tail.start() if tail else end
            if (first, last) == (start, end) or first >= last:
                return first, last
            start, end = first, last

    def _pieces(self) -> Iterator[tuple[int, int, set[str]]]:
        """What is left, piece by piece, and what stands before each: a break, or the roles of what was taken."""
        cuts = [(m.start(), m.end(), "and" if m.group() == "et" else "break") for m in BREAK.finditer(self.left)]
        cuts += [(span.start, span.end, span.role) for span in self.spans if span.role is not Role.SUBJECT]
        at, before = 0, set[str]()
        for start, end, what in [*sorted(cuts), (self.end, self.end, "")]:
            if self.left[at:start].strip():
                yield at, start, before
                before = set()
            at, before = max(at, end), before | {what}


_TAKEN = "\n"
_AROUND = " \t\r\n:,;.-–—"


def _fold(character: str) -> str:
    """One character for one, in lower case without accent, so that places in the text stay."""
    if character.isspace():
        return " "
    if character in "’ʼ‘":
        return "'"
    bare = unicodedata.normalize("NFKD", character)[:1].lower()[:1]
    return bare if bare.strip() else " "
