"""A second opinion on whose an exchange was, learned from notes whose reading is known.

The rules of the grammar know turns of phrase; this knows which words stand together in notes of what came from us, from
them, or from both, or of nothing but what is to be done. It never says what a note means: where it finds what the rules
read most unlikely, that is asked. Its table, ``opinion.tsv``, is learned by ``tests/crm/sentences/learning.py``.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, sqrt
from typing import NamedTuple

from crm.sentences.reading import BOTH, THEM, US
from crm.sentences.tokens import Token, TokenKind
from graph_schema.exchanges import Direction

SIDES: tuple[Direction | None, ...] = (US, THEM, BOTH, None)
"""What a note may tell of; None: no exchange, only something to be done."""

SCALE = 100
"""How many units of the table make one of a logarithm."""

UNLIKELY = 1 / len(SIDES)
"""Below this share of the opinion, less than by chance, what the rules read is asked."""

BIAS = "*"
"""The sign that every note bears."""

_STEM = 6
_MARKS = {TokenKind.NAME: "§", TokenKind.HOUR: "^"}
_PAUSES = frozenset(",():.")


class Opinion(NamedTuple):
    """What each sign of a note says for each side."""

    weights: Mapping[str, Sequence[float]]

    def shares(self, tokens: Sequence[Token]) -> dict[Direction | None, float]:
        """How likely each side is; they add up to 1."""
        known = [self.weights[each] for each in signs(tokens) if each in self.weights]
        length = sqrt(len(known)) or 1
        base = self.weights[BIAS]
        scores = [(base[at] + sum(each[at] for each in known) / length) / SCALE for at in range(len(SIDES))]
        powers = [exp(each - max(scores)) for each in scores]
        return {side: power / sum(powers) for side, power in zip(SIDES, powers, strict=True)}

    def doubts(self, tokens: Sequence[Token], side: Direction | None) -> bool:
        """Whether it finds it unlikely that a note tells of this side."""
        return side in SIDES and self.shares(tokens)[side] < UNLIKELY


@cache
def learned() -> Opinion:
    """The opinion that the product comes with."""
    lines = files("crm.sentences").joinpath("opinion.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return Opinion({sign: tuple(map(int, weights)) for sign, *weights in rows})


def signs(tokens: Sequence[Token]) -> Collection[str]:
    """What is seen of a note: its words, cut short, and what they mean, by themselves, before or after the first name,
    and with those that follow. Names and days count by their place only, so that nobody's name is learned.
    """
    said = [_word(each) for each in tokens]
    meant = [_meaning(each) or f"={word}" for each, word in zip(tokens, said, strict=True)]
    first = next((at for at, each in enumerate(tokens) if each.kind is TokenKind.NAME), len(tokens))
    plain = ["[", *(each for each, word in zip(meant, said, strict=True) if word not in _PAUSES), "]"]
    found = {*_alone(said, first), *_alone(meant, first)}
    for row in (said, meant):
        found |= {" ".join(each) for each in pairwise(["[", *row, "]"])}
    return found | {" ".join(each) for each in zip(plain, plain[1:], plain[2:], strict=False)}


def _alone(row: Sequence[str], first: int) -> Iterator[str]:
    for at, each in enumerate(row):
        yield each
        yield f"{each} {'<' if at < first else '>'}"


def _word(token: Token) -> str:
    moment = token.moment
    if moment is None:
        return _MARKS.get(token.kind) or (token.said if " " in token.said else token.said[:_STEM])
    if moment.vague:
        return "@~"
    return "@<" if moment.ahead is None else "@>" if moment.back is None else "@"


def _meaning(token: Token) -> str:
    """All that a word may mean: « CALL.DONE/CALL.NOW », « WAY »."""
    return "/".join(sorted({each.sense.name + (f".{each.tense.name}" if each.tense else "") for each in token.words}))
