"""The address is the state of a page: reached by hand, by a link or by a field, it is the same page."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from crm.measures import measuring as measures
from crm.records.programmes import programmes
from tests.docs.pages import ROOT
from tests.ui.application import errors, opened, sent, words
from tests.ui.figures.reading import DAY
from ui import address, session

pytestmark = pytest.mark.usefixtures("store")

Said = Mapping[str, str | list[str]]
ON = DAY.isoformat()
BEFORE_DAY = date(2026, 6, 30)
BEFORE = BEFORE_DAY.isoformat()

KEYS: Mapping[str, Mapping[str, list[str]]] = {
    "": {
        "voir": ["actions", "relances", "conventions"],
        "quelles": ["miennes", "retard", "sans-date"], "partenaire": ["org-0003"], "reunion": ["meet-01"],
        "vue": ["responsable", "territoire", "semaine"], "semaine": ["suivante"],
        "groupe": ["A. Modèle"], "responsable": ["A. Modèle"], "lignes": ["200"], "consigner": ["org-0003"],
        "reporter": ["org-0003"], "date": [BEFORE],
    },
    "partenaires": {
        "texte": ["exemple"], "fraicheur": ["frais"], "famille": ["branch"], "type": ["entreprise"],
        "fonction": ["handicap"], "activite": ["active"], "rang": ["A"], "responsable": ["A. Modèle", "aucun"],
        "etiquette": ["club"], "territoire": ["departement:62"], "ordre": ["retard"], "inverse": ["oui"],
        "lignes": ["200"], "fiche": ["org-0003"], "partie": ["echanges"], "faire": ["echange", "modifier", "ajouter"],
        "cible": ["x"], "date": [BEFORE], "nom": ["Exemple"], "colonnes": ["commune", "rang"],
    },
    "registre": {
        "sorte": ["conventions", "reunions", "actions-de-formation"], "texte": ["comité"], "ordre": ["nom"],
        "inverse": ["oui"], "lignes": ["200"], "fiche": ["org-0003"], "partie": ["fiche"],
        "faire": ["modifier", "ajouter"], "cible": ["x"], "date": [BEFORE], "civilite": ["Mme"], "type": ["accueil"],
        "categorie": ["formation"], "colonnes": ["finit-le"],
    },
    "reseau": {
        "autour": ["org-0003", "departement:80"], "profondeur": ["2"], "chemin": ["org-0003"], "deplier": ["org-0003"],
        "replier": ["org-0003"], "masquer": ["org-0001"], "epingler": ["org-0001"], "sans-lien": ["WorksFor"],
        "sans": ["personne"], "sans-etat": ["frais"], "sans-fonction": ["handicap"], "texte": ["exemple"],
        "presenter": ["org-0004"], "perte": ["org-0003"], "couleur": ["famille"], "taille": ["liens"],
        "depuis": [BEFORE], "tableau": ["1"], "tri-fiches": ["liens"], "tri-liens": ["nature"], "lignes": ["200"],
        "fiche": ["org-0003"], "lien": ["x"], "relier": ["x"], "vue": ["x"], "faire": ["modifier"],
        "date": [BEFORE],
    },
    "territoire": {
        "fonction": ["handicap", "employeurs"], "territoire": ["departement:62", "epci:246200364"],
        "echelon": ["region", "departement"],
        "action-formation": ["*"], "etat": ["white", "thin"], "chemin": ["*"], "action": ["*"], "zones": ["toutes"],
        "lignes": ["200"], "date": [BEFORE],
    },
    "doublons": {"paire": ["org-0001,org-0003"], "date": [BEFORE]},
    "solidite": {"voir": ["departs", "relais", "seuls", "pivots", "groupes", "liens"], "date": [BEFORE]},
    "evolution": {
        "depuis": [BEFORE], "voir": ["cooled", "gone"], "qui": ["personnes"], "lignes": ["60"], "date": [BEFORE],
    },
}  # fmt: skip
"""What each page reads in its address, with values to try (« * »: the first one that the page itself offers)."""


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Nothing of an earlier test is remembered: a drawing kept under a wrong address would answer for the right one."""
    forget()
    yield
    forget()


def forget() -> None:
    """Measure everything anew: what is remembered is of the measures."""
    measures.STATES.forget()


def tried() -> Iterator[tuple[str, str, str]]:
    for page, keys in KEYS.items():
        for name, values in keys.items():
            yield from ((page, name, value) for value in values)


def base(page: str) -> Said:
    """What a page is opened on: a canvas with something in it and its twin beside it, a function with white zones."""
    opening: Mapping[str, Said] = {
        "reseau": {"autour": "org-0003", "tableau": "1"}, "territoire": {"fonction": "orientation", "echelon": "epci"},
    }  # fmt: skip
    return opening.get(page, {})


def offered(page: str, name: str) -> str:
    if name == "action-formation":
        return programmes(session.network())[0].id
    found = re.search(rf'href="[^"]*{name}=([^"&]+)', words(opened(page, **base(page))))
    assert found
    return found[1]


