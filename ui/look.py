"""What states and families look like: one word, one shape, one colour each, the same everywhere.

``ui/static/look.css`` draws and colours the shapes (class ``mark`` and the tone's); plain text has ``glyph`` for them.
"""

from typing import NamedTuple

from crm.analytics.activity import Mobilisation
from crm.analytics.coverage import Coverage
from crm.analytics.freshness import State
from graph_schema.declaration import Vocabulary
from graph_schema.typography import typeset
from graph_schema.vocabularies import Family, Function
from ui.markup import Markup, element, join


class Mark(NamedTuple):
    """How a state is shown: a word, a tone (the name of its colour and drawn shape) and a character for plain text."""

    word: str
    tone: str
    glyph: str

    def __str__(self) -> str:
        return f"{self.glyph} {self.word}"

    def shape(self, title: str = "") -> Markup:
        """The shape alone, its word for those who hover or listen."""
        said = title or self.word
        return element("span", class_=f"mark {self.tone}", role="img", title=said, aria_label=said)

    def html(self, words: str = "") -> Markup:
        """The shape and its word (or ``words`` in its place)."""
        shape = element("span", class_=f"mark {self.tone}", aria_hidden="true")
        return element("span", join(shape, words or self.word), class_="marked")


_FRESHNESS = {
    State.FRESH: Mark("Frais", "fresh", "●"),
    State.WATCH: Mark("À surveiller", "watch", "◐"),
    State.CHASE: Mark("À relancer", "chase", "▲"),
    State.NEVER: Mark("Jamais contacté", "never", "○"),
}
_COVERAGE = {
    Coverage.COVERED: Mark("Couvert", "covered", "●"),
    Coverage.THIN: Mark("Fragile", "thin", "◐"),
    Coverage.REACHABLE: Mark("Atteignable", "reachable", "◌"),
    Coverage.WHITE: Mark("Blanc", "white", "○"),
    Coverage.OUTSIDE: Mark("Hors zone", "outside", "–"),
}
_STANDING = {
    Mobilisation.ACTIVE: Mark("Actif", "covered", "●"),
    Mobilisation.DORMANT: Mark("Inactif", "thin", "◐"),
    Mobilisation.CANDIDATE: Mark("Sans relation", "never", "○"),
    Mobilisation.CLOSED: Mark("Fermé", "closed", "✕"),
}
_FAMILIES = {
    Family.COMPANY: ":material/storefront:",
    Family.BRANCH: ":material/account_tree:",
    Family.INSTITUTION: ":material/account_balance:",
}
PERSON_ICON = ":material/person:"

SHORT_FUNCTIONS = {
    Function.EMPLOYER: "Employeurs",
    Function.EMPLOYMENT: "Emploi",
    Function.DISABILITY: "Handicap",
    Function.BRANCH: "Branches",
    Function.FUNDER: "Financeurs",
    Function.GUIDANCE: "Orientation",
    Function.INSERTION: "Insertion",
    Function.LOCAL: "Collectivités",
    Function.SCHOOLS: "Formation",
    Function.CONSULAR: "Consulaires",
}
"""Names of the functions that fit above a narrow column."""


def freshness_mark(state: State) -> Mark:
    """How a freshness is shown."""
    return _FRESHNESS[state]


def coverage_mark(state: Coverage) -> Mark:
    """How a cell of the coverage grid is shown."""
    return _COVERAGE[state]


def standing_mark(standing: Mobilisation) -> Mark:
    """How a partner's standing is shown."""
    return _STANDING[standing]


def family_icon(family: Family | None) -> str:
    """The icon of a family, of a person for None, as Streamlit writes it (``:material/…:``)."""
    return _FAMILIES[family] if family else PERSON_ICON


def icon(name: str) -> Markup:
    """An icon inside HTML, from its Streamlit name."""
    glyph = name.removeprefix(":material/").removesuffix(":")
    return element("span", glyph, class_="icon", aria_hidden="true", translate="no")


def label(term: Vocabulary) -> str:
    """What people read for a term: how choice fields say it."""
    return typeset(term.label)
