"""A fact proves what a record was against a chain and an earlier receipt, and whatever is altered in it is said."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.errors import Forbidden, InputError, NotFound
from crm.ledger import chain, facts, receipts, verifier
from crm.ledger.redaction import redact
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from tests.crm.sealed import Said, judged

Document = dict[str, Any]


class Handed(NamedTuple):
    """A chain, the receipt of its third commit, and the fact of an organisation and its link."""

    network: Network
    chain: Path
    receipt: Path
    fact: Path

    def judged(self, fact: Path | None = None) -> Said:
        return judged(self.chain, self.receipt, [fact or self.fact])

    def altered(self, alter: Callable[[Document], None]) -> Said:
        """What is said of the fact once it was altered."""
        document = json.loads(self.fact.read_text("utf-8"))
        alter(document)
        file = self.fact.with_name("altéré.json")
        file.write_text(json.dumps(document), "utf-8")
        return self.judged(file)


def lived(network: Network) -> None:
    """Three commits that a receipt will attest."""
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="o1"))

    def arrival(unit: UnitOfWork) -> None:
        unit.create("Person", {"family_name": "Exemple"}, id="p1")
        unit.connect("WorksFor", "p1", "o1", {"role": "tutrice"}, id="w1")

    network.commit("Arrivée", arrival)
    network.commit("Retouche", lambda unit: unit.update("o1", {"city": "Lens", "tags": ["a", "« b »"]}))


@pytest.fixture
def handed(either: Network, tmp_path: Path) -> Handed:
    lived(either)
    receipts.write(receipts.issue(either), tmp_path / "reçu.json")
    either.commit("Retouche", lambda unit: unit.update("o1", {"city": None, "name": "Garage Exemple"}))
    chain.write(either, tmp_path / "chaîne.jsonl")
    told = facts.write(either, ["o1"], tmp_path / "fait.json", links=True)
    assert told == (2, 4, 0, 0)
    return Handed(either, tmp_path / "chaîne.jsonl", tmp_path / "reçu.json", tmp_path / "fait.json")


def test_a_mark_that_an_editor_put_before_a_fact_is_passed_over(handed: Handed) -> None:
    handed.fact.write_bytes(b"\xef\xbb\xbf" + handed.fact.read_bytes().replace(b"\n", b"\r\n"))
    assert handed.judged().status == 0


def test_a_fact_is_proven_and_said_to_be_of_before_or_after_the_receipt(handed: Handed) -> None:
    said = handed.judged()
    assert said.status == 0
    assert "L'acte 1 nomme bien ce réseau." in said.out
    assert "Fiche o1 (Organisation)" in said.out
    assert 'name : "Garage Fictif" → "Garage Exemple"' in said.out
    assert ", de p1 à o1" in said.out
    assert [line.strip() for line in said.lines if "prouvé" in line] == [
        "prouvé, attesté par le reçu", "prouvé, attesté par le reçu", "prouvé, après le reçu",
        "prouvé, attesté par le reçu",
    ]  # fmt: skip
    assert stat.S_IMODE(handed.fact.stat().st_mode) == 0o600


def step(document: Document, record: int = 0, at: int = 0) -> Document:
    found: Document = document["records"][record]["changes"][at]
    return found


def of_another(document: Document) -> None:
    document["records"][0]["id"] = "p1"


def without_the_middle(document: Document) -> None:
    del document["records"][0]["changes"][1]


def emptied(document: Document) -> None:
    step(document)["salt"], step(document)["after"] = "", None


ALTERED: dict[str, tuple[Callable[[Document], None], str]] = {
    "une valeur": (lambda it: step(it).update(after='{"name":"Garage Truqué"}'), "n'est pas celui de la chaîne"),
    "un sel": (lambda it: step(it).update(salt="0" * 32), "n'est pas celui de la chaîne"),
    "une autre écriture": (lambda it: step(it).update(after='{"name": "Garage Fictif"}'), "n'est pas écrit comme"),
    "un acte": (lambda it: step(it).update(action="update"), "n'est pas celui de la chaîne"),
    "un numéro": (lambda it: step(it, 1).update(commit=1), "n'est pas celui de la chaîne"),
    "une révision": (lambda it: step(it).update(revision=2), "n'est pas celui de la chaîne"),
    "un état": (lambda it: step(it).update(state="a" * 64), "n'est pas celui de la chaîne"),
    "un bout de lien": (lambda it: step(it, 1).update(target="o2"), "n'est pas celui de la chaîne"),
    "une fiche pour une autre": (of_another, "n'est pas celui de la chaîne"),
    "un type": (lambda it: it["records"][0].update(type="Person"), "n'est pas celui de la chaîne"),
    "un contenu tu": (emptied, "la chaîne ne dit pas qu'il fut effacé"),
    "un acte à venir": (lambda it: step(it, 0, 2).update(commit=9), "la chaîne s'arrête avant cet acte"),
    "un changement tu": (without_the_middle, "l'acte 3 l'a modifiée aussi, ce que ce fait tait"),
    "le premier tu": (lambda it: it["records"][0]["changes"].pop(0), "l'acte 1 l'a créée aussi"),
    "un autre réseau": (lambda it: it.update(dataset="0" * 32), "celui d'un autre réseau"),
    "l'acte qui nomme": (lambda it: it["anchor"].update(number=2), "n'est pas celui de ce fait"),
    "le nom du réseau": (lambda it: it["anchor"].update(detail='{"dataset":"x"}'), "n'est pas celui de ce fait"),
}


@pytest.mark.parametrize("name", ALTERED)
def test_what_is_altered_in_a_fact_is_said(handed: Handed, name: str) -> None:
    alter, words = ALTERED[name]
    said = handed.altered(alter)
    assert said.status == 1
    assert words in said.out
    assert "Traceback" not in said.err


BROKEN: dict[str, Callable[[Document], None]] = {
    "sans fiche": lambda it: it.update(records=None),
    "sans changement": lambda it: it["records"][0].update(changes=[]),
    "un champ de moins": lambda it: step(it).pop("salt"),
    "un champ d'un autre type": lambda it: step(it).update(commit="1"),
    "un nombre négatif": lambda it: step(it).update(commit=-1),
    "un booléen": lambda it: step(it).update(position=True),
    "deux fois": lambda it: it["records"][0]["changes"].insert(0, step(it)),
    "à l'envers": lambda it: it["records"][0]["changes"].reverse(),
    "une autre version": lambda it: it.update(reseau28_fact=2),
    "un démesuré": lambda it: step(it).update(commit=10**40),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_fact_is_one_sentence(handed: Handed, name: str) -> None:
    said = handed.altered(BROKEN[name])
    assert (said.status, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert " un fait" in said.err


@pytest.mark.parametrize("text", ['"\\ud800"', "[1]", "[" * 10_000, "{", '{"a":1,"a":2}', '{"a":NaN}', ""])
def test_a_content_that_is_none_is_one_line(handed: Handed, text: str) -> None:
    said = handed.altered(lambda it: step(it).update(after=text))
    assert said.status == 1
    assert "CONTREDIT : ce changement n'est pas" in said.out


def test_what_came_after_the_fact_is_shown_by_a_later_chain(handed: Handed, tmp_path: Path) -> None:
    handed.network.commit("Suppression", lambda unit: unit.delete(["o1"]))
    chain.write(handed.network, tmp_path / "suite.jsonl")
    said = judged(tmp_path / "suite.jsonl", handed.receipt, [handed.fact])
    assert said.status == 0
    assert "depuis, supprimée par l'acte 5, ce que ce fait ne dit pas" in said.out


def test_what_was_redacted_is_said_and_the_rest_still_proven(handed: Handed, tmp_path: Path) -> None:
    redact(handed.network, 1, 0, keep_current=True)
    redact(handed.network, 3, 0, keep_current=True)
    redact(handed.network, 4, 0, keep_current=True)
    chain.write(handed.network, tmp_path / "suite.jsonl")
    assert facts.write(handed.network, ["o1"], tmp_path / "effacé.json") == (1, 6, 3, 0)
    said = judged(tmp_path / "suite.jsonl", handed.receipt, [tmp_path / "effacé.json"])
    assert said.status == 0
    assert said.out.count("contenu effacé du journal ; l'acte est prouvé, attesté par le reçu") == 2
    assert 'name : "Garage Exemple"' in said.out
    assert "Lens" not in said.out
    assert "Garage Fictif" not in said.out


def test_a_deletion_and_a_return_are_proven(network: Network, tmp_path: Path) -> None:
    lived(network)
    network.commit("Suppression", lambda unit: unit.delete(["o1"]))
    network.commit("Retour", lambda unit: unit.create("Organisation", {"name": "Garage Exemple"}, id="o1", revision=4))
    chain.write(network, tmp_path / "chaîne.jsonl")
    facts.write(network, ["o1", "w1"], tmp_path / "fait.json")
    said = judged(tmp_path / "chaîne.jsonl", None, [tmp_path / "fait.json"])
    assert said.status == 0
    assert said.out.count(" : supprimée") == 2


def test_numbers_that_are_no_integers_are_digested_as_they_are_kept(network: Network, tmp_path: Path) -> None:
    numbers = (1e16, 1e-7, 0.1, 1.0, -2.5e300)
    for number in numbers:
        assert verifier.spelt(verifier.parsed(facts._text({"x": number}).encode())) == facts._text({"x": number})  # type: ignore[union-attr]


def test_no_view_is_ever_handed_and_nobody_learns_that_there_is_one(network: Network, tmp_path: Path) -> None:
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="o1"))
    view = views.save(network, "Cible confidentielle", CanvasState(starts=("o1",)), {}).value
    said = set()
    for id in (view, "absente"):
        with pytest.raises(NotFound) as refused:
            facts.write(network, [id], tmp_path / "fait.json")
        said.add(str(refused.value).replace(id, "…"))
    assert len(said) == 1
    assert not (tmp_path / "fait.json").exists()


def test_who_may_read_the_journal_hands_facts_and_nothing_is_replaced(handed: Handed, tmp_path: Path) -> None:
    facts.write(Network(handed.network.store, Actor("A. Fictif", Role.AUDITOR)), ["o1"], tmp_path / "autre.json")
    with pytest.raises(Forbidden):
        facts.write(Network(handed.network.store, Actor("L. Fictif", Role.READER)), ["o1"], tmp_path / "rien.json")
    with pytest.raises(InputError, match="existe déjà"):
        facts.write(handed.network, ["o1"], handed.fact)
    with pytest.raises(InputError, match="1 à 200"):
        facts.write(handed.network, [], tmp_path / "rien.json")
    assert not (tmp_path / "rien.json").exists()
