"""Texts reach people with French typography, whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.text import fold
from graph_schema.typography import headline, typeset

NB = "\u00a0"


@pytest.mark.parametrize(
    ("plain", "right"),
    [
        ("Aujourd'hui", "Aujourd’hui"),
        ("l'école d'Arras n'est pas loin", "l’école d’Arras n’est pas loin"),
        ("Le plus proche : Lens ; puis Arras !", f"Le plus proche{NB}: Lens{NB}; puis Arras{NB}!"),
        ("Vraiment ?!", f"Vraiment{NB}?!"),
        ("« Garage Fictif »", f"«{NB}Garage Fictif{NB}»"),
        ("«Garage»", f"«{NB}Garage{NB}»"),
        ("L'import « liste.csv » : 42 %", f"L’import «{NB}liste.csv{NB}»{NB}: 42{NB}%"),
        ("CA de Blois ''Agglopolys''", f"CA de Blois «{NB}Agglopolys{NB}»"),
        ("Garage de l''Exemple", "Garage de l’Exemple"),
        ("qu'«ailleurs»", f"qu’«{NB}ailleurs{NB}»"),
        (f"déjà{NB}: bien", f"déjà{NB}: bien"),
        (" : deux", f"{NB}: deux"),
        ("Vue « ", f"Vue «{NB}"),
        (" » enregistrée", f"{NB}» enregistrée"),
        ("autour d'", "autour d’"),
    ],
)
def test_signs_and_spaces_are_those_of_french(plain: str, right: str) -> None:
    assert typeset(plain) == right


@pytest.mark.parametrize(
    "text",
    [
        "claire.d'exemple@fictif.test",
        "https://exemple.test/l'annuaire",
        ":material/check: Enregistré",
        "à 14:30",
        "12' de pause",
        "A -> B",
        "fonction(x)",
        "",
    ],
)
def test_what_is_no_french_sentence_stays(text: str) -> None:
    assert typeset(text) == text


_TEXTS = st.text(st.sampled_from(list("aé1 '«»:;!?%€@/.\u00a0\u202f\n<*")))


@given(_TEXTS)
def test_a_text_typeset_twice_is_as_typeset_once(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


@given(_TEXTS)
def test_both_spellings_are_found_under_the_same_words(text: str) -> None:
    assert fold(typeset(text)) == fold(text)


@pytest.mark.parametrize(
    ("plain", "right"),
    [
        ("36 partenaires à relancer", f"36{NB}partenaires à relancer"),
        ('<a class="door" href="?a=1 b">36 partenaires</a>', f'<a class="door" href="?a=1 b">36{NB}partenaires</a>'),
        ("<b>2</b> comités", f"<b>2</b>{NB}comités"),
        ("3 <b>comités</b>", f"3{NB}<b>comités</b>"),
        ("Aucune convention avant le 31 décembre 2026.", f"Aucune convention avant le 31{NB}décembre 2026."),
        ("en 2026, 4", "en 2026, 4"),
    ],
)
def test_a_headline_keeps_a_figure_with_its_noun(plain: str, right: str) -> None:
    assert headline(plain) == headline(right) == right
