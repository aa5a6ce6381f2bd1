"""graphology, fetched once from npm into an ignored folder, at the versions that ``package.json`` pins."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "graphology"
MISSING = "graphology: install Node.js and npm (Debian: nodejs, npm)"


class Unavailable(Exception):
    """This machine cannot run graphology; the message says what to install."""


def installed() -> Path:
    """The folder of its modules, fetched on the first call; raises Unavailable."""
    wanted = HERE / "package.json"
    folder = CACHE / hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]
    if folder.is_dir():
        return folder / "node_modules"
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise Unavailable(MISSING)
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="partial-") as partial:
        shutil.copy(wanted, partial)
        how = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        fetched = subprocess.run([npm, "install", *how], cwd=partial, capture_output=True, text=True, check=False)
        if fetched.returncode != 0:
            raise Unavailable(f"graphology: npm could not fetch it: {(fetched.stdout + fetched.stderr).strip()[-500:]}")
        if not folder.is_dir():  # else another process was quicker
            shutil.copytree(partial, folder, symlinks=True)
    return folder / "node_modules"


def read(file: Path) -> dict[str, Any]:
    """The graph that graphology reads in a file, as it exports it."""
    done = subprocess.run(
        ["node", str(HERE / "read.js"), str(file)], capture_output=True, encoding="utf-8", check=False, timeout=60,
        env=os.environ | {"NODE_PATH": str(installed())},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
