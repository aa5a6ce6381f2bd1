"""What was not read is asked: a day that nothing took, a question, a duty, a past without its year."""

from datetime import date

import pytest

from crm.sentences.doubts import LOST, SILENT, WONDERING
from crm.sentences.story import story
from crm.sentences.telling import ANSWERED

TODAY = date(2026, 11, 28)  # a Saturday


def asked(text: str) -> list[str]:
    """What is asked of a text in which X and Y are names."""
    return story(text, [(at, at + 1) for at, sign in enumerate(text) if sign in "XY"], TODAY).questions


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Appel de X, la subvention tombe le 7 décembre", "Qu'y a-t-il à faire pour le 07/12/2026 ?"),
        ("Toujours rien chez X, j'insiste ?", WONDERING),
        ("Vu X hier, il faudra une attestation", "Y a-t-il quelque chose à faire ?"),
        ("Vu X le 4/5", "Quel jour était-ce exactement : le 04/05/2026 ?"),
        ("Sans nouvelles de X", SILENT),
        ("Rien de neuf côté X, on se recontacte en février", "Y a-t-il eu un échange, ou est-ce seulement à faire ?"),
        ("X a fermé hier, appelé Y", "L'échange est-il d'aujourd'hui ou du 27/11/2026 ?"),
        ("Formation des tuteurs du 20/11 : X et Y", "L'échange est-il d'aujourd'hui ou du 20/11/2026 ?"),
        ("Pas intéressé, recontacter X en mai", "Y a-t-il eu un échange, ou est-ce seulement à faire ?"),
        ("Accompagné le groupe, X content", LOST),
        ("Appelé X : dossier complet", ANSWERED),
    ],
)  # fmt: skip
def test_what_may_mean_two_things_is_asked(text: str, question: str) -> None:
    assert question in asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Appelé X hier, il est en congé jusqu'au 7 décembre",
        "X a annulé la visite du 7 décembre",
        "Vu X hier, RDV le 7 décembre",
        "Vu X le 4/5/26",
        "Appelé X, sans réponse",
        "Appelé X : elle prend deux apprentis",
    ],
)
def test_what_is_plain_is_not_asked(text: str) -> None:
    assert asked(text) == []
