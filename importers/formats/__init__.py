"""The formats: each module here turns the bytes of a file into claims, and nothing else knows it.

A module that declares ``FORMAT`` is a format, on the command line and on screen: there is no list to add it to.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from importers.parts import FileFormat, Format, TableFormat


@cache
def formats() -> tuple[Format, ...]:
    """Every format, by the name of its module."""
    modules = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").FORMAT for name in modules)


@cache
def table_formats() -> tuple[TableFormat, ...]:
    """Those of tables, in the order in which they are asked: the general one last."""
    found = [format for format in formats() if isinstance(format, TableFormat)]
    return tuple(sorted(found, key=lambda format: format.general))


@cache
def file_formats() -> tuple[FileFormat, ...]:
    """Those of whole files."""
    return tuple(format for format in formats() if isinstance(format, FileFormat))


def name_of(start: bytes) -> str:
    """The name of the format of whole files that knows this beginning, or nothing."""
    return next((format.name for format in file_formats() if format.knows(start)), "")
