"""Whatever people enter is corrected and removed from its own sheet, and says there all that was said of it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.quick_log import save, tell
from crm.records import engagements, exchanges, links
from graph_schema.declaration import Trait
from graph_schema.exchanges import Channel
from graph_schema.records import NodeRecord, Value
from graph_schema.registry import SCHEMA
from graph_schema.types import Field, Shape
from graph_schema.vocabularies import Purpose
from tests.ui.application import errors, offered, opened, words
from tests.ui.screens.conftest import TODAY, ago, contact, partner
from ui import forms

ENTERED = SCHEMA.having(Trait.ENTERED)
NOT_ENTERED = sorted(SCHEMA.nodes.keys() - set(ENTERED))


def value(field: Field) -> Value:
    """A value that the field takes."""
    match field.shape:
        case Shape.CHOICE:
            return next(iter(field.vocabulary or ())).value
        case Shape.DATE:
            return "2026-03-12"
        case _:
            return "Exemple"


def test_what_a_sentence_left_open_is_settled_on_the_sheet_of_its_exchange(network: Network) -> None:
    partner(network, "Garage Exemple")
    id = save(network, tell(network, "vu M. Quidam du Garage Exemple hier", TODAY)).value
    app = opened("partenaires", fiche=id)
    assert "Qui est « M. Quidam » ?" in words(app)
    app.button(key=f"aside-{id}-M. Quidam").click().run()
    assert errors(app) == []
    assert "Qui est « M. Quidam »" not in words(app)
    assert "Reste à préciser" not in words(app)


def record(network: Network, id: str) -> NodeRecord | None:
    """The record as it is now."""
    return network.read(lambda tx: tx.get([id])).get(id)


def keys(app: AppTest) -> list[str]:
    """The keys of the buttons on screen."""
    return [str(each.key) for each in app.button]


@pytest.fixture
def each_type(network: Network) -> Network:
    """One record of each type, its id the name of its type."""

    def work(unit: UnitOfWork) -> None:
        for name, type in SCHEMA.nodes.items():
            required = {f.name: value(f) for f in type.fields.values() if f.required}
            own = {"author": network.actor.name} if name == "View" else {}  # nobody writes the view of another
            unit.create(name, required | own, id=name)

    network.commit("Saisie", work)
    return network


def test_who_enters_what_is_declared() -> None:
    assert NOT_ENTERED == ["Provider", "Territory", "View"]


@pytest.mark.parametrize("type", ENTERED)
def test_what_people_enter_is_corrected_on_its_sheet_and_that_is_undone(each_type: Network, type: str) -> None:
    app = opened("partenaires", fiche=type)
    for act in ("faire=modifier", "faire=lien", "faire=supprimer"):
        assert act in words(app)
    assert "Rien de plus n" not in words(app)
    app = opened("partenaires", fiche=type, faire="modifier")
    shown = {str(each.key) for each in (*app.text_input, *app.text_area, *app.selectbox, *app.date_input,
                                        *app.multiselect, *app.number_input)}  # fmt: skip
    assert {f"edit-{type}-{field.name}" for field in forms.editable(SCHEMA.nodes[type])} <= shown
    before = record(each_type, type)
    _change(app, type)
    app.button(key=f"save-edit-{type}").click().run()
    assert errors(app) == []
    assert (after := record(each_type, type)) is not None
    assert before is not None
    assert after.revision == before.revision + 1
    app.button(key="frame-undo").click().run()
    assert (back := record(each_type, type)) is not None
    assert back.values == before.values


def _change(app: AppTest, type: str) -> None:
    for field in forms.editable(SCHEMA.nodes[type]):
        key = f"edit-{type}-{field.name}"
        if field.shape is Shape.TEXT and field.vocabulary is None:
            for inputs in (app.text_area, app.text_input):
                if any(str(each.key) == key for each in inputs):
                    next(each for each in inputs if str(each.key) == key).input("Modifié")
                    return
    raise AssertionError(type)


@pytest.mark.parametrize("type", ENTERED)
def test_what_people_enter_is_removed_from_its_sheet_and_comes_back(each_type: Network, type: str) -> None:
    before = record(each_type, type)
    app = opened("partenaires", fiche=type, faire="supprimer")
    app.button(key="remove").click().run()
    assert errors(app) == []
    assert record(each_type, type) is None
    assert "fiche" not in app.query_params
    app.button(key="frame-undo").click().run()
    assert (back := record(each_type, type)) is not None
    assert before is not None
    assert back.values == before.values


@pytest.mark.parametrize("type", NOT_ENTERED)
def test_what_nobody_enters_has_no_such_door(each_type: Network, type: str) -> None:
    shown = words(opened("partenaires", fiche=type))
    doors = set(re.findall(rf"fiche={type}&amp;faire=(\w+)", shown))
    assert doors <= {"deposer"}  # our own sheet takes proofs
    assert "remove" not in keys(opened("partenaires", fiche=type, faire="supprimer"))


@pytest.fixture
def call(network: Network) -> dict[str, str]:
    """A call with a garage's tutor, and what it may have been about."""
    garage = partner(network, "Garage Exemple")
    tutor = contact(network, garage, "Exemple")

    def work(unit: UnitOfWork) -> None:
        unit.create("Programme", {"title": "CAP Exemple"}, id="Programme")
        unit.create("Agreement", {"subject": "Accueil d'alternants"}, id="Agreement")
        unit.create("Placement", {"kind": "stage", "learner": "APP-7", "starts_on": "2026-03-12"}, id="Placement")

    network.commit("Saisie", work)
    said = "Appelé Mme Exemple, elle prend deux apprentis"
    logged = exchanges.log(network, [garage], [tutor], on=ago(3), channel=Channel.CALL, said=said)
    return {"id": logged.value, "garage": garage, "tutor": tutor}


