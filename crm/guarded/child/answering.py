"""How a script of this folder answers what it is asked on its standard input.

An answer is its length in four bytes, then a pickled pair: ``("ok", answer)``, or ``("refused", code)`` after which
there are no more.
"""

import os
import pickle
import struct
from collections.abc import Callable, Iterator
from typing import IO, Any


class UnreadableDocument(Exception):
    """The document cannot be read; its only argument is a code."""


def serve(answers: Callable[[IO[bytes]], Iterator[Any]]) -> None:
    """Answer until nobody asks any more. Whatever goes wrong here is the document's fault."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes where it disturbs nobody

    def say(*answer: Any) -> None:
        content = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        out.write(struct.pack(">I", len(content)) + content)
        out.flush()

    try:
        for answer in answers(os.fdopen(0, "rb", buffering=0)):
            say("ok", answer)
    except BrokenPipeError:
        return
    except UnreadableDocument as refused:
        say("refused", str(refused))
    except MemoryError:
        say("refused", "memory")
    except BaseException:  # the reader's own panics are not even exceptions
        say("refused", "damaged")
