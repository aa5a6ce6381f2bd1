"""Who acts is told by the subject, the object and the form of a verb, not by the verb alone."""

from datetime import date

import pytest

from crm.sentences.clause import Clause
from crm.sentences.reading import THEM, US
from crm.sentences.tokens import tokens
from crm.sentences.verbs import Verb, verbs
from graph_schema.exchanges import Direction

TODAY = date(2026, 11, 28)


def first(text: str) -> Verb:
    """The first verb of a text in which X is a name."""
    at = text.find("X")
    names = [(at, at + 1)] if at >= 0 else []
    return verbs(Clause(tokens(text, names, TODAY), plain=text.isascii()))[0]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("appelé X", US),
        ("J'ai relancé X", US),
        ("on a visité X", US),
        ("nous avons relancé X", US),
        ("X a appelé", THEM),
        ("X nous a appelés", THEM),
        ("X m'a écrit hier", THEM),
        ("X ma envoyé deux CV", THEM),
        ("appelé par X", THEM),
        ("relancé par mail X", US),
        ("X relancé le 20", US),
        ("elle me rappelle lundi", THEM),
        ("je la rappelle lundi", US),
        ("X relance pour le devis", THEM),
        ("relance X", US),
        ("X vient d'appeler", THEM),
        ("je viens d'appeler X", US),
        ("notre référent a appelé X", US),
        ("le CFA a accueilli X", US),
        ("dit-il au téléphone", THEM),
    ],
)
def test_who_acts(text: str, agent: Direction) -> None:
    assert first(text).agent is agent


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("X n'a pas rappelé", True),
        ("pas encore appelé X", True),
        ("X a rappelé", False),
        ("X ne rappelle jamais", True),
    ],
)
def test_what_was_not_done(text: str, negated: bool) -> None:
    assert first(text).negated is negated