def drawn(app: AppTest) -> list[str]:
    """Everything that people see; of a canvas, what is in it but not where: what stays there does not move."""
    assert not app.exception
    fields = (*app.text_input, *app.multiselect, *app.selectbox, *app.date_input)
    canvas = [
        str((each["legend"], each["words"], [node["id"] for node in (each["scene"] or {}).get("nodes", ())]))
        for each in sent(app)
        if "legend" in each
    ]
    return [*errors(app), *words(app).split("\n"), *(f"{each.label} = {each.value}" for each in fields), *canvas]


def moved(app: AppTest, parameters: Said) -> AppTest:
    """The same session led to another address, as a link or Back leads there."""
    app.query_params.clear()
    app.query_params.update(parameters)
    return app.run()


@pytest.mark.parametrize("page", KEYS)
def test_a_page_reads_no_other_parameter_than_those_known_here(page: str) -> None:
    read: set[str] = set()

    def noting(of: Callable[..., Any]) -> Callable[..., Any]:
        def note(name: str, *more: Any) -> Any:
            read.add(name)
            return of(name, *more)

        return note

    app = opened(page, **base(page))
    with patch.object(address, "text", noting(address.text)), patch.object(address, "texts", noting(address.texts)):
        for name, values in KEYS[page].items():
            for value in values:
                moved(app, {**base(page), name: value})
                moved(app, {**base(page), "fiche": "org-0003", name: value})
    # The bar above every page follows the record that is opened, and what is being logged.
    everywhere = {address.RECORD, "consigner", "faire"}
    assert read - everywhere == KEYS[page].keys() - everywhere


@pytest.mark.parametrize(("page", "name", "value"), [*tried()])
def test_a_page_is_the_same_by_hand_and_by_a_link(page: str, name: str, value: str) -> None:
    value = offered(page, name) if value == "*" else value
    asked = {**base(page), name: value}
    forget()
    by_link = drawn(moved(opened(page, **base(page)), asked))
    back = drawn(moved(moved(opened(page, **asked), base(page)), asked))
    forget()
    by_hand = drawn(opened(page, **asked))
    assert by_link == by_hand
    assert back == by_hand


class Act(NamedTuple):
    """A field that writes in the address: on which page, how it is set, what the address then says."""

    page: str
    set: Callable[[AppTest], AppTest]
    name: str
    value: str | None = None


def several(name: str) -> Act:
    """A choice in the popover of filters, which is opened first."""

    def choose(app: AppTest) -> AppTest:
        app.session_state["partners-filters"] = True
        app.run().multiselect(key=f"filter-{name}").set_value(KEYS["partenaires"][name][:1])
        return app.run()

    return Act("partenaires", choose, name)


def place(app: AppTest) -> AppTest:
    app.session_state["partners-filters"] = True
    app.run().selectbox(key="filter-territoire").select_index(3)
    return app.run()


def action(app: AppTest) -> AppTest:
    return app.selectbox(key="filter-action-formation").select_index(1).run()


ACTS = (
    Act("territoire", action, "action-formation"),
    Act("partenaires", lambda app: app.text_input(key="filter-texte").input("exemple").run(), "texte", "exemple"),
    *map(several, ("famille", "type", "fonction", "activite", "rang", "responsable", "etiquette")),
    Act("partenaires", place, "territoire"),
    Act("evolution", lambda app: app.date_input(key="changes-before").set_value(BEFORE_DAY).run(), "depuis", BEFORE),
    Act("evolution", lambda app: app.date_input(key="changes-after").set_value(BEFORE_DAY).run(), "date", BEFORE),
)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act.page}-{act.name}")
def test_a_page_is_the_same_by_hand_and_by_its_field(act: Act) -> None:
    start = base(act.page)
    app = act.set(opened(act.page, **start))
    asked = dict(app.query_params)
    assert act.name in asked
    assert act.value in (None, asked[act.name])
    by_field = drawn(app)
    open_filters = act.page == "partenaires" and act.name != "texte"
    forget()
    by_hand = opened(act.page, **asked)
    if open_filters:
        by_hand.session_state["partners-filters"] = True
        by_hand.run()
    assert by_field == drawn(by_hand)


def test_another_function_keeps_the_training_action() -> None:
    start: Said = {"date": ON, "fonction": "employeurs"}
    app = action(opened("territoire", **start))
    chosen = app.query_params["action-formation"]
    nav = next(each.value for each in app.html if 'aria-label="Fonction"' in each.value)
    assert nav.count(f"action-formation={chosen}") == nav.count("<a ")
    everyone, narrowed = (words(opened("territoire", **said)) for said in (start, dict(app.query_params)))
    assert everyone.split("Partenaires actifs")[1] != narrowed.split("Partenaires actifs")[1]


def test_nothing_but_the_address_module_reads_or_writes_query_parameters() -> None:
    users = {
        str(module.relative_to(ROOT))
        for module in (ROOT / "ui").rglob("*.py")
        if re.search(r"\bst\.query_params", module.read_text("utf-8"))
    }
    assert users == {"ui/address.py"}
