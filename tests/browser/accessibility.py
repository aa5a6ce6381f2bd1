"""The automated accessibility check: axe-core, run inside the page, on the rules of WCAG 2.2 A and AA."""

from importlib.resources import files
from typing import NamedTuple

from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SERIOUS = ("serious", "critical")

_AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
_RUN = "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })"


class Finding(NamedTuple):
    """One rule broken at one place."""

    rule: str
    impact: str
    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.impact} {self.rule} at {self.place}: {self.words}"


def findings(page: Page) -> list[Finding]:
    """Every rule that the page breaks, the worst first."""
    page.evaluate(f"{_AXE}; undefined")
    found = page.evaluate(_RUN, list(RULES))
    return [
        Finding(broken["id"], node["impact"] or "", " ".join(map(str, node["target"])), node["failureSummary"])
        for broken in found["violations"]
        for node in broken["nodes"]
    ]


def serious(page: Page) -> list[Finding]:
    """The findings that keep someone from using the page."""
    return [each for each in findings(page) if each.impact in SERIOUS]
