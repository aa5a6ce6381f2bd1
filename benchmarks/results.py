"""What was measured, against what it should be, as a line to read and a row for the documentation."""

from typing import NamedTuple


class Result(NamedTuple):
    """One figure. It should be at most ``target`` (None: no promise is made)."""

    name: str
    store: str
    value: float
    unit: str
    target: float | None
    detail: str

    @property
    def verdict(self) -> str:
        """Whether the promise is kept, in a word."""
        if self.target is None:
            return ""
        return "tenu" if self.value <= self.target else "MANQUÉ"

    def line(self) -> str:
        """The figure for a terminal."""
        aim = "" if self.target is None else f"  (au plus {_number(self.target)} : {self.verdict})"
        return f"{self.name} · {self.store} : {_number(self.value)} {self.unit}{aim}\n    {self.detail}"

    def row(self) -> str:
        """The figure as a row of a Markdown table."""
        aim = "" if self.target is None else f"≤ {_number(self.target)}"
        cells = (self.name, self.store, f"{_number(self.value)} {self.unit}", aim, self.verdict, self.detail)
        return f"| {' | '.join(cells)} |"


HEADER = "| mesure | données | résultat | promesse | | détail |\n| --- | --- | ---: | ---: | --- | --- |"
"""The head of the table that ``Result.row`` continues."""


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 20 else f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
