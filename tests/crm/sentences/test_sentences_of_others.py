"""Sentences that others wrote, with the reading that they gave, before the product had read one of them.

Ordinary notes of partnership managers about the demonstration. A reading may be one of several; « ? » stands before a
name that nobody bears; ``asks`` tells that a careful colleague would ask back; ``optional``, that there may be nothing
to do; ``said``, on which day it was written, when that is another one. They are tried as they came, and what they
showed was mended in its kind: they guard, new ones measure.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from crm.network import Network
from crm.quick_log import Told, tell
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from tests.crm.conftest import SAID_ON

DATA = Path(__file__).parent / "data"
NOTES = sorted(DATA.glob("sentences_*.jsonl"))
LEAST, MOST_ASKED = 0.90, 0.10


def notes(written: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]


def said_on(key: dict[str, Any]) -> date:
    """The day on which a note was written."""
    return date.fromisoformat(key["said"]) if "said" in key else SAID_ON


def wrong(told: Told, key: dict[str, Any]) -> list[str]:
    """The fields that are none of what the reader would accept."""
    open_ = bool(key["asks"] and told.questions)
    about = [fold(SCHEMA.nodes[each.type].caption(each.values)) for each in told.concerns]
    wanted = [fold(each) for each in key["concerns"]]
    right = {
        "on": (told.on.isoformat() if told.on else None) in key["on"],
        "channel": (told.channel.value if told.on and told.channel else None) in key["channel"],
        "direction": (told.direction.value if told.on else None) in key["direction"],
        "people": same(told.people(), key["people"], open_),
        "organisations": same(told.organisations(), key["organisations"], open_),
        "about": len(about) == len(wanted) and all(any(one in each or each in one for each in about) for one in wanted),
        "follow-up": followed(told, key["follow_up"]),
    }
    return [name for name, ok in right.items() if not ok]


def same(found: list[tuple[str | None, str]], names: list[str], open_: bool) -> bool:
    """Whether these are the names; what is asked may stay open."""
    left = list(found)
    for name in names:
        said = fold(name.lstrip("?"))
        hit = next((each for each in left if said in fold(each[1]) and (name.startswith("?") or each[0])), None)
        if hit is None:
            return False
        left.remove(hit)
    return not [each for each in left if each[0] or not open_]


def followed(told: Told, key: dict[str, Any] | None) -> bool:
    if key is None or told.follow_up is None:
        return bool(key and key.get("optional")) or (key is None) == (told.follow_up is None)
    due = told.follow_up.due_on
    return (due.isoformat() if due else None) in key["due_on"]


def is_due(told: Told, key: dict[str, Any]) -> bool:
    """Whether there was something to ask, or nothing was asked."""
    strange = any(name.startswith("?") for name in (*key["people"], *key["organisations"]))
    vague = len(key["on"]) > 1 or "a_preciser" in key["direction"]
    return not told.questions or key["asks"] or strange or vague


def test_most_notes_of_others_are_read_right_and_none_wrong_in_silence(demonstration: Network) -> None:
    keys = [key for written in NOTES for key in notes(written)]
    assert len(keys) >= 900
    read = [(key, tell(demonstration, key["text"], said_on(key))) for key in keys]
    assert [(key["text"], wrong(told, key)) for key, told in read if wrong(told, key) and not told.questions] == []
    faults = [(key["text"], wrong(told, key)) for key, told in read if wrong(told, key)]
    right = [key for key, told in read if not wrong(told, key) and is_due(told, key)]
    assert len(right) / len(read) >= LEAST, faults
    clear = [(key, told) for key, told in read if not is_due(told._replace(questions=("?",)), key)]
    needless = [key["text"] for key, told in clear if told.questions]
    assert len(needless) / len(clear) <= MOST_ASKED, needless
