"""Addresses as people write them, and the commune each one means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema import territory
from graph_schema.territory import Place, Reason, resolve_commune

communes = st.deferred(lambda: st.sampled_from(list(territory.communes().values())))
loading = settings(deadline=None)  # the first example of each reads the packaged tables


@loading
@given(communes)
def test_a_code_finds_its_commune_and_agrees_with_its_name_and_postal_code(commune: Place) -> None:
    assert resolve_commune(code=commune.code).commune == commune
    postal_code = commune.postal_codes[0] if commune.postal_codes else None
    whole = resolve_commune(code=commune.code.lower(), postal_code=postal_code, name=commune.name.upper())
    assert (whole.commune, whole.reason) == (commune, Reason.CODE)


@loading
@given(communes)
def test_a_name_in_its_departement_finds_the_commune_or_offers_it(commune: Place) -> None:
    found = resolve_commune(name=commune.name.replace("-", " "), departement=commune.departement)
    assert commune in (found.commune, *found.candidates)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("PARIS 15", "75056"),
        ("Paris 15e arrondissement", "75056"),
        ("PARIS CEDEX 13", "75056"),
        ("Lyon 3e", "69123"),
        ("MARSEILLE 01", "13055"),
        ("St Etienne", "42218"),
        ("SAINT ETIENNE CEDEX 2", "42218"),
        ("L HAY LES ROSES", "94038"),
        ("lhay-les-roses", "94038"),
        ("HAVRE (LE)", "76351"),
        ("Chalon s/ Saône", "71076"),
        ("ajaccio", "2A004"),
    ],
)
def test_usual_spellings_find_the_commune(name: str, code: str) -> None:
    found = resolve_commune(name=name)
    assert found.commune is not None
    assert found.commune.code == code


@pytest.mark.parametrize(
    ("code", "today", "part"),
    [
        ("75115", "75056", "Paris 15e Arrondissement"),
        ("69383", "69123", "Lyon 3e Arrondissement"),
        ("13201", "13055", "Marseille 1er Arrondissement"),
        ("01091", "01033", "Châtillon-en-Michaille"),
    ],
)
def test_the_code_of_a_part_finds_the_commune_of_today(code: str, today: str, part: str) -> None:
    found = resolve_commune(code=code)
    assert found.commune is not None
    assert found.commune.code == today
    assert found.reason is Reason.PART
    assert found.part is not None
    assert found.part.name == part


def test_a_merged_commune_is_found_by_its_old_name() -> None:
    found = resolve_commune(name="BELLEGARDE SUR VALSERINE", postal_code="01200")
    assert found.commune is not None
    assert found.commune.name == "Valserhône"
    assert found.reason is Reason.PART


def test_homonyms_need_a_departement_or_a_postal_code() -> None:
    alone = resolve_commune(name="Saint-Denis")
    assert alone.commune is None
    assert alone.reason is Reason.AMBIGUOUS
    populations = [place.population for place in alone.candidates]
    assert len(populations) > 3
    assert populations == sorted(populations, reverse=True)
    for words in ({"departement": "93"}, {"departement": "Seine-Saint-Denis"}, {"postal_code": "93200"}):
        assert resolve_commune(name="St-Denis", **words).commune == territory.communes()["93066"]
    assert resolve_commune(name="Saint-Denis", departement="la reunion").commune == territory.communes()["97411"]


def test_a_name_that_a_former_commune_shares_is_not_guessed() -> None:
    found = resolve_commune(name="Rochetaillée")
    assert found.reason is Reason.AMBIGUOUS
    assert {place.name for place in found.candidates} == {"Rochetaillée", "Saint-Étienne"}


@pytest.mark.parametrize("postal_code", ["1000", "1000.0", "01000", "F-01000", " 01 000 "])
def test_a_postal_code_that_a_spreadsheet_mangled_is_mended(postal_code: str) -> None:
    found = resolve_commune(postal_code=postal_code, name="bourg en bresse")
    assert found.commune is not None
    assert found.commune.code == "01053"


def test_a_postal_code_of_several_communes_offers_them_and_of_one_finds_it() -> None:
    shared = resolve_commune(postal_code="62300")
    assert shared.reason is Reason.AMBIGUOUS
    assert [place.name for place in shared.candidates] == ["Lens", "Éleu-dit-Leauwette"]
    assert resolve_commune(postal_code="75116").commune == territory.communes()["75056"]
    assert resolve_commune(postal_code="62300", name="Lens").reason is Reason.NAME_AND_POSTAL_CODE


def test_a_cedex_postal_code_still_tells_the_departement() -> None:
    ajaccio = resolve_commune(postal_code="20306", name="AJACCIO CEDEX")
    assert ajaccio.commune is not None
    assert ajaccio.commune.code == "2A004"
    assert resolve_commune(postal_code="93215", name="ST DENIS CEDEX").commune == territory.communes()["93066"]


def test_words_that_contradict_each_other_are_given_back_with_what_they_could_mean() -> None:
    wrong_pair = resolve_commune(postal_code="62300", name="Lille")
    assert wrong_pair.commune is None
    assert wrong_pair.reason is Reason.MISMATCH
    assert {place.name for place in wrong_pair.candidates} == {"Lens", "Lille", "Éleu-dit-Leauwette"}
    wrong_code = resolve_commune(code="62498", postal_code="59000", name="Lille")
    assert wrong_code.reason is Reason.MISMATCH
    assert {"Lens", "Lille"} == {p.name for p in wrong_code.candidates}
    assert resolve_commune(postal_code="62300", departement="59").reason is Reason.MISMATCH


def test_an_unknown_code_gives_way_to_name_and_postal_code() -> None:
    assert resolve_commune(code="62999", postal_code="62300", name="LENS").commune == territory.communes()["62498"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({}, Reason.NOTHING_GIVEN),
        ({"name": "  "}, Reason.NOTHING_GIVEN),
        ({"departement": "62"}, Reason.NOTHING_GIVEN),
        ({"code": "62999"}, Reason.UNKNOWN_CODE),
        ({"postal_code": "62999"}, Reason.UNKNOWN_POSTAL_CODE),
        ({"postal_code": "abc"}, Reason.UNKNOWN_POSTAL_CODE),
        ({"name": "Bourg-Fictif"}, Reason.UNKNOWN_NAME),
        ({"name": "Paris 25"}, Reason.UNKNOWN_NAME),
        ({"name": "Lens", "departement": "99"}, Reason.UNKNOWN_DEPARTEMENT),
        ({"code": "97801"}, Reason.COLLECTIVITY),
        ({"postal_code": "98800", "name": "Nouméa"}, Reason.COLLECTIVITY),
        ({"postal_code": "97150", "name": "Saint-Martin"}, Reason.COLLECTIVITY),
    ],
)
def test_what_leads_nowhere_says_why(words: dict[str, str], reason: Reason) -> None:
    found = resolve_commune(**words)
    assert found.commune is None
    assert found.reason is reason
