"""The palette finds the same, and « Consigner » understands and logs the same, whatever keeps the network."""

from streamlit.testing.v1 import AppTest

from crm.network import Network
from tests.ui.application import errors, opened, sent, trigger, words
from tests.ui.screens.both_stores.stores import everything, on_both_stores


def told(app: AppTest, name: str) -> str:
    """What the component that has this in its data was told."""
    (found,) = (each for each in sent(app) if name in each)
    return str(found)


@on_both_stores
def test_the_palette_finds_the_same_records_and_commands(network: Network) -> list[str]:
    app = opened("partenaires", fiche="org-0001")
    found = []
    for typed in ("club", "exemple", "hotel bon", "danielle", "convention", "cons", "mme exemple", "000", "*", "l'"):
        app.session_state["search"] = {"query": typed}
        app.run()
        assert errors(app) == []
        found.append(told(app, "commands"))
    assert "Club Exemple" in found[0]
    return found


@on_both_stores
def test_a_line_is_understood_logged_and_undone(network: Network) -> list[str]:
    found = []
    app = opened()
    for typed in ("appelé Monique Exemple ce matin : deux places", "mail de Danielle hier", "vu personne lundi"):
        app.session_state["quick-log"] = {"typed": {"text": typed}}
        app.run()
        found.append(told(app, "examples"))
    line = {"text": "appelé Mme Fictif-02 ce matin : deux places"}
    before = network.read(lambda tx: tx.count("Exchange"))
    app.session_state["quick-log"] = {"typed": line}
    trigger(app.run(), "examples", "save", line)
    assert network.read(lambda tx: tx.count("Exchange")) == before + 1
    assert "Échange consigné avec" in words(app)
    found += everything(app)
    app.button(key="frame-undo").click().run()
    assert network.read(lambda tx: tx.count("Exchange")) == before
    return [*found, *everything(app)]
