"""However a command goes wrong: the exit status of its family, one French sentence, one JSON shape."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.cli.invocation import Reseau28
from ui.cli.commands import freshness

USAGE = {
    "an unknown command": (["partenaire"], "n'existe pas"),
    "a command nearly right": (["partner"], "partners"),
    "an unknown option": (["partners", "--couleur", "bleu"], "--couleur"),
    "an unknown choice": (["partners", "--family", "voisin"], "company, branch, institution"),
    "an unknown level": (["coverage", "--level", "pays"], "commune, epci, departement, region"),
    "an unknown state": (["freshness", "--state", "tiède"], "à relancer"),
    "an unknown territory": (["partners", "--territory", "Atlantide"], "Atlantide"),
    "a day that does not exist": (["freshness", "--on", "31/02/2026"], "AAAA-MM-JJ"),
    "a day in words": (["freshness", "--on", "hier"], "jj/mm/aaaa"),
    "a limit of nothing": (["partners", "--limit", "0"], "au moins 1"),
    "a limit in words": (["partners", "--limit", "dix"], "nombre entier"),
    "a missing argument": (["show"], "ID"),
    "a missing value": (["partners", "--owner"], "--owner"),
    "a value too many": (["verify", "--json=oui"], "--json"),
    "an argument too many": (["verify", "tout"], "tout"),
    "no command at all": ([], "commande"),
    "no command of the group": (["store"], "commande"),
    "a size that does not exist": (["demo", "--size", "XL"], "S, M, L"),
    "a port out of range": (["serve", "--port", "70000"], "65535"),
    "an import that nobody can confirm": (["import", "liste.csv"], "--yes"),
}


@pytest.mark.parametrize("case", USAGE)
def test_wrong_usage_is_told_in_french_with_status_2(reseau28: Reseau28, case: str) -> None:
    arguments, word = USAGE[case]
    result = reseau28("--json", *arguments)
    error = result.json["error"]
    assert result.status == 2
    assert set(error) == {"family", "code", "message", "field"}
    assert error["family"] == "usage"
    assert word in error["message"]
    assert not any(english in error["message"] for english in ("Error", "No such", "Missing", "Invalid", "option '"))
    assert result.err == ""


def test_without_a_command_people_get_the_help_page(reseau28: Reseau28) -> None:
    result = reseau28()
    assert result.status == 2
    assert result.out == ""
    assert result.err.startswith("Utilisation : reseau28")


FAMILIES = {
    "an unknown record": (["show", "absente"], 3, "input", "not_found"),
    "an unknown record of the journal": (["history", "absente"], 3, "input", "not_found"),
    "an unknown target": (["introduce", "absente"], 3, "input", "not_found"),
    "an unknown import": (["undo", "absent"], 3, "input", "not_found"),
    "a file that does not exist": (["import", "absent.csv", "--yes"], 3, "input", "invalid"),
    "a folder instead of a file": (["import", ".", "--dry-run"], 3, "input", "invalid"),
    "a network that is not empty": (["demo"], 3, "input", "not_empty"),
    "a restore over a network": (["restore", "{other}"], 3, "input", "not_empty"),
    "a backup over a file": (["backup", "{other}"], 3, "input", "exists"),
    "a copy onto itself": (["store", "copy", "{other}", "{other}"], 3, "input", "invalid"),
    "no account to serve others": (["serve", "--host", "0.0.0.0"], 3, "input", "no_account"),
    "a host that is not ours": (["serve", "--host", "192.0.2.1", "--login"], 3, "input", "no_account"),
    "an address of nothing": (["verify", "--store", "gopher://exemple"], 3, "input", "invalid"),
    "a password in the address": (["verify", "--store", "bolt://a:b@127.0.0.1:1"], 3, "input", "password_in_address"),
    "another network": (["store", "copy", "{partners}", "{other}"], 4, "conflict", "other_network"),
    "a store that does not exist": (["verify", "--store", "absent.db"], 5, "store", "absent"),
    "a store that is not ours": (["verify", "--store", "{text}"], 5, "store", "not_ours"),
    "a folder as a store": (["verify", "--store", "."], 5, "store", "not_ours"),
    "a server that is down": (["verify", "--store", "bolt://neo4j@127.0.0.1:1"], 5, "store", "unavailable"),
    "a backup that is no backup": (["--store", "new.db", "restore", "{text}"], 5, "store", "not_ours"),
}


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "text"])
@pytest.mark.parametrize("case", FAMILIES)
def test_each_family_has_its_status_and_shape(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, as_json: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RESEAU28_STORE", str(partners_file))
    text, other = tmp_path / "texte.db", tmp_path / "autre.db"
    text.write_text("Ceci n'est pas un réseau. " * 400, encoding="utf-8")
    assert reseau28("--store", other, "account", "list").status == 0  # any command; the store is made by the next one
    assert reseau28("--store", other, "import", _one_partner(tmp_path), "--yes").status == 0
    arguments, status, family, code = FAMILIES[case]
    places = {"text": text, "other": other, "partners": partners_file}
    result = reseau28(*(["--json"] if as_json else []), *(argument.format(**places) for argument in arguments))
    assert result.status == status
    if as_json:
        error = result.json["error"]
        assert set(error) == {"family", "code", "message", "field"}
        assert (error["family"], error["code"]) == (family, code)
        assert result.err == ""
    else:
        assert result.out == ""
        assert result.err.count("\n") == 1
    assert "Traceback" not in result.out + result.err


def _one_partner(folder: Path) -> Path:
    file = folder / "un.csv"
    file.write_text("Nom;Ville\nAtelier Imaginaire;Arras\n", encoding="utf-8")
    return file


def test_the_unforeseen_is_one_sentence_and_its_traceback_goes_to_the_log(
    reseau28: Reseau28, partners_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("une division impossible")

    monkeypatch.setattr(freshness, "measures_on", broken)
    result = reseau28("freshness", "--json", "--store", partners_file)
    error = result.json["error"]
    assert (result.status, error["family"]) == (5, "internal")
    assert str(home / "reseau28.log") in error["message"]
    assert "une division impossible" in (home / "reseau28.log").read_text(encoding="utf-8")
    assert "Traceback" not in result.out + result.err


def test_an_interruption_is_130(reseau28: Reseau28, partners_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(freshness, "measures_on", interrupted)
    assert reseau28("freshness", "--store", partners_file).status == 130


def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    code = "from ui.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def test_a_terminal_that_knows_no_accents_changes_nothing(three_partners: Path) -> None:
    result = command("--store", three_partners, "freshness", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert result.returncode == 0
    assert "À relancer" in result.stdout.decode()


def test_a_reader_who_leaves_early_is_no_failure(three_partners: Path) -> None:
    script = f'"{sys.executable}" -c "from ui.cli import main; main()" --store "{three_partners}" history --json'
    result = subprocess.run(
        ["bash", "-c", f"{script} | head -c 1; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, b"")
