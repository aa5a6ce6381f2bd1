"""Where one is in the register, and the links from there: the type listed."""

from crm.records.register import TYPES
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import Field
from ui import address

SORT = "sorte"

_NAMES = {fold(SCHEMA.nodes[name].about.plural).replace(" ", "-"): name for name in TYPES}
_WORDS = {type: name for name, type in _NAMES.items()}


def type() -> str:
    """The type that the address names, the first where it names none."""
    return _NAMES.get(address.text(SORT), TYPES[0])


def word(type: str) -> str:
    """What the address and the files call a type."""
    return _WORDS[type]


def to(type: str, **parameters: address.Given) -> str:
    """A link to the list of a type."""
    return address.link(address.REGISTER, **{SORT: _WORDS[type], **parameters})


def narrowing(field: Field) -> str:
    """The parameter of the address that narrows the list by a closed list."""
    return fold(field.about.label).replace(" ", "-")
