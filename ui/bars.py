"""Small pictures made of bars: how large one thing is beside others, how a whole is shared, how a number grew.

They are HTML and style, drawn without any script; whoever listens hears the words of their titles.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ui.markup import Markup, element

_TONES = 5


class Slice(NamedTuple):
    """A part of a whole: what it is, and its share between 0 and 1."""

    words: str
    share: float


def bar(share: float, tone: str = "") -> Markup:
    """One bar, as long as ``share`` of the room; what stands beside it says the number, so it is silent."""
    inside = element("span", style=f"width:{100 * min(1.0, max(0.0, share)):.1f}%")
    return element("span", inside, class_=f"bar {tone}".strip(), aria_hidden="true")


def shared(parts: Sequence[Slice], label: str) -> Markup:
    """One bar divided among the first parts; what is left is drawn as the rest. ``label`` says what is shared."""
    shown = [part for part in parts if part.share > 0][:_TONES]
    pieces = [
        element("span", class_=f"part tone-{at}", style=f"width:{100 * part.share:.2f}%", title=part.words)
        for at, part in enumerate(shown)
    ]
    said = f"{label} : {', '.join(part.words for part in shown)}"
    return element("div", *pieces, class_="shared", role="img", aria_label=said)


class PictureColumn(NamedTuple):
    """A column of a picture over time: its height, and what is said of it."""

    value: int
    words: str


def columns(values: Iterable[PictureColumn], label: str, ends: tuple[str, str]) -> Markup:
    """Columns side by side, the highest as high as the picture; ``ends`` are written below the first and the last."""
    found = list(values)
    most = max((column.value for column in found), default=0) or 1
    drawn = [
        element("span", class_="column", style=f"height:{100 * column.value / most:.1f}%", title=column.words)
        for column in found
    ]
    picture = element("div", *drawn, class_="columns", role="img", aria_label=label)
    return element("div", picture, element("div", *(element("span", end) for end in ends), class_="axis"))
