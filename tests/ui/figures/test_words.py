"""Each word that goes with a number is in the table of the guide, once, with what computes it and what tells it."""

import re
from importlib import import_module
from typing import NamedTuple

import pytest

from graph_schema.text import fold
from tests.docs.pages import ROOT
from tests.ui.figures.reading import html, on, plain
from ui.cli import command_names

PAGE = ROOT / "docs" / "guide" / "mots.md"
_SPANS = "jour jours j mois ans an semaine semaines km"
_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
UNITS = frozenset(f"{_SPANS} {_MONTHS}".split())
"""What counts nothing of the network: spans, distances, dates."""

_SMALL = "a au aux et ou de des du sur dans le la les vous vos n aujourd"
LINKING = frozenset(f"{_SMALL} premiers premieres autre autres seulement".split())
"""What may stand between a number and its word, or refer to one that was said before."""

SCREENS: dict[str, list[dict[str, str | list[str]]]] = {
    "": [{}, {"voir": "relances"}, {"voir": "conventions"}, {"vue": "responsable"}, {"vue": "semaine"}],
    "partenaires": [{}, {"fraicheur": "à relancer"}],
    "registre": [{}, {"sorte": "conventions"}, {"sorte": "echanges"}],
    "reseau": [{}, {"autour": "org-0003", "tableau": "1"}],
    "territoire": [{}, {"territoire": "departement:62"}, {"echelon": "epci", "fonction": "orientation"}],
    "solidite": [{}, {"voir": ["departs", "relais", "groupes", "pivots"]}],
    "evolution": [{}, {"qui": "personnes"}],
}


class Word(NamedTuple):
    """A line of the table."""

    words: list[str]
    meaning: str
    computed: str
    command: str


def table() -> list[Word]:
    lines = re.findall(r"^\| ([^|]+) \| ([^|]+) \| `([^|`]+)` \| `([^|`]+)` \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return [Word(fold(re.sub("[(),…]", ",", words)).split(), *others) for words, *others in lines]


def names() -> set[str]:
    """The table's words as they are written, singular and plural."""
    singular = {each for line in table() for each in line.words}
    return singular | {f"{each}s" for each in singular}


def test_the_table_is_read_whole_and_says_each_thing_once() -> None:
    lines = PAGE.read_text("utf-8").count("\n| ") - 2  # its heads, and the line under them
    assert len(table()) == lines > 20
    meanings = [each.meaning for each in table()]
    assert len(meanings) == len(set(meanings))


@pytest.mark.parametrize("line", table(), ids=lambda line: "-".join(line.words))
def test_what_computes_a_word_is_there_and_a_command_tells_it(line: Word) -> None:
    module, _, name = line.computed.rpartition(".")
    assert hasattr(import_module(module), name)
    assert line.command in command_names()


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("page", SCREENS)
def test_no_screen_counts_what_the_table_does_not_define(page: str) -> None:
    known = names() | UNITS
    named = (*on("partners")["items"], *on("coverage", "--level", "epci")["cells"])
    data = sorted({each["name"] for each in named}, key=len, reverse=True)
    undefined = set()
    for parameters in SCREENS[page]:
        # Names of places and the words of records are data: what people wrote, and what the reference calls an EPCI.
        drawn = re.sub(
            r'<(a class="door(?: name)?"|span class="step"|div class="why)[^>]*>.*?</(a|span|div)>',
            " ; ",
            html(page, **parameters),
        )
        said = plain(re.sub(r"</(li|td|th|p|h\d|div|a|option|summary)>", " ; ", drawn))
        for name in data:
            said = said.replace(name, " ; ")
        for words in re.findall(r"(?<![\w/.,:-])\d[\d\u202f]*((?: [A-Za-zÀ-ÿ]+){1,3})", said):
            counted = [word for word in fold(words).split() if word not in LINKING]
            if counted and counted[0] not in known:
                undefined.add(words)
    assert undefined == set()
