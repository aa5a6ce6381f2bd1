"""The page of limits, gathered from where each is declared."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from graph_schema.limits import Limit, Wait
from graph_schema.wording import count, number

_ROOT = Path(__file__).parents[1]
_PACKAGES = ("graph_schema", "crm", "importers", "ui")
_DECLARED = re.compile(r"^(\w+) = (?:Limit|Wait)\(", re.MULTILINE)
_INTRO = (
    "Cette page est engendrée depuis le code (`make docs`). Ce qui passe une limite est refusé, ou laissé de côté, et"
    " toujours dit. Chacune est essayée des deux côtés par un test : juste à la limite, et un de plus."
)


@cache
def declared() -> Mapping[str, Limit]:
    """Every limit, by module and name."""
    found = {}
    for package in _PACKAGES:
        for path in sorted((_ROOT / package).rglob("*.py")):
            module = ".".join(path.relative_to(_ROOT).with_suffix("").parts).removesuffix(".__init__")
            for name in _DECLARED.findall(path.read_text(encoding="utf-8")):
                found[f"{module}.{name}"] = getattr(import_module(module), name)
    return found


def markdown() -> str:
    """The whole page, in French."""
    limits = sorted(declared().values(), key=lambda limit: (isinstance(limit, Wait), limit.what))
    rows = [f"| {limit.what} | {_said(limit)} | {limit.beyond} |" for limit in limits]
    heads = ["| ce qui est borné | au plus | au-delà |", "| --- | --: | --- |"]
    return "\n".join(["# Les limites", "", _INTRO, "", *heads, *rows, ""])


def _said(limit: Limit) -> str:
    if isinstance(limit, Wait):
        return count(limit, "seconde")
    return f"{limit >> 20} Mo" if limit >= 1 << 20 and not limit % (1 << 20) else number(limit)
