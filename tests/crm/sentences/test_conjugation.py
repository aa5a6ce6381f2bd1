"""Verbs are found in the forms that a note uses."""

import pytest

from crm.sentences.conjugation import Tense, forms


@pytest.mark.parametrize(
    ("verb", "form", "tense"),
    [
        ("appeler", "appele", Tense.DONE),
        ("appeler", "appelees", Tense.DONE),
        ("appeler", "appelle", Tense.NOW),
        ("appeler", "appellera", Tense.LATER),
        ("relancer", "relancent", Tense.NOW),
        ("relancer", "relanceront", Tense.LATER),
        ("echanger", "echangeons", Tense.NOW),
        ("essayer", "essaie", Tense.NOW),
        ("reessayer", "reessaierai", Tense.LATER),
        ("envoyer", "enverra", Tense.LATER),
        ("voir", "vus", Tense.DONE),
        ("recevoir", "recue", Tense.DONE),
        ("transmettre", "transmise", Tense.DONE),
        ("souhaiter", "souhaitait", Tense.THEN),
        ("venir", "viendrait", Tense.LATER),
        ("joindre", "joindre", Tense.BARE),
    ],
)
def test_a_form_is_of_its_tense(verb: str, form: str, tense: Tense) -> None:
    assert (form, tense) in set(forms(verb))


def test_what_is_to_come_of_call_has_its_two_l() -> None:
    assert "appelera" in {form for form, _ in forms("appeler")}  # as many write it
    assert "appelle" not in {form for form, tense in forms("appeler") if tense is Tense.DONE}
