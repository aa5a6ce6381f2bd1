"""A sentence as tokens: names, days and hours as one sign each, words with what they mean, and where clauses end."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from crm.sentences import lexicon
from crm.sentences.conjugation import Tense
from crm.sentences.day_words import Moment
from crm.sentences.folding import folded, hidden, times
from crm.sentences.hints import HOUR
from crm.sentences.senses import Sense, Word, words
from crm.sentences.spelling import spelt

_PIECE = re.compile(r"[a-z0-9]+'?|(?<![a-z0-9])-+>?|-+>?(?![a-z0-9])|[^\w\s-]|\n")
_ELIDED = words("j m l d n s t c qu")
_SHORT = {
    "ds": "dans", "ac": "avec", "avc": "avec", "av": "avant", "ap": "apres", "bcp": "beaucoup", "pdt": "pendant",
    "tps": "temps", "jms": "jamais", "qd": "quand", "ss": "sans", "ns": "nous", "vs": "vous", "mr": "m", "pr": "pour",
    "tjrs": "toujours", "tjs": "toujours", "pb": "probleme", "cad": "donc", "nvelle": "nouvelle", "nvx": "nouveau",
    "nv": "nouveau", "tph": "tel", "mial": "mail", "mel": "mail",
}  # fmt: skip
"""What offices and telephones shorten."""


class TokenKind(Enum):
    """What a token stands for."""

    NAME = auto()
    DAY = auto()
    HOUR = auto()
    WORD = auto()
    SIGN = auto()


class Token(NamedTuple):
    """A part of the text from ``start`` to before ``end``; ``said`` without accents, ``raw`` as it was written."""

    kind: TokenKind
    start: int
    end: int
    said: str
    raw: str
    words: tuple[Word, ...] = ()
    moment: Moment | None = None

    def means(self, *senses: Sense) -> bool:
        """Whether one of its meanings is one of these."""
        return any(word.sense in senses for word in self.words)

    def verb(self, *tenses: Tense) -> Word | None:
        """Its meaning as a verb in one of these forms (in any, without)."""
        return next((word for word in self.words if word.tense and (not tenses or word.tense in tenses)), None)

    def noun(self) -> Word | None:
        """Its meaning that is no verb."""
        return next((word for word in self.words if word.tense is None), None)


def tokens(text: str, names: Sequence[tuple[int, int]], today: date) -> list[Token]:
    """The tokens of a text in which these places are names."""
    low = folded(text)
    moments = times(low, names, today)
    covered = [*names, *((m.start, m.end) for m in moments)]
    hours = [m.span() for m in HOUR.finditer(hidden(low, covered, "\n"))]
    marked = [Token(TokenKind.NAME, *span, "§", text[slice(*span)]) for span in names]
    marked += [
        Token(TokenKind.DAY, m.start, m.end, low[m.start : m.end], text[m.start : m.end], (), m) for m in moments
    ]
    marked += [Token(TokenKind.HOUR, *span, "^", text[slice(*span)]) for span in hours]
    found: list[Token] = []
    at = 0
    for mark in [*sorted(marked, key=lambda each: (each.start, -each.end)), None]:
        end = mark.start if mark else len(text)
        if end >= at:
            found += _words(text, low, at, end)
        if mark and mark.start >= at:
            found.append(mark)
            at = mark.end
    return found


def _words(text: str, low: str, start: int, end: int) -> Iterator[Token]:
    pieces = [(m.start(), m.end(), m.group()) for m in _PIECE.finditer(low, start, end)]
    said = [_said(word, number + 1 < len(pieces) or end < len(low)) for number, (_, _, word) in enumerate(pieces)]
    at = 0
    while at < len(pieces):
        first = pieces[at][0]
        if not re.match(r"[a-z0-9]", said[at]):
            if said[at] in "'\"":
                at += 1
                continue
            yield Token(TokenKind.SIGN, first, pieces[at][1], said[at], text[first : pieces[at][1]])
            at += 1
            continue
        words, many = lexicon.longest(said[at : at + 5])
        last = pieces[at + many - 1][1]
        yield Token(TokenKind.WORD, first, last, " ".join(said[at : at + many]), text[first:last], words)
        at += many


def _said(word: str, followed: bool) -> str:
    if word in _ELIDED and followed and word not in ("l", "t"):
        return f"{word}'"
    return _SHORT.get(word) or spelt(word)
