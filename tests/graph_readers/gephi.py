"""Gephi's own toolkit (CDDL 1.0 and GPL 3, for tests only), fetched once from Maven Central into an ignored folder."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.neo4j_server.jdk import java_at_least

VERSION = "0.10.1"
JAVA = 17
HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "gephi"
# « all » holds what it needs: its dependencies are not on Maven Central.
_JAR = f"gephi-toolkit-{VERSION}-all.jar"
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"


class Unavailable(Exception):
    """This machine cannot run Gephi; the message says what to install."""


def java() -> Path:
    """The ``java`` that is to run it; raises Unavailable."""
    found = java_at_least(JAVA)
    if found is None:
        raise Unavailable(f"Gephi: install a JDK >= {JAVA} (Debian: default-jdk-headless)")
    return found


def jar() -> Path:
    """The toolkit, fetched on the first call; raises Unavailable."""
    wanted = CACHE / _JAR
    if wanted.is_file():
        return wanted
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable("Gephi: install Maven (Debian: maven), which fetches its toolkit")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="partial-") as partial:
        artifact = f"-Dartifact=org.gephi:gephi-toolkit:{VERSION}:jar:all"
        fetched = subprocess.run(
            [maven, "-B", "-q", _COPY, artifact, f"-DoutputDirectory={partial}"],
            cwd=partial, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if fetched.returncode != 0:
            raise Unavailable(f"Gephi: Maven could not fetch its toolkit: {fetched.stdout.strip()[-500:]}")
        Path(partial, _JAR).replace(wanted)
    return wanted


def read(file: Path) -> dict[str, Any]:
    """The graph that Gephi holds once it has opened a file: ``nodes``, ``edges``, and the ``issues`` that it found."""
    how = ["-Xmx600m", "-Djava.awt.headless=true", "-cp", str(jar()), str(HERE / "ReadWithGephi.java")]
    done = subprocess.run(
        [str(java()), *how, str(file)],
        capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
