"""Every public command of ``crm``, found by introspection: whatever takes a ``Network`` is one.

A test that walks them all walks those written tomorrow too: a command whose arguments are not known here fails it.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import Parameter, isclass, isfunction, signature
from types import ModuleType
from typing import Any

import crm
from crm.network import Network


@dataclass(frozen=True)
class Command:
    """A command by its name in ``crm`` (``versions.restore``), and what calls it."""

    name: str
    run: Callable[..., Any]

    @property
    def wanted(self) -> Mapping[str, Parameter]:
        """The parameters that it does not do without."""
        return {name: each for name, each in signature(self.run).parameters.items() if each.default is Parameter.empty}

    def called(self, argument: Callable[[str, Any], Any]) -> object:
        """What it returns, to the last line, when ``argument`` gives each parameter by its name and its type."""
        given = {name: argument(name, each.annotation) for name, each in self.wanted.items()}
        found = self.run(**given)
        return list(found) if isinstance(found, Iterator) else found


def commands() -> list[Command]:
    """All of them, by name."""
    modules = (import_module(each.name) for each in pkgutil.walk_packages(crm.__path__, "crm."))
    return sorted((each for module in modules for each in _of(module)), key=lambda each: each.name)


def _of(module: ModuleType) -> Iterator[Command]:
    where = module.__name__.removeprefix("crm.")
    for name, each in vars(module).items():
        if name.startswith("_") or getattr(each, "__module__", None) != module.__name__:
            continue
        if isfunction(each) and _takes_network(each):
            yield Command(f"{where}.{name}", each)
        elif isclass(each):
            for method, body in vars(each).items():
                if isfunction(body) and not method.startswith("_") and _takes_network(body):
                    yield Command(f"{where}.{name}.{method}", _on_new(each, method))


def _takes_network(function: Callable[..., Any]) -> bool:
    return any(each.annotation in (Network, "Network") for each in signature(function).parameters.values())


def _on_new(kind: type, method: str) -> Callable[..., Any]:
    return getattr(kind(), method)  # type: ignore[no-any-return]
