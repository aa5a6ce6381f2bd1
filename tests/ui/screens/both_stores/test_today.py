"""« Aujourd'hui » says the same and does the same, whatever keeps the network."""

import re

from crm.measures.measuring import measures
from crm.network import Network
from tests.ui.application import opened, trigger, words
from tests.ui.screens.both_stores.stores import everything, on_both_stores
from tests.ui.screens.conftest import TODAY
from ui.screens.home import exports

QUESTION = "De quel accueil s'agissait-il ?"


def most_urgent() -> str:
    """The id of the partner to call first."""
    found = re.search(r"consigner=([\w-]+)", words(opened()))
    assert found
    return found[1]


@on_both_stores
def test_the_sentence_and_the_call_list_in_each_of_its_views(network: Network) -> list[str]:
    first = everything(opened())
    assert "à relancer" in "".join(first)
    views = ({"voir": "relances"}, {"voir": "conventions"}, {"vue": "responsable"}, {"vue": "territoire"})
    weeks = ({"vue": "semaine"}, {"vue": "semaine", "semaine": "suivante"})
    return [*first, *(line for each in (*views, *weeks) for line in everything(opened(**each)))]


@on_both_stores
def test_what_an_exchange_was_about_is_asked_then_settled_from_the_list(network: Network) -> list[str]:
    text = "visite chez Informatique Modèle hier, l'alternant va bien"
    found = everything(trigger(opened(), "examples", "save", {"text": text}))
    app = opened(voir="a-completer")
    found += everything(app)
    offered = [str(each.key) for each in app.button if str(each.key).startswith("topic-")]
    assert len(offered) == 2
    app.button(key=offered[0]).click().run()
    found += everything(app)
    app.button(key="frame-undo").click().run()
    assert offered[0] in [each.key for each in app.button]
    app.button(key=offered[0].replace("topic-", "aside-").rsplit("-plac", 1)[0] + f"-{QUESTION}").click().run()
    return [*found, *everything(app)]


@on_both_stores
def test_a_call_made_is_logged_leaves_the_list_and_comes_back_undone(network: Network) -> list[str]:
    late = most_urgent()
    app = opened(consigner=late)
    app = trigger(app, "examples", "save", {"text": "eu au téléphone : deux places en septembre"})
    logged = everything(app)
    assert "Échange consigné avec" in "".join(logged)
    assert f"consigner={late}" not in words(app)
    app.button(key="frame-undo").click().run()
    assert f"consigner={late}" in words(app)
    return [*logged, *everything(app)]


@on_both_stores
def test_a_reminder_put_off_leaves_the_list_until_it_is_woken(network: Network) -> list[str]:
    late = most_urgent()
    app = opened(reporter=late)
    app.text_input(key=f"snooze-why-{late}").input("Congés")
    app.button(key=f"snooze-7-{late}").click().run()
    snoozed = everything(app)
    assert f"consigner={late}" not in words(app)
    sheet = opened("partenaires", fiche=late, faire="reporter")
    assert "Congés" in words(sheet)
    sheet.button(key=f"wake-{late}").click().run()
    assert f"consigner={late}" in words(opened())
    return [*snoozed, *everything(sheet), *everything(opened())]


@on_both_stores
def test_the_files_of_the_call_list(network: Network) -> list[str]:
    found = measures(network, TODAY)
    csv, ics = (exports.calls(network, found, None, ending, frozenset()).content for ending in (".csv", ".ics"))
    calendar = re.sub(rb"(DTSTAMP|LAST-MODIFIED):\w+", b"", ics)
    assert b"SUMMARY:Relancer" in calendar
    return [csv.decode(), calendar.decode()]