def test_a_logged_exchange_says_with_whom_about_what_and_in_which_words(network: Network, call: dict[str, str]) -> None:
    links.connect(network, "Concerns", call["id"], "Programme")
    engagements.edit(network, call["id"], {"purpose": [Purpose.HOSTING]}, 1)
    said = words(opened("partenaires", fiche=call["id"]))
    for each in ("Appelé Mme Exemple, elle prend deux apprentis", "Sens à préciser", "Garage Exemple", "Mme Exemple",
                 "porte sur", "CAP Exemple", "Accueil en entreprise"):  # fmt: skip
        assert each in said
    row = words(opened("partenaires", fiche=call["garage"], partie="echanges"))
    for each in ("elle prend deux apprentis", "porte sur", "CAP Exemple", "Accueil en entreprise",
                 f"faire=modifier&amp;cible={call['id']}"):  # fmt: skip
        assert each in row


@pytest.mark.parametrize(("type", "caption"), [("Programme", "CAP Exemple"), ("Agreement", "Accueil d'alternants"),
                                               ("Placement", "Stage APP-7")])  # fmt: skip
def test_what_an_exchange_was_about_is_said_taken_off_and_undone(
    network: Network, call: dict[str, str], type: str, caption: str
) -> None:
    app = opened("partenaires", fiche=call["id"], faire="lien")
    app.text_input(key="link-search").input(caption).run()
    way = app.selectbox(key=f"link-way-{type}")
    assert way.options == ["porte sur"]
    app.button(key="link-add").click().run()
    assert errors(app) == []
    assert [(link.type, link.target) for link in _subjects(network, call["id"])] == [("Concerns", type)]
    there = words(opened("partenaires", fiche=type))
    assert "A fait l'objet de" in there.replace("&#x27;", "'")
    assert "elle prend deux apprentis" in there
    app = opened("partenaires", fiche=call["id"], faire="lien")
    app.button(key=f"link-off-{_subjects(network, call['id'])[0].id}").click().run()
    assert _subjects(network, call["id"]) == []
    app.button(key="frame-undo").click().run()
    assert [link.target for link in _subjects(network, call["id"])] == [type]


def _subjects(network: Network, id: str) -> list[Any]:
    return network.read(lambda tx: tx.links_of([id], ["Concerns"]))


def test_who_took_part_is_taken_off_and_added(network: Network, call: dict[str, str]) -> None:
    (tie,) = (link for link in network.read(lambda tx: tx.links_of([call["id"]])) if link.target == call["tutor"])
    app = opened("partenaires", fiche=call["id"], faire="lien")
    app.button(key=f"link-off-{tie.id}").click().run()
    app.text_input(key="link-search").input("Mme Exemple").run()
    app.button(key="link-add").click().run()
    assert errors(app) == []
    involved = network.read(lambda tx: tx.links_of([call["id"]], ["Involves"]))
    assert {link.target for link in involved} == {call["garage"], call["tutor"]}


def test_a_logged_exchange_changed_by_two_is_settled_field_by_field(network: Network, call: dict[str, str]) -> None:
    app = opened("partenaires", fiche=call["id"], faire="modifier")
    app.text_area(key=f"edit-{call['id']}-note").input("Rappeler en janvier")
    other = Network(network.store, Actor("J. Fictif", Role.MANAGER))
    engagements.edit(other, call["id"], {"note": "Rappeler en mars"}, 1)
    app.button(key=f"save-edit-{call['id']}").click().run()
    assert offered(app.radio(key="conflict-note")) == [
        "Le vôtre : **Rappeler en janvier**", "Celui de J. Fictif : **Rappeler en mars**"
    ]  # fmt: skip


def test_an_exchange_is_not_moved_to_a_day_to_come(network: Network, call: dict[str, str]) -> None:
    app = opened("partenaires", fiche=call["id"], faire="modifier")
    app.date_input(key=f"edit-{call['id']}-on").set_value(TODAY + timedelta(days=5))
    app.button(key=f"save-edit-{call['id']}").click().run()
    assert "pas encore passé" in errors(app)[0]
    assert (kept := record(network, call["id"])) is not None
    assert kept.values["on"] == ago(3).isoformat()


def test_what_is_logged_without_a_channel_or_a_direction_is_shown_so(network: Network) -> None:
    garage = partner(network, "Garage Exemple")
    exchanges.log(network, [garage], on=date(2026, 3, 12))
    said = words(opened("partenaires", fiche=garage))
    assert "Canal non précisé" in said
    assert "Sens à préciser" in said
