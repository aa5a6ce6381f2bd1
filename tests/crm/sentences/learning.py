"""Learns the second opinion on whose an exchange was: ``python -m tests.crm.sentences.learning``.

Each file of the notes kept here is judged by what was learned from all the others, and what came of it is said; then
the table is written anew from all of them. The same notes give the same table.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from crm import demo, quick_log
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.sentences import opinion
from crm.sentences.opinion import BIAS, SCALE, SIDES, Opinion, signs
from crm.sentences.story import story
from crm.sentences.tokens import Token, tokens
from crm.store import open_store
from graph_schema.exchanges import Direction
from tests.crm.conftest import SAID_ON
from tests.crm.sentences.test_sentences import DIRECTIONS, SENTENCES, TRIALS, fill, rights
from tests.crm.sentences.test_sentences_of_others import DATA, NOTES, notes, said_on
from tests.crm.sentences.test_story import TOLD

TURNS = "turns"
"""The source of turns of phrase: many were met in the files, so they are left out when a file is judged."""

LESSONS = sorted(DATA.glob("lessons_*.jsonl"))
"""Notes of which only the side is kept, to be learned from: plain ones and hard ones."""

TABLE = Path(opinion.__file__).with_name("opinion.tsv")
_LEAST = 4  # in how many notes a sign must stand to be learned
_ROUNDS, _STEP, _BASE_STEP, _PULL = 12, 0.1, 0.02, 1e-4

Sides = Collection[Direction | None]


class Lesson(NamedTuple):
    """A note, the file that it is from, and the sides of which it may be read to tell."""

    source: str
    tokens: Sequence[Token]
    sides: Sides


def lessons() -> list[Lesson]:
    """All notes that tell of a side."""
    with TemporaryDirectory() as folder:
        whole, small = (_network(Path(folder) / name) for name in ("demonstration.db", "small.db"))
        demo.fill(whole, on=SAID_ON)
        fill(small)
        found = [*_of_others(whole), *_ours(whole, TRIALS), *_ours(small, SENTENCES), *turns()]
        for network in (whole, small):
            network.store.close()
    return [each for each in found if each.sides]


def _network(path: Path) -> Network:
    return Network(open_store(str(path)), Actor("C. Exemple", Role.ADMIN))


def _of_others(network: Network) -> Iterator[Lesson]:
    for written in [*NOTES, *LESSONS]:
        for key in notes(written):
            sides = [Direction(each) if each else None for each in key["direction"]]
            yield Lesson(written.stem, seen(network, key["text"], said_on(key)), {*sides} & {*SIDES})


def _ours(network: Network, written: Path) -> Iterator[Lesson]:
    for right in rights(written):
        side = DIRECTIONS[right.direction]
        sides = {Direction(side) if side else None}
        yield Lesson(written.stem, seen(network, right.text, SAID_ON), sides & {*SIDES})


def turns() -> Iterator[Lesson]:
    """The turns of phrase of the story's own test, in which X and Y are names."""
    for text, ago, _, side, _ in TOLD:
        names = [(at, at + 1) for at, sign in enumerate(text) if sign in "XY"]
        yield Lesson(TURNS, tokens(text, names, SAID_ON), {None if ago == "-" else side} & {*SIDES})


def seen(network: Network, text: str, on: date) -> list[Token]:
    """A note as its reader sees it, with the names of the network."""
    with patch.object(quick_log, "story_of", wraps=story) as read:
        quick_log.tell(network, text, on)
    return tokens(*read.call_args.args)


def learn(taught: Sequence[Lesson]) -> Opinion:
    """What these notes teach: for each sign, how much it speaks for each side (a logistic regression, by steps)."""
    read = [sorted(signs(each.tokens)) for each in taught]
    often = Counter(sign for each in read for sign in each)
    place = {sign: at for at, sign in enumerate(sorted(sign for sign, times in often.items() if times >= _LEAST))}
    rows = [np.array([place[sign] for sign in each if sign in place], dtype=np.intp) for each in read]
    aims = [np.array([float(side in each.sides) for side in SIDES]) / len(each.sides) for each in taught]
    weights, base = np.zeros((len(place), len(SIDES))), np.zeros(len(SIDES))
    past = np.full(weights.shape, 1e-3)
    order = np.random.default_rng(0)
    for _ in range(_ROUNDS):
        for number in order.permutation(len(taught)):
            row = rows[number]
            length = max(len(row), 1) ** 0.5
            miss = _shares(base + weights[row].sum(0) / length) - aims[number]
            base -= _BASE_STEP * miss
            slope = miss / length + _PULL * weights[row]
            past[row] += slope**2
            weights[row] -= _STEP * slope / np.sqrt(past[row])
    whole = {BIAS: base, **{sign: weights[at] for sign, at in place.items()}}
    return Opinion({sign: tuple(round(float(each) * SCALE) for each in row) for sign, row in whole.items()})


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(scores - scores.max())
    shares: NDArray[np.float64] = powers / powers.sum()
    return shares


def judged(held: Sequence[Lesson], taught: Opinion) -> tuple[float, float]:
    """Of notes that were not learned: how many are read right, and of how many right readings would be asked."""
    right = doubted = 0
    for each in held:
        shares = taught.shares(each.tokens)
        right += max(shares, key=shares.__getitem__) in each.sides
        doubted += all(taught.doubts(each.tokens, side) for side in each.sides)
    return right / len(held), doubted / len(held)


def _write(taught: Opinion) -> None:
    rows = ("\t".join([sign, *map(str, row)]) for sign, row in sorted(taught.weights.items()) if any(row))
    TABLE.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    every = lessons()
    for source in sorted({each.source for each in every} - {TURNS}):
        held = [each for each in every if each.source == source]
        right, doubted = judged(held, learn([each for each in every if each.source not in (source, TURNS)]))
        print(f"{source}: {len(held)} notes, {right:.1%} right, {doubted:.1%} of the right readings asked")
    _write(learn(every))
    print(f"{TABLE.name}: {TABLE.stat().st_size // 1024} KiB")
