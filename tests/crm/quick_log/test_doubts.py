"""Who may have taken part, or is only spoken of, is asked."""

import pytest

from crm.network import Network
from crm.quick_log import tell
from tests.crm.conftest import SAID_ON


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Newsletter envoyée lundi à la mission locale de Lens et à celle de Béthune",
            "« à celle de Béthune » : de qui s'agit-il ?",
        ),
        (
            "Vu Julie Échantillon (CALL), ok sur le principe, Romain Semblant plus réservé",
            "Romain Semblant y a-t-il pris part ?",
        ),
        (
            "Xavier Mirage FT Valenciennes m'a transféré le mail de la Région concernant le PIC",
            "Région y a-t-il pris part, ou en est-il seulement question ?",
        ),
        (
            "Conserverie Exemple, suivi AFEST : appel à la tutrice Mme Rachel Exemple vendredi, RAS",
            "Pour quelle structure était Mme Rachel Exemple ?",
        ),
    ],
)
def test_a_name_that_may_take_part_is_asked(demonstration: Network, text: str, question: str) -> None:
    assert question in tell(demonstration, text, SAID_ON).questions


@pytest.mark.parametrize(
    "text",
    [
        "Mail reçu de la Région hier",
        "Rencontre prévue le 8/12 avec le nouveau directeur de Transitions Pro",
        "Réunion de rentrée avec les missions locales de Lens et Arras le 18 novembre",
        "Vu Julie Échantillon (CALL) hier, Romain Semblant a quitté l'agglo",
        "Réunion hier avec la mission locale de Lens et la mission locale de Béthune",
    ],
)
def test_a_name_that_is_plain_is_not_asked(demonstration: Network, text: str) -> None:
    assert tell(demonstration, text, SAID_ON).questions == ()
