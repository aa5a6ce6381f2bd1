"""The application served for real, in a process of its own, on a free port of the loopback."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

CODE = "from ui.cli import main; main()"


class Served(NamedTuple):
    """A running server."""

    port: int
    process: subprocess.Popen[str]

    def ask(self, path: str, method: str = "GET", *, form: dict[str, str] | None = None, **headers: str) -> "Answer":
        """Send one request; header names are written with underscores."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        body = urlencode(form) if form is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, sent)
            return Answer.of(connection.getresponse())
        finally:
            connection.close()

    def stop(self) -> int:
        """Ctrl-C; returns the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    set_cookies: list[str]
    text: str

    @classmethod
    def of(cls, response: HTTPResponse) -> "Answer":
        """Read a response whole."""
        headers = {name.lower(): value for name, value in response.getheaders()}
        return cls(
            response.status,
            headers,
            response.headers.get_all("Set-Cookie") or [],
            response.read().decode(response.headers.get_content_charset("utf-8")),
        )

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies given, by name."""
        pairs = (line.split(";")[0].split("=", 1) for line in self.set_cookies)
        return {line[0]: line[1] for line in pairs}


@contextmanager
def serving(store: Path | str, home: Path, *options: str) -> Iterator[Served]:
    """Serve ``store``, a file or a server's address, until the end of the block."""
    environment = {**os.environ, "RESEAU28_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    arguments = ["--store", str(store), "serve", "--json", "--port", "0", "--no-browser", *options]
    with subprocess.Popen(
        [sys.executable, "-c", CODE, *arguments], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        said = "".join(iter(process.stdout.readline, "}\n")) + "}"
        try:
            yield Served(int(re.findall(r":(\d+)$", json.loads(said)["url"])[0]), process)
        finally:
            process.terminate()
            process.wait(30)
