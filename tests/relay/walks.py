"""What people do most: each screen opened where nothing is known yet and drawn again, each command run, a few acts."""

import io
from collections.abc import Callable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from tempfile import TemporaryDirectory

from streamlit.testing.v1 import AppTest

from crm.demo import HUB
from crm.measures import measuring
from tests.relay import Relay, Spent
from tests.ui.application import errors, opened, trigger
from tests.ui.cli.documents import invocations
from ui.cli import run

Said = Mapping[str, str]

SCREENS: Mapping[str, tuple[str, Said]] = {
    "Aujourd'hui": ("", {}),
    "Aujourd'hui, actions": ("", {"voir": "actions"}),
    "Aujourd'hui, relances": ("", {"voir": "relances"}),
    "Aujourd'hui, semaine": ("", {"vue": "semaine"}),
    "Partenaires": ("partenaires", {}),
    "Partenaires, filtrés": ("partenaires", {"texte": "exemple", "territoire": "departement:62", "ordre": "retard"}),
    "Partenaires, fiche": ("partenaires", {"fiche": HUB}),
    "Partenaires, fiche, échanges": ("partenaires", {"fiche": HUB, "partie": "echanges"}),
    "Partenaires, fiche, historique": ("partenaires", {"fiche": HUB, "partie": "historique"}),
    "Registre": ("registre", {"sorte": "conventions"}),
    "Registre, fiche": ("registre", {"sorte": "reunions", "fiche": "meet-301"}),
    "Réseau": ("reseau", {}),
    "Réseau, autour": ("reseau", {"autour": HUB, "tableau": "1"}),
    "Territoire": ("territoire", {}),
    "Solidité": ("solidite", {}),
    "Évolution": ("evolution", {}),
    "Doublons": ("doublons", {}),
    "Importer": ("importer", {}),
    "Réglages": ("reglages", {}),
}
"""Each page by where it is, under the name that the table of budgets gives it."""

COMMANDS = dict(reversed(list(invocations())))
"""Each command that reads, in its first way to be called."""


def opening(relay: Relay, page: str, said: Said) -> tuple[Spent, Spent]:
    """What a screen spends on a network of which nothing is kept, then when the same is drawn again."""
    app = opened(page)
    assert errors(app) == []
    measuring.STATES.forget()
    app.query_params.clear()
    app.query_params.update(said)
    return _spent(relay, app.run), _spent(relay, app.run)


def logging(relay: Relay) -> tuple[Spent, Spent]:
    """« Consigner » a sentence on « Aujourd'hui », then take it back."""
    app = opened()
    line = {"text": "appelé Monique Exemple ce matin : deux places"}
    done = _spent(relay, lambda: trigger(app, "examples", "save", line))
    return done, _spent(relay, lambda: app.button(key="frame-undo").click().run())


def editing(relay: Relay) -> tuple[Spent, Spent]:
    """Save the form of a sheet, then take it back."""
    app = opened("partenaires", fiche=HUB, faire="modifier")
    app.text_input(key=f"edit-{HUB}-phone").input("03 53 01 00 01")
    done = _spent(relay, lambda: app.button(key=f"save-edit-{HUB}").click().run())
    return done, _spent(relay, lambda: app.button(key="frame-undo").click().run())


ACTS: Mapping[str, Callable[[Relay], tuple[Spent, Spent]]] = {"consigner": logging, "modifier une fiche": editing}


def commanded(relay: Relay, words: list[str], statuses: tuple[int, ...] = (0, 3)) -> Spent:
    """What a command spends, its connection too; it runs in a folder of its own."""
    told = io.StringIO()
    measuring.STATES.forget()
    with (
        TemporaryDirectory() as folder, chdir(folder), redirect_stdout(told), redirect_stderr(told),
        relay.counting() as spent,
    ):  # fmt: skip
        status = run([*words, "--json"])
    assert status in statuses, told.getvalue()
    return spent[0]


def _spent(relay: Relay, act: Callable[[], AppTest]) -> Spent:
    with relay.counting() as spent:
        app = act()
    assert errors(app) == []
    return spent[0]
