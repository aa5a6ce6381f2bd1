"""Which role may do what: each right is asked for by the code, or said to be ahead of it."""

import re
from pathlib import Path

import pytest

import crm
from crm.errors import Forbidden
from crm.ledger.redaction import redact
from crm.network import Network, rights
from crm.network.rights import AHEAD, Actor, Right, Role
from crm.records import engagements, register
from crm.records.register import FirstTie

ROOT = Path(crm.__file__).parents[1]
WITHOUT = frozenset(Right) - {Right.VALIDATE}


@pytest.mark.parametrize("right", list(Right), ids=lambda right: right.name)
def test_a_right_is_asked_for_somewhere_unless_it_is_ahead_of_its_screens(right: Right) -> None:
    modules = [path for room in ("crm", "ui", "importers") for path in (ROOT / room).rglob("*.py")]
    code = "".join(path.read_text("utf-8") for path in modules if path.name != "rights.py")
    asked = re.search(rf"\bRight\.{right.name}\b", code)
    assert bool(asked) is (right not in AHEAD), right


def test_a_role_has_all_that_one_below_it_has() -> None:
    def held(role: Role) -> set[Right]:
        return {right for right in Right if Actor("", role).may(right)}

    assert held(Role.READER) < held(Role.AUDITOR) < held(Role.MANAGER) < held(Role.ADMIN) == set(Right)
    assert not held(Role.AUDITOR) & {Right.EDIT, Right.IMPORT, Right.VALIDATE, Right.CIRCULATE, Right.ERASE}
    assert not held(Role.MANAGER) & {Right.ERASE, Right.ACCOUNTS, Right.ADMIN}


def minutes(network: Network, **values: str) -> str:
    committee = register.create(network, "Committee", {"name": "Comité BTP"}).value
    held = {"title": "Séance", "held_on": "2026-03-12"}
    meeting = register.create(network, "Meeting", held, [FirstTie("MeetingOf", committee)]).value
    return register.create(network, "Minutes", {"title": "CR", **values}, [FirstTie("MinutesOf", meeting)]).value


def test_minutes_are_validated_by_who_may_whatever_the_way(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = Network(network.store, Actor("G. Fictif", Role.MANAGER))
    validated = {"status": "valide"}
    id = minutes(editor)
    monkeypatch.setitem(rights._RIGHTS, Role.MANAGER, WITHOUT)
    for attempt in (lambda: minutes(editor, **validated), lambda: engagements.edit(editor, id, validated, 1)):
        with pytest.raises(Forbidden, match="valider un compte rendu"):
            attempt()
    engagements.edit(editor, id, {"title": "CR de mars"}, 1)
    engagements.edit(network, id, validated, 2)
    engagements.edit(editor, id, {"title": "CR du 12 mars"}, 3)  # validated already, by who may


def test_nobody_but_an_administrator_erases(network: Network) -> None:
    minutes(network)
    for role in (Role.MANAGER, Role.AUDITOR, Role.READER):
        with pytest.raises(Forbidden, match="effacer des données"):
            redact(Network(network.store, Actor("T. Fictif", role)), 1)
