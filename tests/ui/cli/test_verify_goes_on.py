"""``verify`` goes on whatever it meets: texts that are none, a missing index, a vault that cannot be used."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crm.store import open_store
from tests.ui.cli.invocation import Reseau28


@pytest.fixture
def file(reseau28: Reseau28, partners_file: Path, tmp_path: Path) -> Path:
    """Three partners, one of which a proof is about, and a receipt."""
    document = tmp_path / "compte rendu.txt"
    document.write_text("Bonjour.", "utf-8")
    id = reseau28("--store", partners_file, "partners", "--json").json["items"][0]["id"]
    given = ("--about", id, "--kind", "compte_rendu", "--fact-on", "2026-11-02")
    assert reseau28("--store", partners_file, "evidence", "add", document, *given).status == 0
    assert reseau28("--store", partners_file, "receipt", "--out", receipt_of(partners_file)).status == 0
    return partners_file


def receipt_of(file: Path) -> Path:
    return file.with_name("reçu.json")


def alter(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute(statement)


def vault_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.vault")


def test_a_text_that_is_none_is_named_beside_the_others(reseau28: Reseau28, file: Path) -> None:
    alter(file, "UPDATE change SET after = CAST(x'536563726574ff' AS TEXT) WHERE number = 2 AND position = 0")
    alter(file, "UPDATE node SET caption = 'zz' WHERE type = 'Person'")
    told = reseau28("--store", file, "verify")
    assert told.status == 1
    assert "Le changement 1 de l'acte 2" in told.out
    assert "est classée a été altéré" in told.out
    assert "Secret" not in told.out + told.err


@pytest.mark.parametrize("command", [("history",), ("receipt", "--chain"), ("doctor",)])
def test_other_commands_say_in_one_sentence_that_a_text_is_none(
    reseau28: Reseau28, file: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    newest = "(SELECT max(number) FROM commits)"
    alter(file, f"UPDATE commits SET reason = CAST(x'536563726574ff' AS TEXT) WHERE number = {newest}")
    more = [tmp_path / "chaîne.json"] if command[0] == "receipt" else []
    told = reseau28("--store", file, *command, *more)
    said = told.out + told.err
    assert told.status in (1, 5)
    assert said.count("a été altéré, et ne peut plus être lu : « reseau28 verify » le nomme") == 1
    assert "Secret" not in said


def test_a_store_reads_no_such_text_but_for_a_verification(file: Path) -> None:
    alter(file, "UPDATE meta SET value = CAST(x'ff' AS TEXT) WHERE key = 'dataset'")
    with closing(open_store(str(file))) as store:
        with store.as_found():
            assert store.read(lambda tx: tx.dataset()) == "\udcff"
        with pytest.raises(Exception, match="ne peut plus être lu"):
            store.read(lambda tx: tx.dataset())


@pytest.mark.parametrize("index", ["by_caption", "by_record", "by_source", "by_target", "field_Organisation_siret"])
def test_without_an_index_all_else_is_looked_at(reseau28: Reseau28, file: Path, index: str) -> None:
    alter(file, f"DROP INDEX {index}")
    told = reseau28("--store", file, "verify", "--json").json
    assert [fault["message"] for fault in told["faults"]] == [f"L'index {index} manque."]
    assert told["verdicts"]["access"] == {"intact": True, "lines": 1}
    (content,) = (each for each in vault_of(file).glob("files/*/*") if not each.name.endswith(".txt"))
    content.unlink()
    found = reseau28("--store", file, "verify", "--json").json
    assert {fault["code"] for fault in found["faults"]} == {"schema", "file_missing"}
    assert found["verdicts"]["access"]["intact"] is False


def test_without_the_name_of_the_vault_the_receipt_is_judged(reseau28: Reseau28, file: Path) -> None:
    (vault_of(file) / "vault.json").unlink()
    bare = reseau28("--store", file, "verify", "--receipt", receipt_of(file), "--json")
    assert (bare.status, bare.json["verdicts"]["complete"]) == (1, True)
    assert [fault["where"] for fault in bare.json["faults"]] == ["vault"]
    alter(file, "UPDATE node SET caption = 'zz' WHERE type = 'Person'")
    both = reseau28("--store", file, "verify", "--receipt", receipt_of(file), "--json")
    assert both.status == 1
    assert "caption" in {fault["code"] for fault in both.json["faults"]}
    assert both.json["verdicts"]["access"]["intact"] is False


@pytest.mark.parametrize("damage", ["no name", "another's", "no log"])
def test_checking_proofs_ends_as_a_verification_does(reseau28: Reseau28, file: Path, damage: str) -> None:
    marker, log = vault_of(file) / "vault.json", vault_of(file) / "access.jsonl"
    if damage == "no name":
        marker.unlink()
    elif damage == "another's":
        marker.write_bytes(json.dumps({**json.loads(marker.read_bytes()), "dataset": "x"}, indent=2).encode() + b"\n")
    else:
        log.unlink()
        log.mkdir()
    verified = reseau28("--store", file, "verify", "--json")
    checked = reseau28("--store", file, "evidence", "check", "--json")
    assert (verified.status, checked.status) == (1, 1)
    assert checked.json["faults"] == verified.json["faults"]
    assert reseau28("--store", file, "evidence", "check").status == 1


def test_nobody_is_named_who_is_not_known(reseau28: Reseau28, file: Path) -> None:
    """No account's id, no value of Python's."""
    alter(file, "UPDATE commits SET detail = '{}', at = x'323032342d31312d' WHERE number = 2")
    alter(file, "UPDATE commits SET changes = x'32' WHERE number = 3")
    told = reseau28("--store", file, "verify").out
    assert "L'acte 2 a été altéré" in told
    assert "ce qu'il n'annonce pas" in told
    assert "b'" not in told
