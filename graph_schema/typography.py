"""French typography, in one function: every text that people read passes through it on its way out.

Code, data and files keep the plain signs of a keyboard (``'``, ordinary spaces); search and imports read both.
"""

import re

from graph_schema.wording import NBSP

_WORTH = re.compile(r"['«»:;!?%€]")
_GAP = rf"[ {NBSP}]*"
_RULES = (
    (re.compile(r"(?<=[^\W\d_])''(?=\w)"), "'"),
    (re.compile(r"(?<!\w)''(\S[^'\n]*?)''(?!\w)"), rf"«{NBSP}\1{NBSP}»"),
    (re.compile(rf"«{_GAP}"), f"«{NBSP}"),
    (re.compile(rf"{_GAP}»"), f"{NBSP}»"),
    # A sign that ends a word or a sentence: « :material/x: » or « :) » are something else.
    (re.compile(r"(?:(?<=\S)|^) +(?=[:;!?]+(?:[\s»)\]*<,.…]|$))"), NBSP),
    (re.compile(r"(?<=\d) (?=[%€](?!\w))"), NBSP),
)
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w«<])|(?i:(?<=\b[cdjlmnst])|(?<=\bqu))'$")
_AFTER_FIGURE = re.compile(r"(\d(?:</[^>]*>)*) (?=(?:<[^>]*>)*[^\W\d_])|<[^>]*>")
"""A tag, left alone, or the space between a figure and what it counts, whatever tags stand between them."""

_ADDRESS = re.compile(r"\S*(?:@|://|[/\\]\S*[/\\])\S*")


def typeset(text: str) -> str:
    r"""``text`` with the apostrophe and the no-break spaces of French; what is right already stays as it is.

    A text may be a part of a sentence, whose rest stands in another element. Addresses (mail, web, folders) are left
    alone: they are copied. Folding is blind to what changes, so that a text is found under both spellings.

    >>> typeset("Aujourd'hui : « fait » ?") == "Aujourd’hui\u00a0: «\u00a0fait\u00a0»\u00a0?"
    True
    """
    if _WORTH.search(text) is None:
        return text
    for form, right in _RULES:
        text = form.sub(right, text)
    if "'" not in text:
        return text
    kept = [match.span() for match in _ADDRESS.finditer(text)]
    return _APOSTROPHE.sub(lambda mark: "'" if _within(mark.start(), kept) else "’", text)


def headline(html: str) -> str:
    r"""A title or a first sentence, as HTML or as text, in which no line ends between a figure and its noun.

    >>> headline('<a href="?n=1 a">36 partenaires</a> à relancer, <b>2</b> comités').count("\u00a0")
    2
    """
    return _AFTER_FIGURE.sub(lambda found: f"{found[1]}{NBSP}" if found[1] else found[0], html)


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
