"""What a screen has made of one state of the network, kept while that state is: a rerun makes nothing twice."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from crm.measures import Measures

T = TypeVar("T")

_MOST = 256
"""So many things are kept of one state, the latest asked for; an address can be made up without end."""

# What is kept must not hold its measures, or neither would ever go.
_kept: WeakKeyDictionary[Measures, OrderedDict[Hashable, Any]] = WeakKeyDictionary()


def remembered(measures: Measures, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` makes of ``measures``, made once for each ``key``; it must depend on nothing else."""
    kept = _kept.setdefault(measures, OrderedDict())
    if key in kept:
        found: T = kept[key]
        return found
    made = make()
    kept[key] = made
    while len(kept) > _MOST:
        kept.popitem(last=False)
    return made
