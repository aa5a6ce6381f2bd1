"""The table of budgets: what each screen, act and command may spend of the way to Neo4j.

``python -m pytest tests/relay/test_budgets.py`` fails where one spends more, and where it spends so much less that its
budget is to be lowered: the figures of ``budgets.toml`` may only fall.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.relay import Spent

TABLE = Path(__file__).with_name("budgets.toml")
_CLEARLY = 0.9

Budget = Mapping[str, tuple[Spent, ...]]


def budgets(of: str) -> Budget:
    """Those of a part of the table: ``screens``, ``acts`` or ``commands``."""
    table = tomllib.loads(TABLE.read_text("utf-8"))[of]
    return {name: tuple(Spent(*each) for each in given) for name, given in table.items()}


def verdict(name: str, budget: tuple[Spent, ...], spent: tuple[Spent, ...]) -> str:
    """What is wrong with what was spent, empty where nothing is."""
    told = f"« {name} » spends {_written(spent)} (round trips, queries), its budget is {_written(budget)}"
    pairs = [pair for given, used in zip(budget, spent, strict=True) for pair in zip(given, used, strict=True)]
    if any(used > given for given, used in pairs):
        return f"{told}: ask Neo4j less often, in fewer messages"
    if any(used < _CLEARLY * given for given, used in pairs):
        return f"{told}: lower it in {TABLE.name}, so that it stays so"
    return ""


def _written(spent: tuple[Spent, ...]) -> str:
    return str([list(each) for each in spent])
