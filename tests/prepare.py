"""``python -m tests.prepare``: fetch what the tests need beside Python, and say in one line what is missing."""

import os
import shutil
import subprocess

from tests.browser.chromium import MISSING, find_chromium
from tests.graph_readers import gephi, graphology
from tests.neo4j_server.fixtures import runnable_versions
from tests.neo4j_server.jars import CACHE, Unavailable, jars_for, java_for

PACKAGES = ("chromium", "fonts-dejavu-core")


def main() -> None:
    """Never fails: a test that cannot run is skipped with the same reason, or fails under CI."""
    missing: list[str] = []
    if "RESEAU28_TEST_NEO4J_URI" not in os.environ:
        for version in runnable_versions():
            try:
                java_for(version)
                if shutil.which("mvn") and not (CACHE / version).is_dir():
                    print(f"Neo4j {version} : téléchargement par Maven, 125 Mo, une fois pour toutes…", flush=True)
                jars_for(version)
            except Unavailable as reason:
                missing.append(str(reason))
                break
    if not find_chromium() and not _install_chromium():
        missing.append(MISSING)
    try:
        graphology.installed()
    except graphology.Unavailable as reason:
        missing.append(str(reason))
    try:
        gephi.java()
        gephi.jar()
    except gephi.Unavailable as reason:
        missing.append(str(reason))
    if missing:
        print("Essais qui seront sautés ou réduits —", " ; ".join(missing), flush=True)


def _install_chromium() -> bool:
    """Install Chromium through apt where that is possible; whether it is there now."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    print("Chromium : installation par apt-get…", flush=True)
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", *arguments], env=quietly, stdout=subprocess.DEVNULL, check=False)
    return find_chromium() is not None


if __name__ == "__main__":
    main()
