"""A text made ready to be read: in lower case without accents, with one sign for a name, a day or an hour."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from crm.sentences.day_words import Moment, moments

_NO_DAY = re.compile(
    r"(?<!\d)(?:\+33|0033|0)[ .-]?\d(?:[ .-]?\d{2}){4}(?!\d)"
    r"|\b(?:n°|no|num(?:ero)?|bat(?:iment)?|lot|salle|ref|dossier|escalier)\.? ?(?:n°|no)? ?\d{1,3}/\d{1,4}\b"
    r"|\b\d/\d{1,2}(?= (?:des?|temps|d'|du)\b)|\bne(?:e|s|es)? le \d{1,2}[ /.]\w+[ /.]\d{2,4}"
)
_WEEKDAY = "(?:lundi |mardi |mercredi |jeudi |vendredi |samedi |dimanche )?"
_PERIOD = re.compile(
    rf"\bdu {_WEEKDAY}\d{{1,2}}(?:er)?(?:[ /]\w+(?:[ /]\d{{2,4}})?)? au {_WEEKDAY}"
    r"\d{1,2}(?:er)?(?:/\d{1,2}(?:/\d{2,4})?"
    r"| (?:janv|fevr?|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)[a-z]*\.?(?: \d{4})?)?"
)
_FIRST = re.compile(r"du [^:;]*?(?= au )")
_MOVED = re.compile(r"\b(?:report|decal|repouss|avanc|deplac)\w*[^;.]*$")

AROUND = " \t\r\n:,;.-–—>=()!?"
"""Signs that stand around words and say nothing."""


def folded(text: str) -> str:
    """The text in lower case without accents, one character for one, so that places in the text stay."""
    return "".join(map(_fold, text))


def times(text: str, taken: Iterable[tuple[int, int]], today: date) -> list[Moment]:
    """The days that a folded text says, outside names."""
    left = hidden(text, [*taken, *no_days(text)], "\n")
    return list(moments(left, today))


def no_days(text: str) -> Iterator[tuple[int, int]]:
    """What looks like days and is none: telephones, fractions, numbers of things, births, and the days of a period."""
    for match in _NO_DAY.finditer(text):
        yield match.span()
    for match in _PERIOD.finditer(text):
        if not _MOVED.search(text[: match.start()]):
            yield match.span()
        elif first := _FIRST.match(match.group()):
            yield match.start(), match.start() + first.end()


def blanked(body: str, match: re.Match[str]) -> str:
    """The body without what matched, the names and days in it kept."""
    kept = "".join(sign if sign in "§@^" else "\n" for sign in match.group())
    return body[: match.start()] + kept + body[match.end() :]


def apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A part of a reduced text, without the names and days in it."""
    for match in re.finditer(r"[^§@^]+", text[start:end]):
        words = match.group()
        first = start + match.start() + len(words) - len(words.lstrip(AROUND))
        if bare := words.strip(AROUND):
            yield first, first + len(bare)


def shortened(
    text: str, names: Iterable[tuple[int, int]], days: Iterable[Moment], hours: Iterable[tuple[int, int]]
) -> tuple[str, list[int], list[int]]:
    """The text with one sign for a name, a day or an hour; where each sign begins in the text, and where it ends."""
    signs = [(*each, "§") for each in names] + [(m.start, m.end, "@") for m in days] + [(*each, "^") for each in hours]
    body, places, ends, at = "", [], [], 0
    for start, end, sign in [*sorted(signs), (len(text), len(text), "")]:
        body += text[at:start] + sign
        places += [*range(at, start), *([start] if sign else [])]
        ends += [*range(at + 1, start + 1), *([end] if sign else [])]
        at = max(at, end)
    return body, [*places, len(text)], ends


def hidden(text: str, taken: Iterable[tuple[int, int]], sign: str) -> str:
    """The text with these parts of it written over."""
    left = list(text)
    for start, end in taken:
        left[start:end] = sign * (end - start)
    return "".join(left)


def _fold(character: str) -> str:
    """One character for one, in lower case without accent, so that places in the text stay."""
    if character.isspace():
        return "\n" if character == "\n" else " "
    if character in "’ʼ‘`´":
        return "'"
    if character in "§@^":  # these stand for names, days and hours
        return " "
    bare = unicodedata.normalize("NFKD", character)[:1].lower()[:1]
    return bare if bare.strip() else " "


def reduced(text: str, names: Iterable[tuple[int, int]]) -> str:
    """A folded text with one sign « § » for each name."""
    return shortened(text, names, (), ())[0]
