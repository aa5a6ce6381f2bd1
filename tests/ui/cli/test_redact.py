"""Redacting from the command line: what leaves the journal, what is said of it, and who is asked first."""

from pathlib import Path

from crm.days import moment
from tests.ui.cli.invocation import Reseau28


def test_what_a_commit_wrote_of_a_record_leaves_the_journal_and_the_record_stays(
    reseau28: Reseau28, partners_file: Path
) -> None:
    (hit,) = reseau28("--store", partners_file, "search", "Garage Fictif", "--json").json["items"]
    assert "n° 2 · " in reseau28("--store", partners_file, "history", hit["id"]).out
    refused = reseau28("--store", partners_file, "redact", 2, hit["id"], "--yes", "--json")
    assert (refused.status, refused.json["error"]["code"]) == (3, "still_current")
    assert "corrigez d'abord la fiche" in refused.json["error"]["message"]
    done = reseau28("--store", partners_file, "redact", 2, hit["id"], "--yes", "--keep-current")
    assert "Ce que la fiche dit encore reste sur elle et au journal" in done.out
    assert done.status == 0
    assert "L'acte 8 a effacé du journal le contenu du changement 1 de l'acte 2." in done.out
    assert "Les sauvegardes, les copies et les faits remis auparavant le gardent" in done.out
    newest, *_, last = reseau28("--store", partners_file, "history", hit["id"], "--json").json["items"]
    assert (last["action"], last["before"], last["after"]) == ("create", None, None)
    assert last["erased"] == {"number": 8, "at": newest["at"], "author": newest["author"]}
    assert (newest["action"], newest["before"], newest["after"], newest["erased"]) == ("redact", None, None, None)
    told = reseau28("--store", partners_file, "history", hit["id"]).out.splitlines()
    assert "ancien contenu effacé du journal · Contenu effacé du journal : acte 2" in told[0]
    assert (told[1].startswith("n° "), "→" in told[1]) == (True, False)
    assert told[-1] == f"  contenu effacé du journal le {moment(newest['at'])}, par {newest['author']}"
    assert "Garage Fictif" in reseau28("--store", partners_file, "show", hit["id"]).out
    verified = reseau28("--store", partners_file, "verify")
    assert verified.status == 0
    assert "L'acte 8 a effacé du journal" in verified.err


def test_the_reason_of_a_commit_leaves_the_journal(reseau28: Reseau28, partners_file: Path) -> None:
    done = reseau28("--store", partners_file, "redact", 3, "--yes", "--json")
    assert done.json == {"number": 3, "position": None, "by": 8}
    third = reseau28("--store", partners_file, "history", "--json").json["items"][-3]
    assert (third["number"], third["reason"]) == (3, "")
    assert "Motif effacé du journal" in reseau28("--store", partners_file, "history").out
    again = reseau28("--store", partners_file, "redact", 3, "--yes")
    assert (again.status, len(again.err.splitlines())) == (3, 1)


def test_nothing_is_erased_without_a_yes(reseau28: Reseau28, partners_file: Path) -> None:
    refused = reseau28("--store", partners_file, "redact", 3)
    assert (refused.status, "ajoutez --yes" in refused.err) == (2, True)
    assert reseau28("--store", partners_file, "history", "--json").json["items"][0]["number"] == 7


def test_what_is_not_there_is_said(reseau28: Reseau28, partners_file: Path) -> None:
    for arguments, words in (((99,), "acte 99"), ((2, "absente"), "fiche absente"), ((0,), "0"), (("x",), "x")):
        result = reseau28("--store", partners_file, "redact", *arguments, "--yes")
        assert (result.status in (2, 3), len(result.err.splitlines())) == (True, 1)
        assert words in result.err
