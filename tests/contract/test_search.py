"""Full-text search, whatever way people type."""

import pytest

from crm.store.protocol import Store
from tests.contract.samples import exchange, organisation, person, remove, save


def found(store: Store, text: str, types: list[str] | None = None, limit: int = 20) -> list[str]:
    """Ids of what ``text`` finds, sorted."""
    return sorted(r.id for r in store.read(lambda tx: tx.search(text, types, limit)))


def network(store: Store) -> None:
    """Organisations and people whose names are hard to type."""
    save(
        store,
        organisation("o1", "L'Œuvre de Saint-Étienne", city="Lens", siret="00000000000018"),
        organisation("o2", "Société ARTÉSIENNE d'Électricité", acronym="S.A.E.", aliases=["Électro Lens", "Volt'Or"]),
        organisation("o3", "Lensois Habitat", note="mot caché"),
        person("p1", "Lavoine", given_name="Zoé", email="zoe.lavoine@exemple.fr"),
        exchange("e1", "2026-01-01", subject="Appel de Lens"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("oeuvre", ["o1"]),
        ("ŒUVRE", ["o1"]),
        ("l’œuvre", ["o1"]),
        ("L'Oeuvre", ["o1"]),
        ("saint etienne", ["o1"]),
        ("SAINT-ÉTIENNE", ["o1"]),
        ("etienne saint", ["o1"]),
        ("artesienne", ["o2"]),
        ("e\u0301lectricite\u0301", ["o2"]),
        ("volt or", ["o2"]),
        ("ZOE", ["p1"]),
        ("zoe.lavoine@exemple.fr", ["p1"]),
        ("00000000000018", ["o1"]),
    ],
)
def test_accents_case_ligatures_and_punctuation_make_no_difference(
    store: Store, text: str, expected: list[str]
) -> None:
    network(store)
    assert found(store, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l", ["e1", "o1", "o2", "o3", "p1"]),
        ("le", ["e1", "o1", "o2", "o3"]),
        ("len", ["e1", "o1", "o2", "o3"]),
        ("lenso", ["o3"]),
        ("art ele", ["o2"]),
        ("ens", []),
    ],
)
def test_the_beginning_of_a_word_is_enough(store: Store, text: str, expected: list[str]) -> None:
    network(store)
    assert found(store, text) == expected


def test_every_word_must_be_there(store: Store) -> None:
    network(store)
    assert found(store, "lens electro") == ["o2"]
    assert found(store, "lens inconnu") == []


@pytest.mark.parametrize("text", ["", "   ", "'", "***", "–", "()", '"', "日本"])
def test_no_word_finds_nothing(store: Store, text: str) -> None:
    network(store)
    assert found(store, text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"lens"', "lens*", "*lens", "lens:", ":lens", "(lens)", "[lens]", "{lens}", "^lens", "lens^",
        "lens~", "+lens", "-lens", "!lens", "/lens/", "\\lens", "lens\\", "lens'", "lens;", "lens%", "lens\0", "?lens",
        "&& lens", "|| lens", "lens\n", "«lens»",
    ],
)  # fmt: skip
def test_signs_of_search_languages_are_mere_punctuation(store: Store, text: str) -> None:
    save(store, organisation("o1", "Lens"), organisation("o2", "Arras"))
    assert found(store, text) == ["o1"]


@pytest.mark.parametrize("text", ["text:lens", "name:lens", "search:lens", "lens^4", "lens~2", "NEAR(lens arras, 2)"])
def test_what_a_search_language_would_obey_is_looked_for_as_words(store: Store, text: str) -> None:
    save(store, organisation("o1", "Lens"), organisation("o2", "Arras"))
    assert found(store, text) == []


@pytest.mark.parametrize("word", ["AND", "OR", "NOT", "NEAR", "TO", "and", "null", "_organisation", "organisation"])
def test_words_of_search_languages_are_mere_words(store: Store, word: str) -> None:
    save(store, organisation("o1", "Lens"), organisation("o2", f"Lens {word} Arras"))
    assert found(store, word) == ["o2"]
    assert found(store, f"Lens {word} Arras") == ["o2"]


def test_a_very_long_text_is_searched_all_the_same(store: Store) -> None:
    words = " ".join(f"mot{n}" for n in range(1500))
    save(store, organisation("o1", "Lens", aliases=[words]), organisation("o2", "Lens", aliases=[words[:4000]]))
    assert found(store, f"lens {words}") == ["o1"]


def test_only_searched_fields_are_searched(store: Store) -> None:
    network(store)
    assert found(store, "caché") == []


def test_types_narrow_the_search(store: Store) -> None:
    network(store)
    assert found(store, "lens", ["Exchange"]) == ["e1"]
    assert found(store, "le", ["Organisation", "Person"]) == ["o1", "o2", "o3"]
    assert found(store, "lens", []) == []
    assert found(store, "lens", ["Placement"]) == []


def test_whole_words_come_before_beginnings(store: Store) -> None:
    save(store, organisation("o1", "Lensois"), organisation("o2", "Lens"), organisation("o3", "Lensoise"))
    assert store.read(lambda tx: tx.search("lens")[0].id) == "o2"


def test_both_stores_rank_alike(store: Store) -> None:
    save(
        store,
        organisation("o1", "Lens Habitat", city="Lens"),
        organisation("o2", "Habitat Lens"),
        organisation("o3", "Lens Habitat"),
        organisation("o4", "Lensois Habitation"),
        organisation("o5", "Lens Habitation"),
        organisation("o6", "Bureau Habitat Lens"),
        organisation("o7", "Habitat Lens"),
    )
    ranked = store.read(lambda tx: [record.id for record in tx.search("lens habitat")])
    assert ranked == ["o3", "o1", "o2", "o7", "o6", "o5", "o4"]
    assert store.read(lambda tx: [record.id for record in tx.search("lens habitat", limit=3)]) == ranked[:3]


def test_the_limit_keeps_the_best(store: Store) -> None:
    save(store, *(organisation(f"o{n:02}", f"Lensois {n}") for n in range(30)), organisation("z", "Lens"))
    assert store.read(lambda tx: [r.id for r in tx.search("lens", limit=1)]) == ["z"]
    assert len(found(store, "lens", limit=7)) == 7


def test_search_follows_what_is_saved_and_removed(store: Store) -> None:
    save(store, organisation("o1", "Avant", city="Lens"), organisation("o2", "Autre"))
    save(store, organisation("o1", "Après", revision=2))
    assert (found(store, "avant"), found(store, "lens"), found(store, "apres")) == ([], [], ["o1"])
    remove(store, nodes=["o1"])
    save(store, organisation("o3", "Neuf"))
    assert (found(store, "apres"), found(store, "neuf")) == ([], ["o3"])


def test_found_records_are_whole(store: Store) -> None:
    saved = organisation("o1", "Lens", tags=["ami"], latitude=50.5)
    save(store, saved)
    assert store.read(lambda tx: tx.search("len")) == [saved]
