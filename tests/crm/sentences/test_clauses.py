"""A sentence is parted where another thing is told, and not within a list of names, a day or an abbreviation."""

from datetime import date

import pytest

from crm.sentences.clauses import clauses
from crm.sentences.tokens import tokens

TODAY = date(2026, 11, 28)


def parts(text: str, *names: str) -> list[str]:
    places = sorted((text.index(name), text.index(name) + len(name)) for name in names)
    return [text[part[0].start : part[-1].end] for part in clauses(tokens(text, places, TODAY))]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Appelé X, rappeler demain", ["X"], ["Appelé X", "rappeler demain"]),
        ("Vu X, Y et Z hier", ["X", "Y", "Z"], ["Vu X, Y et Z hier"]),
        ("Appelé X et envoyé le devis", ["X"], ["Appelé X", "envoyé le devis"]),
        ("Vu le centre soc. de Lens", [], ["Vu le centre soc. de Lens"]),
        ("Tél. de X hier", ["X"], ["Tél. de X hier"]),
        ("Vendredi 20 : visite chez X", ["X"], ["Vendredi 20 : visite chez X"]),
        ("X m'a écrit ce jour : salon le 15/12", ["X"], ["X m'a écrit ce jour", "salon le 15/12"]),
        ("X ne vient pas, dit-il au téléphone", ["X"], ["X ne vient pas", "dit-il au téléphone"]),
        ("X (Y) a appelé", ["X", "Y"], ["X (Y) a appelé"]),
        ("Vu X il prend deux apprentis", ["X"], ["Vu X", "il prend deux apprentis"]),
        ("je rappellerai donc le 8", [], ["je rappellerai donc le 8"]),
    ],
)
def test_clauses_are_parted(text: str, names: list[str], expected: list[str]) -> None:
    assert parts(text, *names) == expected


def test_nothing_has_no_clause() -> None:
    assert parts("") == []
