"""Buckets for the tests, on one server for the session."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

import pytest
from fsspec.asyn import sync

from crm.vault import s3

ROOT = Path(__file__).parents[2]
KEY, SECRET = "AKIAFICTIVE000000000", "secret-fictif-secret-fictif-secret-fictif"


@contextmanager
def serving() -> Iterator[str]:
    """The address of a new server, which ends with the block."""
    command = [sys.executable, "-m", "tests.s3_server.server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            assert server.stdout is not None
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


@pytest.fixture(scope="session")
def running_s3() -> Iterator[str]:
    """The session's server."""
    with serving() as address:
        yield address


@pytest.fixture
def s3_server(running_s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The session's server, which the environment names with its keys, as people set it; returns its address."""
    for name, value in {
        "AWS_ENDPOINT_URL": running_s3, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return running_s3


@pytest.fixture
def new_bucket(s3_server: str) -> Callable[[], str]:
    """Makes a new, empty bucket; returns its name."""

    def make() -> str:
        name = f"coffre-{token_hex(6)}"
        server = s3.file_system()
        sync(server.loop, server._call_s3, "create_bucket", Bucket=name)
        return name

    return make
