"""What a screen has made of one state of the network, kept while that state is: a rerun makes nothing twice."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from crm.measures.measuring import Measures
from ui import session

T = TypeVar("T")

_MOST = 256
"""So many things are kept of one state, the latest asked for; an address can be made up without end."""

# What is kept must not hold its measures, or neither would ever go.
_kept: WeakKeyDictionary[Measures, OrderedDict[Hashable, Any]] = WeakKeyDictionary()


def remembered(measures: Measures, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` makes of ``measures`` for the actor of this session, made once for each ``key``.

    It must depend on nothing else. Nothing can be kept without the rights of whom it was made for: actor and role are
    part of every key here.
    """
    key = session.actor(), key
    kept = _kept.setdefault(measures, OrderedDict())
    if key in kept:
        found: T = kept[key]
        return found
    made = make()
    kept[key] = made
    while len(kept) > _MOST:
        kept.popitem(last=False)
    return made
