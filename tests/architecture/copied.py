"""A copy of the project in which a task of ``docs/where.md`` is really done, and really run.

The page promises how many files a task touches, and where they are: whoever does a task here is held to it.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "where.md"
COMMAND = "from ui.cli import main; main()"
"""``reseau28``, as a script that takes its arguments."""

FOLDERS = ("graph_schema", "crm", "importers", "ui", "docs", "tests")

_TASK = re.compile(r"^## ([^\n]+)\n\n\*\*(\d) (?:file|package|place)s?\*\*(.+?)(?=^## |\Z)", re.M | re.S)
_LINK = re.compile(r"\]\(\.\./([^)\s#]+)\)")


class Promise(NamedTuple):
    """What the page says of a task: how many files it touches, the files and folders in which they are, all its words.

    A folder of the page stands for a new file in it, or for a new package, which counts once.
    """

    many: int
    places: tuple[str, ...]
    words: str


def promises() -> dict[str, Promise]:
    """Every task of the page, by its heading."""
    text = PAGE.read_text(encoding="utf-8")
    return {
        heading: Promise(int(many), tuple(map(unquote, _LINK.findall(words))), words)
        for heading, many, words in _TASK.findall(text)
    }


class Copy:
    """The copied project: files are written or changed in it as part of a task, and scripts run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._before: dict[str, str | None] = {}
        for folder in FOLDERS:
            # Compiled modules come along: Python keeps those whose source has the same date and size.
            shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("images", "*.pyc.*"))

    @contextmanager
    def task(self, heading: str) -> Iterator[Promise]:
        """Do a task of the page: afterwards the files touched are those promised, and the copy is as it was."""
        promise = promises()[heading]
        try:
            yield promise
            touched = {_counted(name, promise) for name, text in self._before.items() if text != self._read(name)}
            assert len(touched) == promise.many, sorted(touched)
            assert {name for name in touched if not _promised(name, promise)} == set()
        finally:
            self._take_back()

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        path = self.root / name
        self._before.setdefault(name, self._read(name))
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a text that stands once in a file."""
        text = self._read(name) or ""
        assert text.count(old) == 1, (name, old)
        self.write(name, text.replace(old, new))

    def run(self, script: str, *arguments: Path | str) -> str:
        """Run a script in the copy; returns what it wrote."""
        command = [sys.executable, "-c", script, *map(str, arguments)]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def said(self, script: str, *arguments: Path | str) -> dict[str, str]:
        """What a script says, line by line: the first word, then the rest."""
        return dict(line.split(" ", 1) for line in self.run(script, *arguments).splitlines())

    def _read(self, name: str) -> str | None:
        path = self.root / name
        return path.read_text(encoding="utf-8") if path.exists() else None

    def _take_back(self) -> None:
        for name, text in self._before.items():
            path = self.root / name
            if text is not None:
                path.write_text(text, encoding="utf-8")
                continue
            path.unlink(missing_ok=True)
            shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        self._before.clear()


def _promised(name: str, promise: Promise) -> bool:
    return any(name == place or Path(name).parent == Path(place) for place in promise.places)


def _counted(name: str, promise: Promise) -> str:
    """A file of a new package stands for that package."""
    folder = Path(name).parent
    return str(folder) if not (ROOT / folder).exists() and str(folder.parent) in promise.places else name
