"""What a screen has made of one state of the network, kept while that state is: a rerun makes nothing twice."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from crm.measures.measuring import Measures
from crm.network.kept import KeptKind
from ui import session

T = TypeVar("T")

_DRAWINGS = KeptKind[Any](most=256)
"""As an address can be made up without end, so many are kept."""


def remembered(measures: Measures, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` makes of ``measures`` for the actor of this session, made once for each ``key``.

    It must depend on nothing else.
    """
    found: T = measures.kept.drawn(_DRAWINGS, session.actor(), make, key)
    return found
