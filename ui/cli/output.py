"""What the command line says and where: results on standard output, all the rest on standard error."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

import click
import orjson

from crm import days
from graph_schema.records import UNDATED
from graph_schema.typography import typeset
from graph_schema.wording import NARROW, number

Progress = Callable[[int, int], None]
_EVERY = 0.1


def use_utf8() -> None:
    """Write UTF-8 whatever the terminal's settings; what cannot be written becomes « ? » rather than an error."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="replace")


def document(content: Any) -> None:
    """Print the command's one JSON document."""
    try:
        text = orjson.dumps(content, option=orjson.OPT_INDENT_2).decode()
    except TypeError:  # half a surrogate pair, as in a file name that is not UTF-8
        text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    _print([text])


class Row(str):
    """A line of a table, typeset before its columns were made: it is printed as it stands."""

    __slots__ = ()


def lines(texts: Iterable[str]) -> None:
    """Print what people came to read."""
    _print(text if isinstance(text, Row) else visible(typeset(text)) for text in texts)


def _print(texts: Iterable[str]) -> None:
    """Print to whoever reads; when they stop (``| head``), the rest goes nowhere, without a word."""
    try:
        for text in texts:
            print(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """Tell people something that is not the result."""
    print(visible(typeset(text)), file=sys.stderr, flush=True)


def visible(text: str) -> str:
    """``text`` without control characters: data never drives the terminal."""
    return "".join(c if c.isprintable() or c in "\u00a0\u202f" else " " for c in text)


def moment(at: str) -> str:
    """An instant of the journal, as the clocks in France showed it; nothing for what is none, which was altered."""
    return f"{days.here(at):%Y-%m-%d %H:%M}" if at != UNDATED else ""


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], widest: int = 44) -> Iterator[Row]:
    """Rows as aligned columns under their headers, numbers to the right; nothing when there are none.

    A number that counts is given as one, a number that names (of a commit…) as a text.
    """
    cells = [tuple(map(_cell, row)) for row in rows]
    raw = [tuple(map(_cell, headers)), *cells]
    widths = [min(widest, max(len(row[i]) for row in raw)) for i in range(len(headers))]
    for row in raw if cells else ():
        shown = (_fit(cell, width) for cell, width in zip(row, widths, strict=True))
        yield Row("  ".join(shown).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, int):
        return number(value)
    return "" if value is None else visible(typeset(str(value)))


def _fit(cell: str, width: int) -> str:
    if len(cell) > width:
        return f"{cell[: width - 1]}…"
    return cell.rjust(width) if cell.lstrip("-").replace(NARROW, "").isdigit() else cell.ljust(width)


def on_terminal() -> bool:
    """Whether someone is there to answer a question."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str) -> bool:
    """Ask someone at the terminal; anything but « oui » is no."""
    print(f"{typeset(question)} [o/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"o", "oui"}


def require_yes(question: str, act: str) -> None:
    """Go on only if someone at the terminal says yes to ``question``; the infinitive ``act`` is for who has none.

    Raises ``click.UsageError`` without a terminal, ``click.Abort`` for a no.
    """
    if not on_terminal():
        raise click.UsageError(f"Sans terminal, ajoutez --yes pour {act}.")
    if not confirm(question):
        raise click.Abort


@contextmanager
def progress(label: str, stream: TextIO | None = None) -> Iterator[Progress]:
    """A function to call with (done, total); it draws one line on a terminal, and nothing elsewhere."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield lambda done, total: None
        return
    drawn = 0.0

    def draw(done: int, total: int) -> None:
        nonlocal drawn
        if time.monotonic() - drawn < _EVERY and done < total:
            return
        drawn = time.monotonic()
        share = f"{100 * done // total} %" if total else f"{done}"
        stream.write(typeset(f"\r{label} : {share}\x1b[K"))
        stream.flush()

    try:
        yield draw
    finally:
        if drawn:
            stream.write("\r\x1b[K")
            stream.flush()
