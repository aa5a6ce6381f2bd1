"""Where texts leave for the browser: all that Streamlit sends, and what our components are told, is typeset on its way.

Screens write the plain signs of a keyboard; ``ui.markup`` typesets the HTML that it makes, this module the rest. What
people type themselves (the value of a field, a line being read, an address) is never touched.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from graph_schema.typography import typeset
from ui.streamlit_parts import ForwardMsg, ScriptRunContext

_WORDS = frozenset({"body", "help", "label", "placeholder", "text"})
"""The fields of Streamlit's elements that people read and that no value comes back from."""

_OURS = frozenset({"html", "bidi_component"})
"""Elements whose texts are typeset where they are made."""

TYPED = frozenset({"act", "chosen", "href", "id", "key", "parts", "query", "typed", "value"})
"""Names, in what a component is told, of what is not for reading or must come back as it is."""


def install() -> None:
    """From now on all that a script of this process draws is typeset. May be called again."""
    if getattr(ScriptRunContext.enqueue, "typesets", False):
        return
    send = ScriptRunContext.enqueue

    @wraps(send)
    def enqueue(self: ScriptRunContext, msg: ForwardMsg) -> None:
        _typeset_message(msg)
        send(self, msg)

    enqueue.typesets = True  # type: ignore[attr-defined]
    ScriptRunContext.enqueue = enqueue  # type: ignore[method-assign]


def shown(say: Callable[[Any], str]) -> Callable[[Any], str]:
    """How a choice field says its options: as ``say`` does, typeset."""
    return lambda option: typeset(say(option))


def told(data: Any, *typed: str) -> Any:
    """What a component is told, with its texts typeset; what is ``TYPED``, or bears a name in ``typed``, stays."""
    if isinstance(data, str):
        return typeset(data)
    if isinstance(data, Mapping):
        return {n: value if n in TYPED or n in typed else told(value, *typed) for n, value in data.items()}
    if isinstance(data, list | tuple):
        return [told(each, *typed) for each in data]
    return data


def _typeset_message(message: ForwardMsg) -> None:
    if message.WhichOneof("type") != "delta":
        return
    drawn: Any = {"new_element": message.delta.new_element, "add_block": message.delta.add_block}.get(
        message.delta.WhichOneof("type") or ""
    )
    name = drawn.WhichOneof("type") if drawn is not None else None
    if name is None or name in _OURS:
        return
    element = getattr(drawn, name)
    for field, value in element.ListFields():
        if field.name in _WORDS and isinstance(value, str):
            setattr(element, field.name, typeset(value))
