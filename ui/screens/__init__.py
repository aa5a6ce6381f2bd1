"""One package a screen, found here: a folder with a ``SCREEN`` is in the menu, the palette and the address."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ui.screen import Screen


@cache
def screens() -> tuple[Screen, ...]:
    """Every screen, in the order of the menu."""
    declared: list[Screen] = [import_module(f"{__name__}.{module.name}").SCREEN for module in iter_modules(__path__)]
    return tuple(sorted(declared, key=lambda screen: screen.rank))
