"""A script at work in a process of its own: it may die, hang or swell without harm, and goes when it is let go."""

import io
import pickle
import struct
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from graph_schema.limits import Wait

_LIMITS = Path(__file__).parent / "child" / "limits.py"
_LARGEST_ANSWER = 256 << 20
_KNOWN = {("datetime", kind.__name__): kind for kind in (date, datetime, time, timedelta)}


PATIENCE = Wait(120, "Attente des lignes suivantes d'un classeur importé", "le classeur est refusé, rien n'est écrit")


class Limits(NamedTuple):
    """What a process may take: bytes of memory, seconds of processor, seconds before each of its answers."""

    memory: int = 2 << 30
    cpu: int = 300
    patience: float = PATIENCE


class Lost(Exception):
    """The process will not answer any more: it died (``late`` false), or it took too long."""

    def __init__(self, *, late: bool) -> None:
        super().__init__("late" if late else "dead")
        self.late = late


class Unanswered(Exception):
    """There is no answer: ``code`` is what the script said of what it reads, or ``late``, ``dead`` or ``damaged``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Plain(pickle.Unpickler):
    """Reads plain values and days, nothing that could run: the process may have been taken over by what it reads."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no plain value")
        return _KNOWN[module, name]


class Guarded:
    """A running script, as a context manager: at the end it is killed, whatever it was doing, and waited for.

    Nothing but its pipes leads to it: it has no terminal, so Ctrl-C reaches us alone; when we die it reads the end of
    its input, and its processor time is bounded. Raises ``OSError`` when it cannot be started.
    """

    def __init__(self, script: Path, arguments: Sequence[str] = (), limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        bounds = [str(self.limits.memory), str(self.limits.cpu)]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", str(_LIMITS), *bounds, str(script), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._requests: IO[bytes] = self.process.stdin
        self._answers: SimpleQueue[bytes | None] = SimpleQueue()
        Thread(target=_listen, args=(self.process.stdout, self._answers), daemon=True).start()

    def tell(self, content: bytes) -> None:
        """Hand over what asks for no answer. A process that does not take it in time is killed."""
        patience = Timer(self.limits.patience, self.process.kill)
        patience.daemon = True
        patience.start()
        try:
            self._requests.write(content)
            self._requests.flush()
        except OSError:
            pass  # it is gone, or has said why it goes: what it said is still to be read
        finally:
            patience.cancel()

    def ask(self, request: bytes) -> Any:
        """The answer to a request. Raises ``Lost`` when there will be none."""
        self.tell(request)
        try:
            answer = self._answers.get(timeout=self.limits.patience)
        except Empty:
            raise Lost(late=True) from None
        if answer is None:
            raise Lost(late=False)
        try:
            return _Plain(io.BytesIO(answer)).load()
        except Exception:
            raise Lost(late=False) from None

    def told(self, request: bytes) -> Any:
        """What the script tells where it says that all is well. Raises ``Unanswered`` for anything else."""
        try:
            state, answer = self.ask(request)
        except Lost as lost:
            raise Unanswered("late" if lost.late else "dead") from None
        except (TypeError, ValueError):
            raise Unanswered("damaged") from None
        if state != "ok":
            raise Unanswered(str(answer))
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                continue


def _listen(stream: IO[bytes], answers: "SimpleQueue[bytes | None]") -> None:
    """Pass on what the process says, then None: a pipe cannot be waited for with a limit on every system."""
    try:
        while len(head := stream.read(4)) == 4:
            (length,) = struct.unpack(">I", head)
            content = stream.read(length) if length <= _LARGEST_ANSWER else b""
            if len(content) != length:
                break
            answers.put(content)
    except (OSError, ValueError):
        pass
    answers.put(None)
