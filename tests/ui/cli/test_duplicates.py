"""Duplicates on the command line: listed with why, merged with a choice by field, split again."""

from pathlib import Path

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import exchanges, organisations
from crm.store import open_store
from tests.ui.cli.conftest import ON
from tests.ui.cli.invocation import Reseau28


@pytest.fixture
def twice(partners_file: Path) -> tuple[Path, str, str]:
    """The three partners, and the garage once more, a letter apart; their file, the two ids."""
    store = open_store(str(partners_file))
    network = Network(store, Actor("C. Exemple", Role.ADMIN))
    rows = network.read(lambda tx: list(tx.rows("Organisation", ("name",))))
    (kept,) = (id for id, name in rows if name == "Garage Fictif")
    values = {"name": "Garage Fictiff", "postal_code": "62300", "city": "Lens", "owner": "D. Exemple", "note": "Deux"}
    other = organisations.create(network, values).value
    exchanges.log(network, [other], on=ON, subject="Deux places")
    store.close()
    return partners_file, str(kept), other


def test_pairs_are_listed_with_why(reseau28: Reseau28, twice: tuple[Path, str, str]) -> None:
    store, kept, other = twice
    assert reseau28("--store", store, "duplicates", "--json").json == {"items": [], "total": 0}
    assert reseau28("--store", store, "duplicates").out == "Aucun doublon trouvé.\n"
    found = reseau28("--store", store, "duplicates", "--scan", "--json").json
    (pair,) = found["items"]
    assert ({pair["one"]["id"], pair["other"]["id"]}, pair["strength"]) == ({kept, other}, "large")
    assert pair["reasons"] == ["même nom à une lettre", "même commune"]
    assert "même nom à une lettre, même commune" in reseau28("--store", store, "duplicates", "--scan").out


def test_two_records_are_merged_and_split(reseau28: Reseau28, twice: tuple[Path, str, str]) -> None:
    store, kept, other = twice
    done = reseau28("--store", store, "merge", kept, other, "--take", "owner", "--json")
    assert (done.status, done.json["kept"], done.json["moved"]) == (0, kept, 1)
    assert "name" in done.json["differing"]
    assert "owner" not in done.json["differing"]
    shown = reseau28("--store", store, "show", other, "--json").json
    assert (shown["id"], shown["values"]["owner"], shown["values"]["note"]) == (kept, "D. Exemple", "Deux")
    back = reseau28("--store", store, "split", other, "--json")
    assert (back.status, back.json["other"], back.json["since"]) == (0, other, [])
    assert reseau28("--store", store, "show", other, "--json").json["id"] == other
    assert reseau28("--store", store, "verify").status == 0


def test_what_is_kept_is_said_with_how_to_choose_otherwise(reseau28: Reseau28, twice: tuple[Path, str, str]) -> None:
    store, kept, other = twice
    out = reseau28("--store", store, "merge", kept, other).out
    assert "Suivi par : « C. Exemple » gardé, non « D. Exemple » (--take owner)" in out
    assert f"reseau28 split {other}" in out


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["merge", "{kept}", "{kept}"], 3, "invalid"),
        (["merge", "{kept}", "rien"], 3, "not_found"),
        (["merge", "{kept}", "{other}", "--take", "phone"], 3, "invalid"),
        (["split", "rien"], 3, "not_found"),
        (["split", "1"], 3, "not_found"),
    ],
)
def test_what_cannot_be_is_refused(
    reseau28: Reseau28, twice: tuple[Path, str, str], words: list[str], status: int, code: str
) -> None:
    store, kept, other = twice
    given = [each.format(kept=kept, other=other) for each in words]
    result = reseau28("--store", store, *given, "--json")
    assert (result.status, result.json["error"]["code"]) == (status, code)


def test_a_merge_is_split_once(reseau28: Reseau28, twice: tuple[Path, str, str]) -> None:
    store, kept, other = twice
    reseau28("--store", store, "merge", kept, other)
    assert reseau28("--store", store, "split", kept).status == 0
    result = reseau28("--store", store, "split", kept, "--json")
    assert (result.status, result.json["error"]["family"]) == (4, "conflict")
