"""The locked dependencies say what, never from where, and say it for every declared one."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(r"^([a-z0-9._-]+)==\S+(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {f"{match[1]} {line}": match[1] for line in lines if (match := PIN.match(line))}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_hashes_and_reasons_only(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line) or line.startswith("    #"))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_folder(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"\S*(?://|@|\.(?:com|org|net|io)\b|/tmp|/home|/root|/work)\S*", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    following = {line: after for line, after in itertools.pairwise(lines) if PIN.match(line)}
    assert following
    assert [line for line, after in following.items() if not HASH.match(after)] == []


def test_every_declared_dependency_is_locked() -> None:
    declared = PROJECT["dependencies"]
    for_development = [*declared, *PROJECT["optional-dependencies"]["dev"]]
    for lock, wanted in (("requirements.txt", declared), ("requirements-dev.txt", for_development)):
        names = {re.split(r"[<>=\[]", requirement)[0] for requirement in wanted}
        assert names <= set(pins(lock).values()), lock


def test_the_development_lock_includes_the_runtime_lock() -> None:
    assert set(pins("requirements.txt")) <= set(pins("requirements-dev.txt"))
