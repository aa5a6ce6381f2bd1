"""The independent verifier: any alteration of a chain is one French sentence, whatever was done to it."""

import ast
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.errors import InputError
from crm.ledger import chain, receipts, verifier
from crm.network import Network
from crm.store import open_store
from tests.crm.conftest import ADMIN
from tests.crm.ledger.test_receipts import made
from tests.crm.sealed import invoked, judged

Lines = list[dict[str, Any]]


class Handed(NamedTuple):
    """A chain of four commits and the receipt of the third."""

    chain: Path
    receipt: Path


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Handed:
    folder = tmp_path_factory.mktemp("remis")
    store = open_store(str(folder / "réseau.db"))
    network = Network(store, ADMIN)
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="o1"))
    network.commit("Saisie", lambda unit: unit.create("Person", {"family_name": "Fictif"}, id="p1"))
    network.commit("Lien", lambda unit: unit.connect("WorksFor", "p1", "o1", id="w1"))
    receipts.write(receipts.issue(network), folder / "reçu.json")
    network.commit("Retouche", lambda unit: unit.update("o1", {"city": "Lens"}))
    chain.write(network, folder / "chaîne.jsonl")
    store.close()
    return Handed(folder / "chaîne.jsonl", folder / "reçu.json")


def test_it_runs_alone_in_an_empty_folder(handed: Handed, tmp_path: Path) -> None:
    chain.write_verifier(tmp_path / "verificateur.py")
    ran = subprocess.run(
        [sys.executable, "-I", "verificateur.py", str(handed.chain), "--receipt", str(handed.receipt)],
        cwd=tmp_path, env={}, capture_output=True, check=False,
    )  # fmt: skip
    said = ran.stdout.decode().replace("\u00a0", " ")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "Chaîne intacte" in said
    assert "Complète jusqu’au reçu du" in said


