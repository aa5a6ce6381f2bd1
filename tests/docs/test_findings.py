"""Findings are outside the tests, but each says what it is and runs on stated versions."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

SCRIPTS = sorted((ROOT / "findings").glob("*.sh"))
TABLE = (ROOT / "findings" / "README.md").read_text(encoding="utf-8")


def test_the_table_names_each_finding_once() -> None:
    assert sorted(re.findall(r"^\| \[([\w-]+)\]\(([\w.-]+)\)", TABLE, re.MULTILINE)) == [
        (each.stem, each.name) for each in SCRIPTS
    ]
    assert all(TABLE.count(f"({each.name})") == 1 for each in SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_finding_installs_stated_versions_and_nothing_of_ours(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    (installed,) = re.findall(r"pip\" install --quiet --disable-pip-version-check (.+)", text)
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", package) for package in installed.split())
    assert not re.search(r"\b(crm|graph_schema|importers|ui|reseau28)\b", text)
    assert text.startswith("#!/bin/bash\n# ")
