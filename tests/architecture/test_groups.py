"""Tests that share one Neo4j database run in one process, also when two processes share the rest."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIX_TESTS = """
import pytest

@pytest.mark.neo4j
@pytest.mark.parametrize("number", range(6))
def test_one_of_six(number):
    pass
"""


def test_tests_marked_neo4j_share_one_process(tmp_path: Path) -> None:
    (tmp_path / "test_six.py").write_text(SIX_TESTS, encoding="utf-8")
    shared = ["-n", "2", "--dist", "loadgroup", "-v", "-p", "no:cacheprovider", f"--rootdir={tmp_path}"]
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest", *shared]
    done = subprocess.run([*command, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    workers = [line.split()[0] for line in done.stdout.splitlines() if "PASSED" in line]
    assert len(workers) == 6, done.stdout + done.stderr
    assert len(set(workers)) == 1
