"""The chain of a journal that an old build began: what can be told of version 1 is told, and no more."""

import hashlib
import json
import lzma
from contextlib import closing
from pathlib import Path

import pytest

from crm.ledger import chain, facts, receipts, verifier
from crm.network import Network
from crm.store import open_store
from crm.upkeep.migrate import migrate
from tests.crm.conftest import ADMIN
from tests.crm.sealed import judged
from tests.kept.test_kept import HERE, KEPT_COMMITS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Chain and receipt of the network as it was kept (« avant ») and once it was brought forward (« après »)."""
    folder = tmp_path_factory.mktemp("conservé")
    (folder / "réseau.db").write_bytes(lzma.decompress((HERE / "sqlite.db.xz").read_bytes()))
    with closing(open_store(str(folder / "réseau.db"), create=False, any_version=True)) as store:
        network = Network(store, ADMIN)
        for moment in ("avant", "après"):
            receipts.write(receipts.issue(network), folder / f"{moment}.recu.json")
            chain.write(network, folder / f"{moment}.jsonl")
            if moment == "avant":
                migrate(network)
    return folder


def test_a_chain_of_version_1_promises_nothing(folder: Path) -> None:
    said = judged(folder / "avant.jsonl", folder / "avant.recu.json")
    assert said.status == 0
    assert "ses actes sont de version 1 : sans leurs contenus, rien n'en est recalculé" in said.out
    assert "concorde avec la chaîne (acte 640), sans la prouver" in said.out
    assert "Complète" not in said.out


def test_from_the_first_commit_of_version_2_on_all_is_checked(folder: Path) -> None:
    said = judged(folder / "après.jsonl", folder / "après.recu.json")
    assert said.status == 0
    assert f"Chaîne intacte à partir de l'acte {KEPT_COMMITS + 1}" in said.out
    assert f"Seule celle de l'acte {KEPT_COMMITS} est confirmée, par l'acte {KEPT_COMMITS + 1}." in said.out
    assert "Complète jusqu'au reçu" in said.out


def test_the_last_digest_of_version_1_is_confirmed_by_what_follows(folder: Path, tmp_path: Path) -> None:
    *lines, _ = map(json.loads, (folder / "après.jsonl").read_text("utf-8").splitlines())
    lines[KEPT_COMMITS]["digest"] = "a" * 64
    text = "".join(f"{verifier.spelt(each)}\n" for each in lines)
    end = {"end": lines[0]["commits"], "sha256": hashlib.sha256(text.encode()).hexdigest()}
    file = tmp_path / "forgée.jsonl"
    file.write_text(f"{text}{verifier.spelt(end)}\n", "utf-8")
    said = judged(file)
    assert said.status == 1
    assert f"L'acte {KEPT_COMMITS + 1} ne suit pas celui qui le précède" in said.out


def test_no_author_nor_reason_of_version_1_is_in_the_chain(folder: Path) -> None:
    text = (folder / "après.jsonl").read_text("utf-8")
    with closing(open_store(str(folder / "réseau.db"))) as store:
        commits = store.read(lambda tx: tx.commits(limit=10_000))
    texts = {text for each in commits if each.version == 1 for text in (each.by, each.reason, each.source)}
    told = {text for text in texts if {" ", ":"} & {*text}}
    assert any(text.startswith("import:") for text in told), "sources held names of files"
    assert len(told) > 10
    assert not [each for each in told if each in text]


def test_a_fact_of_version_1_agrees_with_the_chain_and_is_not_proven(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "fait.json"
    with closing(open_store(str(folder / "réseau.db"))) as store:
        assert facts.write(Network(store, ADMIN), ["org-0001"], file).unproven == 1
    said = judged(folder / "après.jsonl", None, [file])
    assert said.status == 0
    assert f"L'acte {KEPT_COMMITS + 1} nomme bien ce réseau." in said.out
    assert "concorde avec la chaîne, sans être prouvé" in said.out
    document = json.loads(file.read_text("utf-8"))
    document["records"][0]["changes"][0]["after"] = '{"name":"Garage Truqué"}'
    file.write_text(json.dumps(document), "utf-8")
    assert "ce changement n'est pas celui de la chaîne" in judged(folder / "après.jsonl", None, [file]).out
    document["records"][0]["changes"][0] |= {"after": None, "salt": ""}
    file.write_text(json.dumps(document), "utf-8")
    assert "la chaîne ne dit pas qu'il fut effacé" in judged(folder / "après.jsonl", None, [file]).out
