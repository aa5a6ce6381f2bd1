"""One Neo4j server, on its own folder and port."""

import contextlib
import os
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from neo4j import GraphDatabase

from tests.neo4j_server.jars import HERE, LTS, jars_for, java_for

READY_SECONDS = 180
USER = "neo4j"
FACTORY_PASSWORD = "neo4j"


class Neo4jServer:
    """A Neo4j Community server on ``folder``, listening on loopback only.

    It can be stopped or killed, then started again on the same folder and port. It stops by itself when this process
    ends, however it ends, because its standard input closes.

    Parameters
    ----------
    folder
        Where the data live; created on the first start.
    port
        Bolt's port; a free one by default.
    version
        One of ``LTS`` and ``LATEST``.
    auth
        Whether users must log in. If so the user ``neo4j`` is given ``password`` on the first start.
    heap_mb
        Java heap in MB.
    silence
        Seconds after which a client is to give up a server of which it hears nothing, a multiple of two (Neo4j's own
        by default).

    Raises Unavailable when the machine cannot run this version, RuntimeError when the server does not come up.
    """

    def __init__(
        self,
        folder: Path,
        port: int | None = None,
        *,
        version: str = LTS,
        auth: bool = True,
        password: str = "reseau28-essai",
        heap_mb: int = 768,
        silence: int = 120,
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.version = version
        self.auth = auth
        self.password = password
        self.heap_mb = heap_mb
        self.silence = silence
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        """The address for a driver, without a user."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def user(self) -> str:
        """The one user there is."""
        return USER

    @property
    def pid(self) -> int | None:
        """The Java process, or None when the server is not running."""
        return self._process.pid if self._process else None

    def start(self) -> Self:
        """Start, and return once the server answers; the first start on a folder also sets the password."""
        if self._process:
            raise RuntimeError(f"Neo4j is already running on port {self.port}")
        java, jars = java_for(self.version), jars_for(self.version)
        self.folder.mkdir(parents=True, exist_ok=True)
        memory = [f"-Xmx{self.heap_mb}m", "-XX:+UseSerialGC"]
        access = ["--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/java.nio=ALL-UNNAMED"]
        arguments = [str(self.folder), str(self.port), str(self.auth).lower(), str(self.silence)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [str(java), *memory, *access, "-cp", f"{jars}{os.sep}*", str(HERE / "Neo4jServer.java"), *arguments],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_ready()
        if self.auth:
            self._set_password()
        return self

    def stop(self) -> None:
        """Shut down in good order; nothing happens when it is not running."""
        if self._process and self._process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._wait_until_gone()

    def kill(self) -> None:
        """End at once, as a power cut would (SIGKILL); what was acknowledged must survive it."""
        if self._process:
            self._process.kill()
        self._wait_until_gone()

    def restart(self) -> Self:
        """Stop if running, then start on the same folder and port."""
        self.stop()
        return self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _wait_until_ready(self) -> None:
        assert self._process
        deadline = time.monotonic() + READY_SECONDS
        while b"READY" not in self._log.read_bytes():
            if self._process.poll() is not None or time.monotonic() > deadline:
                how = "did not start" if self._process.poll() is not None else f"was not ready in {READY_SECONDS} s"
                self.kill()
                last_lines = "\n".join(self._log.read_text(errors="replace").splitlines()[-15:])
                raise RuntimeError(f"Neo4j {self.version} {how} on port {self.port}:\n{last_lines}")
            time.sleep(0.1)

    def _wait_until_gone(self) -> None:
        if self._process:
            try:
                self._process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._process.stdin:
                self._process.stdin.close()
        self._process = None

    def _set_password(self) -> None:
        """Replace the password of a new server, which Neo4j wants changed before anything else."""
        done = self.folder / "password.done"
        if done.exists():
            return
        with GraphDatabase.driver(self.uri, auth=(USER, FACTORY_PASSWORD)) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                old=FACTORY_PASSWORD,
                new=self.password,
                database_="system",
            )
        done.touch()


def free_port() -> int:
    """A loopback port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