def test_it_is_written_for_old_pythons_with_the_standard_library_alone() -> None:
    tree = ast.parse(Path(verifier.__file__).read_text("utf-8"), feature_version=(3, 9))
    modules = {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    modules |= {name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names}
    assert {each.partition(".")[0] for each in modules} <= sys.stdlib_module_names
    assert not modules & {"socket", "urllib", "http", "subprocess", "os"}


def test_without_a_receipt_it_says_that_nothing_attests_the_chain(handed: Handed) -> None:
    said = judged(handed.chain)
    assert said.status == 0
    assert said.lines[-1].startswith("Sans reçu gardé ailleurs, rien d'extérieur ne l'atteste")


def refused(path: Path, receipt: Path | None = None) -> str:
    """The one sentence that says what is wrong, after what is right."""
    said = judged(path, receipt)
    assert said.status in (1, 2), said
    assert len(said.err.splitlines()) == (said.status == 2)
    assert "Traceback" not in said.out + said.err
    return said.lines[-1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_chain_of_which_any_byte_changed_is_refused(handed: Handed, tmp_path: Path, data: st.DataObject) -> None:
    whole = handed.chain.read_bytes()
    index = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[index]))
    file = tmp_path / "altérée.jsonl"
    file.write_bytes(whole[:index] + bytes([byte]) + whole[index + 1 :])
    assert refused(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_chain_cut_anywhere_is_refused(handed: Handed, tmp_path: Path, data: st.DataObject) -> None:
    whole = handed.chain.read_bytes()
    file = tmp_path / "coupée.jsonl"
    file.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    assert refused(file)


def forged(handed: Handed, file: Path, alter: Callable[[Lines], None]) -> Path:
    """A chain altered by someone who makes its counts and its last line anew."""
    *lines, _ = map(json.loads, handed.chain.read_text("utf-8").splitlines())
    alter(lines)
    text = "".join(f"{verifier.spelt(each)}\n" for each in lines)
    end = {"end": lines[0]["commits"], "sha256": hashlib.sha256(text.encode()).hexdigest()}
    file.write_text(f"{text}{verifier.spelt(end)}\n", "utf-8")
    return file


def replaced(lines: Lines, row: int, /, **values: Any) -> None:
    lines[row] |= values


def recomputed(lines: Lines, at: int) -> None:
    """Another author, its digest and those after it made anew: the whole agrees with itself."""
    lines[at]["author"] = "0" * 32
    for number in range(at, len(lines)):
        commit = lines[number]
        if number > at:
            commit["previous"] = lines[number - 1]["digest"]
        header = [2, number, commit["at"], commit["author"], commit["source"], len(commit["changes"])]
        digests = [verifier.digest_of(verifier.spelt([2, n, *each])) for n, each in enumerate(commit["changes"])]
        text = verifier.spelt([*header, commit["previous"], commit["private"]]) + "".join(digests)
        commit["digest"] = verifier.digest_of(text)
    lines[0]["digest"] = lines[-1]["digest"]


def without(lines: Lines, at: int) -> None:
    del lines[at]
    lines[0]["commits"] -= 1


FORGERIES: dict[str, tuple[Callable[[Lines], None], str]] = {
    "un auteur": (lambda lines: replaced(lines, 2, author="0" * 32), "L'acte 2 a été altéré : son empreinte"),
    "un instant": (lambda lines: replaced(lines, 2, at="2020-01-01T00:00:00.000000+00:00"), "L'acte 2 a été altéré"),
    "une source": (lambda lines: replaced(lines, 1, source="import"), "L'acte 1 a été altéré"),
    "une seconde partie": (lambda lines: replaced(lines, 3, private="a" * 64), "L'acte 3 a été altéré"),
    "une empreinte": (lambda lines: replaced(lines, 2, digest="a" * 64), "L'acte 2 a été altéré"),
    "un maillon": (lambda lines: replaced(lines, 3, previous="a" * 64), "L'acte 3 a été altéré"),
    "une fiche": (lambda lines: lines[1]["changes"][0].__setitem__(1, "o2"), "L'acte 1 a été altéré"),
    "un contenu": (lambda lines: lines[4]["changes"][0].__setitem__(7, "a" * 64), "L'acte 4 a été altéré"),
    "un changement ôté": (lambda lines: lines[1]["changes"].clear(), "L'acte 1 a été altéré"),
    "un acte ôté": (lambda lines: without(lines, 2), "L'acte 2 manque, ou n'est pas à sa place"),
    "un acte changé de place": (lambda lines: lines.insert(2, lines.pop(3)), "L'acte 2 manque"),
    "la fin ôtée": (lambda lines: without(lines, 4), "L'empreinte annoncée en tête"),
    "un acte de plus": (lambda lines: lines.append(lines[4]), "La chaîne annonce 4 actes et ne finit pas là"),
    "une version plus basse": (
        lambda lines: lines.__setitem__(
            3, {**{name: lines[3][name] for name in verifier._OLD}, "version": 1, "changes": []}
        ),
        "L'acte 3 a été altéré : il est d'une version",
    ),
    "une version à venir": (lambda lines: replaced(lines, 2, version=3), "L'acte 2 a été altéré"),
    "un nombre pour un texte": (lambda lines: replaced(lines, 2, author=7), "sa ligne n'est pas écrite"),
    "un champ de plus": (lambda lines: replaced(lines, 2, note="x"), "sa ligne n'est pas écrite"),
    "un acte qui n'en est pas un": (lambda lines: lines.__setitem__(2, [1]), "sa ligne n'est pas écrite"),  # type: ignore[call-overload]
    "l'annonce": (lambda lines: replaced(lines, 0, digest="a" * 64), "L'empreinte annoncée en tête"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_a_forger_changes_is_named(handed: Handed, tmp_path: Path, name: str) -> None:
    alter, said = FORGERIES[name]
    assert said in refused(forged(handed, tmp_path / "forgée.jsonl", alter))


def test_a_chain_made_anew_agrees_with_itself_and_not_with_a_receipt(handed: Handed, tmp_path: Path) -> None:
    file = forged(handed, tmp_path / "refaite.jsonl", lambda lines: recomputed(lines, 2))
    assert judged(file).status == 0, "nothing but a receipt can tell"
    assert "L'acte 3 n'est pas celui du reçu" in refused(file, handed.receipt)
    later = forged(handed, tmp_path / "suite.jsonl", lambda lines: recomputed(lines, 4))
    assert judged(later, handed.receipt).status == 0, "the receipt says nothing of what comes after it"


def test_a_chain_of_another_name_is_not_the_receipts(handed: Handed, tmp_path: Path) -> None:
    file = forged(handed, tmp_path / "autre.jsonl", lambda lines: replaced(lines, 0, dataset="0" * 32))
    assert "celui d'un autre réseau" in refused(file, handed.receipt)


BAD = {
    "vide": b"",
    "du texte": "Réseau 28\n".encode(),
    "du JSON qui n'est pas une chaîne": b'{"reseau28_chain":2}\n',
    "un tableau": b"[]\n",
    "octets": bytes(range(256)),
    "UTF-16": "{}\n".encode("utf-16"),
    "sans fin": b"[" * 200_000,
    "zéros": b"\x00" * 5000,
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_chain_is_said(tmp_path: Path, name: str) -> None:
    file = tmp_path / "fichier"
    file.write_bytes(BAD[name])
    assert "n'est pas une chaîne de Réseau 28" in refused(file)


LINES = {
    "profond": b'{"number":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "deux fois": b'{"number":1,"number":1}',
    "démesuré": b'{"number":' + b"9" * 6000 + b"}",
    "pas un nombre": b'{"number":NaN}',
    "infini": b'{"number":1e999}',
    "demi-paire": b'{"number":1,"at":"\\ud800"}',
    "vide": b"",
    "tronqué": b'{"number":1',
    "octets": b"\xff\xfe",
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_that_is_none_is_one_sentence(handed: Handed, tmp_path: Path, name: str) -> None:
    title, first, *rest = handed.chain.read_bytes().splitlines()
    file = tmp_path / "abîmée.jsonl"
    file.write_bytes(b"\n".join([title, LINES[name], *rest, b""]))
    assert refused(file) == "L'acte 1 a été altéré : sa ligne n'est pas écrite comme Réseau 28 l'écrit."
    changed = first.replace(b'"o1"', b'"\\ud800"')
    assert changed != first
    file.write_bytes(b"\n".join([title, changed, *rest, b""]))
    assert refused(file) == "L'acte 1 a été altéré : sa ligne n'est pas écrite comme Réseau 28 l'écrit."


def test_what_a_tool_did_to_the_whole_file_is_said(handed: Handed, tmp_path: Path) -> None:
    file, whole = tmp_path / "réécrite.jsonl", handed.chain.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + whole)
    assert "marque d'ordre (BOM)" in refused(file)
    file.write_bytes(whole.replace(b"\n", b"\r\n"))
    assert "fins de ligne de Windows (CRLF)" in refused(file)
    file.write_bytes(whole + b"note\n")
    assert "Des lignes suivent la fin" in refused(file)
    for ending in (b"\n", b"\n\r\n"):  # an editor's: nothing is said by an empty line
        file.write_bytes(whole + ending)
        assert judged(file).status == 0


def test_files_that_cannot_be_read_are_said(handed: Handed, tmp_path: Path) -> None:
    assert "introuvable" in refused(tmp_path / "absente.jsonl")
    assert "c'est un dossier" in refused(tmp_path)
    assert "introuvable" in refused(handed.chain, tmp_path / "absent.json")
    assert "n'est pas un reçu" in refused(handed.chain, handed.chain)


def test_a_retouched_receipt_is_said_and_what_is_told_besides_is_covered(handed: Handed, tmp_path: Path) -> None:
    content, file = json.loads(handed.receipt.read_text("utf-8")), tmp_path / "reçu.json"
    file.write_text(json.dumps({**content, "receipt": {**content["receipt"], "nodes": 9}}), "utf-8")
    assert "abîmé ou retouché" in refused(handed.chain, file)
    more = {**content["receipt"], "access": {"count": 3, "digest": "a" * 64}, "note": "x"}
    file.write_text(json.dumps({**content, "receipt": more}), "utf-8")
    assert "abîmé ou retouché" in refused(handed.chain, file)
    file.write_text(
        json.dumps({**content, "receipt": more, "check": verifier.digest_of(verifier.spelt(more))}), "utf-8"
    )
    assert judged(handed.chain, file).status == 0
    counted = {**content["receipt"], "nodes": 9}
    check = verifier.digest_of(verifier.spelt(counted))
    file.write_text(json.dumps({**content, "receipt": counted, "check": check}), "utf-8")
    assert "compte 9 fiches" in refused(handed.chain, file)


@pytest.mark.parametrize(
    "at",
    ["", "hier", "2026-11-20", "2026-11-20T09:30:00", "2026-02-31T09:30:00Z", "2026-11-20T25:30:00Z", "1764000000",
     "2026-11-20T09:30:00+01:00",     "2026-11-20T09:30:00Z\n", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
     "٢026-11-20T09:30:00Z"],
)  # fmt: skip
def test_a_receipt_made_anew_with_an_instant_that_is_none_is_refused_by_both(
    handed: Handed, tmp_path: Path, at: str
) -> None:
    content, file = json.loads(handed.receipt.read_text("utf-8")), tmp_path / "reçu.json"
    odd = {**content["receipt"], "at": at}
    check = verifier.digest_of(verifier.spelt(odd))
    file.write_text(json.dumps({**content, "receipt": odd, "check": check}), "utf-8")
    assert "abîmé" in refused(handed.chain, file)
    with pytest.raises(InputError, match="abîmé"):
        receipts.read(file)


def test_a_receipt_of_a_later_version_asks_for_it_where_this_software_reads_it(handed: Handed, tmp_path: Path) -> None:
    content, file = json.loads(handed.receipt.read_text("utf-8")), tmp_path / "reçu.json"
    file.write_text(json.dumps({**content, "reseau28_receipt": 2, "other": {}}), "utf-8")
    assert "n'est pas un reçu de Réseau 28, ou il est abîmé" in refused(handed.chain, file)
    with pytest.raises(InputError, match="version plus récente"):
        receipts.read(file)


def test_a_receipt_from_before_the_act_that_it_attests_is_said(handed: Handed, tmp_path: Path) -> None:
    before = receipts.read(handed.receipt).model_copy(update={"at": datetime(2020, 1, 1, tzinfo=UTC)})
    receipts.write(before, tmp_path / "reçu.json")
    assert "bien que cet acte soit d'après lui" in judged(handed.chain, tmp_path / "reçu.json").out
    assert "bien que" not in judged(handed.chain, handed.receipt).out


def test_a_receipt_that_goes_beyond_the_chain_is_said(handed: Handed, tmp_path: Path) -> None:
    title = json.loads(handed.chain.read_text("utf-8").splitlines()[0])
    receipts.write(made(dataset=title["dataset"], number=9), tmp_path / "reçu.json")
    assert "atteste 9 actes, et la chaîne s'arrête au n° 4" in refused(handed.chain, tmp_path / "reçu.json")


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_who_asks_for_help_is_told_the_usage(word: str) -> None:
    said = invoked([word])
    assert (said.status, said.err) == (0, "")
    assert "Usage : python verificateur.py CHAINE" in said.out


@pytest.mark.timeout(20)
def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(handed: Handed, tmp_path: Path) -> None:
    pipe, link = tmp_path / "tube", tmp_path / "lien.json"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    for odd in (pipe, link):
        for said in (judged(odd), judged(handed.chain, odd), judged(handed.chain, None, [odd])):
            assert (said.status, said.out) == (2, "")
            assert "ce n'est pas un fichier ordinaire" in said.err


def test_each_of_several_receipts_is_held_against_the_chain(handed: Handed, tmp_path: Path) -> None:
    title = json.loads(handed.chain.read_text("utf-8").splitlines()[0])
    last = made(dataset=title["dataset"], number=4, digest=title["digest"], nodes=2, links=1)
    receipts.write(last, tmp_path / "reçu.json")
    words = [str(handed.chain), "--receipt", str(handed.receipt), "--receipt", str(tmp_path / "reçu.json")]
    said = invoked(words)
    assert (said.status, said.err) == (0, "")
    assert [f"(acte {number})" in said.out for number in (3, 4)] == [True, True]
    receipts.write(made(dataset=title["dataset"], number=9), tmp_path / "au-delà.json")
    assert invoked([*words, "--receipt", str(tmp_path / "au-delà.json")]).status == 1


def test_a_fact_of_no_record_is_refused(handed: Handed, tmp_path: Path) -> None:
    fact = {"reseau28_fact": 1, "dataset": "a" * 32, "anchor": None, "records": []}
    (tmp_path / "fait.json").write_text(json.dumps(fact), "utf-8")
    said = judged(handed.chain, None, [tmp_path / "fait.json"])
    assert (said.status, said.out) == (2, "")
    assert "un fait sans aucune fiche" in said.err


def test_a_receipt_that_an_editor_kept_with_a_mark_is_read(handed: Handed, tmp_path: Path) -> None:
    file = tmp_path / "reçu.json"
    file.write_bytes(b"\xef\xbb\xbf" + handed.receipt.read_bytes().replace(b"\n", b"\r\n"))
    assert judged(handed.chain, file).status == 0


@pytest.mark.parametrize("words", [[], ["a", "b"], ["a", "--receipt"], ["a", "--autre"], ["--fact", "a"]])
def test_a_command_that_is_not_written_so_is_said(words: list[str]) -> None:
    said = invoked(words)
    assert (said.status, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert "Commande mal écrite. Usage : python verificateur.py CHAINE" in said.err
