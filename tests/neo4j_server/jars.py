"""Neo4j's jars, fetched once from Maven Central into an ignored folder."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.neo4j_server.jdk import java_at_least

LTS = "5.26.30"
LATEST = "2026.08.1"
JAVA = {LTS: 17, LATEST: 21}
"""The oldest Java that runs each version."""

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "neo4j"


class Unavailable(Exception):
    """This machine cannot run Neo4j; the message says what to install."""


def java_for(version: str) -> Path:
    """The ``java`` that is to run ``version``; raises Unavailable."""
    java = java_at_least(JAVA[version])
    if java is None:
        raise Unavailable(f"Neo4j {version}: install a JDK >= {JAVA[version]} (Debian: default-jdk-headless)")
    return java


def jars_for(version: str) -> Path:
    """The folder with the jars of ``version``, fetched on the first call; raises Unavailable."""
    folder = CACHE / version
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable(f"Neo4j {version}: install Maven (Debian: maven), which fetches the server's jars")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix=f"{version}-") as partial:
        goal = ["dependency:copy-dependencies", f"-Dneo4j.version={version}", f"-DoutputDirectory={partial}/jars"]
        fetched = subprocess.run([maven, "-B", "-q", *goal], cwd=HERE, capture_output=True, text=True, check=False)
        if fetched.returncode != 0:
            raise Unavailable(f"Neo4j {version}: Maven could not fetch the jars: {fetched.stdout.strip()[-500:]}")
        if not folder.is_dir():  # else another process was quicker
            Path(partial, "jars").rename(folder)
    return folder
