"""Makes the kept network anew: the file as an old build writes it, and what its copy is in a Neo4j database.

``python -m tests.kept.make CHECKOUT``, from the repository's root; CHECKOUT holds the old build (see the README).
"""

import lzma
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from neo4j import GraphDatabase

from tests.kept import dump
from tests.neo4j_server.server import Neo4jServer

HERE = Path(__file__).parent


def main(checkout: Path) -> None:
    """Run the acts with the old build, copy the network with it to a server, and keep both."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryDirectory() as folder:
        server = Neo4jServer(Path(folder, "neo4j"))
        environment |= {"RESEAU28_HOME": folder, "RESEAU28_NEO4J_PASSWORD": server.password}
        file = Path(folder, "kept.db")

        def old(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments], cwd=checkout, env=environment, check=True)

        old(str(HERE / "acts.py"), str(file), folder)
        (HERE / "sqlite.db.xz").write_bytes(lzma.compress(file.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
        try:
            address = server.start().uri.replace("://", f"://{server.user}@")
            command = ["store", "copy", str(file), address]
            old("-c", f"import sys; from ui.cli import run; sys.exit(run({command!r}))")
            with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
                dump.write(driver, HERE / "neo4j.jsonl.xz")
        finally:
            server.kill()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
