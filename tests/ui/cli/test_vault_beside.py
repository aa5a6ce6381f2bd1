"""What lies where a vault would be, or was done to its access log, is said before anything is made or by a backup."""

from pathlib import Path

import pytest

from crm.vault.place import beside
from tests.ui.cli.invocation import Reseau28
from tests.ui.cli.test_evidence import garage as garage
from tests.ui.cli.test_evidence import proof as proof
from tests.ui.cli.test_evidence import scan as scan


@pytest.mark.parametrize("taken", ["foreign", "other_network"])
def test_nothing_is_made_where_the_vault_cannot_lie(
    reseau28: Reseau28, partners_file: Path, proof: str, tmp_path: Path, taken: str
) -> None:
    kept, new = tmp_path / "sauvegarde.tar", tmp_path / "nouveau.db"
    assert reseau28("--store", partners_file, "backup", kept).status == 0
    beside(new).mkdir()
    if taken == "foreign":
        (beside(new) / "lettre.txt").write_text("Bonjour", "utf-8")
    else:
        marker = (beside(partners_file) / "vault.json").read_text("utf-8")
        dataset = reseau28("--store", partners_file, "store", "info", "--json").json["dataset"]
        (beside(new) / "vault.json").write_text(marker.replace(dataset, "f" * 32), "utf-8")
    before = sorted(each.name for each in tmp_path.iterdir())
    for words in (("store", "copy", partners_file, new), ("--store", new, "restore", kept)):
        refused = reseau28(*words)
        assert (refused.status, refused.err.count("\n")) == (5 if taken == "foreign" else 4, 1)
        assert str(beside(new)) in refused.err
    assert sorted(each.name for each in tmp_path.iterdir()) == before
    for each in beside(new).iterdir():
        each.unlink()
    assert reseau28("store", "copy", partners_file, new).status == 0
    assert reseau28("--store", new, "verify").status == 0


def test_a_backup_says_that_its_access_log_was_emptied(
    reseau28: Reseau28, partners_file: Path, proof: str, tmp_path: Path
) -> None:
    assert reseau28("--store", partners_file, "backup", tmp_path / "avant.tar").status == 0
    (beside(partners_file) / "access.jsonl").write_bytes(b"")
    done = reseau28("--store", partners_file, "backup", tmp_path / "après.tar", "--json")
    assert (done.status, len(done.json["faults"]), done.json["lacking"]) == (1, 1, [])
    assert "journal des accès" in done.json["faults"][0]["message"]
