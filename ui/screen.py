"""What a screen says of itself: how it is reached, where it stands in the menu, whom it is for, how it is drawn."""

from collections.abc import Callable
from typing import NamedTuple

from crm.network.rights import Right


class Screen(NamedTuple):
    """A screen, as ``SCREEN`` of its package in ``ui.screens`` declares it; nothing else lists it.

    ``path`` is its address ("" for the first), ``rank`` its place in the menu, ``show`` draws it. ``sheets`` are the
    style sheets that hold on it alone, of its own folder or of ``ui/static``: a rule that a page does not need would
    make the browser style it more slowly at each run.
    """

    path: str
    title: str
    icon: str
    rank: int
    show: Callable[[], None]
    needs: Right = Right.READ
    sheets: tuple[str, ...] = ()
