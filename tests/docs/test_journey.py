"""The journeys of ``docs/journey.md`` are really made, and the functions that it names are called, in its order."""

import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from streamlit.testing.v1 import AppTest

from crm.network import Network
from importers.run import run
from tests.docs.pages import ROOT
from tests.ui.application import opened, words
from tests.ui.screens.conftest import network as network
from tests.ui.screens.conftest import partner

PAGE = (ROOT / "docs" / "journey.md").read_text(encoding="utf-8")
STEP = re.compile(r"^\d+\. .*?\[`([\w.]+)`\]\(\.\./([\w./]+)\)", re.MULTILINE)
IN_BROWSER = re.compile(r"\[`(\w+)`\]\(\.\./([\w./]+\.js)\)")


class Step(NamedTuple):
    """A function and its module."""

    function: str
    module: str


def steps(heading: str) -> list[Step]:
    """Those of one journey."""
    (part,) = (part for part in PAGE.split("\n## ") if part.startswith(heading))
    return [Step(*found) for found in STEP.findall(part)]


@contextmanager
def calls() -> Iterator[list[Step]]:
    """What is called of our modules meanwhile, in this thread and those that it starts, in order."""
    made: list[Step] = []
    here = f"{ROOT}/"

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(here):
            made.append(Step(code.co_qualname, code.co_filename.removeprefix(here)))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield made
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def missed(journey: list[Step], made: list[Step]) -> list[Step]:
    """From which step on the journey was not made in its order; nothing where it was made whole."""
    rest, ahead = iter(made), list(journey)
    while ahead and any(call == ahead[0] for call in rest):
        ahead.pop(0)
    return ahead


def chosen(app: AppTest, id: str) -> AppTest:
    """Choose a node, as the canvas of a browser says it."""
    (told,) = (each.proto for each in app.get("bidi_component") if '"arrangement"' in (each.proto.json or ""))
    event = {"seq": 1, "kind": "select", "nodes": [id], "link": ""}
    said = {"queue": [event], "session": json.loads(told.json)["session"], "digest": ""}
    states = app._tree.get_widget_states()
    states.widgets.add(id=told.id, json_value=json.dumps({"said": said}))
    return app._run(states)


def test_a_field_goes_from_the_form_to_the_journal(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    with calls() as made:
        app = opened("partenaires", fiche=id, faire="modifier")
        app.text_input(key=f"edit-{id}-name").input("Garage Modèle")
        app.button(key=f"save-edit-{id}").click().run()
    assert missed(steps("A field"), made) == []
    assert network.read(lambda tx: tx.get([id]))[id].values["name"] == "Garage Modèle"


def test_a_row_goes_from_the_file_to_the_commit(network: Network, tmp_path: Path) -> None:
    file = tmp_path / "partenaires.csv"
    file.write_text("Partenaire;Ville\nGarage Fictif;Lens\n", encoding="utf-8")
    with calls() as made:
        assert run(network, [file]).created == 1
    assert missed(steps("A row"), made) == []


def test_a_click_goes_from_the_canvas_to_the_sheet(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    for function, module in IN_BROWSER.findall(PAGE):
        text = (ROOT / module).read_text(encoding="utf-8")
        assert re.search(rf"^(?:function |  ){function}\(", text, re.MULTILINE), module
    app = opened("reseau", autour=id)
    with calls() as made:
        app = chosen(app, id)
        assert "Ouvrir la fiche" in words(app)
        assert app.query_params["fiche"] == id
        opened("partenaires", fiche=id)
    assert missed(steps("A click"), made) == []


def test_a_step_that_is_not_taken_is_noticed() -> None:
    here, there = Step("f", "crm/a.py"), Step("g", "crm/b.py")
    assert missed([here, there], [there, here]) == [there]
