"""The Java Development Kits of this machine."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path


def java_at_least(major: int) -> Path | None:
    """The ``java`` of the oldest JDK that is at least ``major``, if any: a release is made for the Java of its day."""
    suitable = [(found, home) for home in _homes() if (found := _major(home)) is not None and found >= major]
    return min(suitable)[1] / "bin" / _exe("java") if suitable else None


def _homes() -> Iterator[Path]:
    """Folders that hold a JDK (a compiler too, since the server is started from its source)."""
    candidates: list[Path] = []
    if "JAVA_HOME" in os.environ:
        candidates.append(Path(os.environ["JAVA_HOME"]))
    if on_path := shutil.which("java"):
        candidates.append(Path(on_path).resolve().parent.parent)
    candidates += sorted(Path("/usr/lib/jvm").glob("*"))
    candidates += sorted(Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home"))
    for home in dict.fromkeys(candidate.resolve() for candidate in candidates):
        if (home / "bin" / _exe("javac")).is_file():
            yield home


def _major(home: Path) -> int | None:
    """The major version that the JDK's own ``release`` file states."""
    release = home / "release"
    stated = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE) if release.is_file() else None
    return int(stated[1]) if stated else None


def _exe(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name
