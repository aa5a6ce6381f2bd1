"""Full-text search, whatever way people type."""

from collections import Counter
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.store import refreshing
from crm.store.protocol import ReadTransaction, Store
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import NodeType
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


@pytest.mark.parametrize(
    "text",
    ["x" * 5_000, " ".join(f"mot{chr(97 + n % 26)}{'z' * (n // 26)}" for n in range(500))],
    ids=["one word", "a page"],
)
def test_what_is_too_long_to_be_misspelt_is_searched_as_it_is_written(store: Store, text: str) -> None:
    save(store, organisation("o1", "Garage Exemple"))
    assert found(store, text) == []


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
        organisation("o1", "Lens Habitat", city="Arras"),
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


@pytest.fixture
def reached(store: Store) -> Store:
    """What people look for by a number, an address or a word of a list."""
    save(
        store,
        organisation("o1", "Garage Exemple", phone="03 21 00 00 01", siret="73282932000074", postal_code="62300",
                     email="contact@garage-exemple.fr", website="https://www.garage-exemple.fr/lens", tags=["salon"]),
        organisation("o2", "Espace Fictif", kind="service_public_emploi", phone="+32 2 555 12 12", siren="732829320"),
        person("p1", "Témoin", given_name="Zoé", civility="mme", mobile="06 00 00 00 02", email="z.temoin@exemple.org"),
        exchange("e1", "2026-01-01", subject="Numéro de printemps", note="Rappeler au +33 (0)3.21.00.00.09"),
        exchange("e2", "2026-01-02", channel="newsletter", said="Envoyé le numéro 4"),
        NodeRecord("f1", "Feedback", 1, {"on": "2026-01-03", "kind": "reclamation", "text": "Trop loin"}),
        NodeRecord("m1", "Minutes", 1, {"title": "Séance de mars", "status": "valide"}),
        NodeRecord("a1", "Action", 1, {"title": "Relire le livret", "status": "en_cours"}),
        NodeRecord("g1", "Programme", 1, {"title": "CAP Électricien", "certification": "RNCP38401"}),
        NodeRecord("c1", "Committee", 1, {"name": "Comité du bâtiment", "kind": "conseil_perfectionnement"}),
        NodeRecord("d1", "Decision", 1, {"text": "Revoir le calendrier", "number": "2026-7"}),
        NodeRecord("s1", "Placement", 1, {"kind": "stage", "learner": "APP-12", "starts_on": "2026-01-05"}),
    )  # fmt: skip
    return store


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03 21 00 00 01", ["o1"]), ("0321000001", ["o1"]), ("03.21.00.00.01", ["o1"]), ("03-21-00-00-01", ["o1"]),
        ("+33 3 21 00 00 01", ["o1"]), ("+33321000001", ["o1"]), ("0033 (0)3 21 00 00 01", ["o1"]),
        ("03\u202f21\u00a000 00 01", ["o1"]), ("03 21 00", ["e1", "o1"]), ("+33 3 21 00", ["e1", "o1"]),
        ("06.00.00.00.02", ["p1"]), ("03 21 00 00 09", ["e1"]), ("+32 2 555 12 12", ["o2"]), ("0032 25551212", ["o2"]),
        ("732 829 320 00074", ["o1"]), ("732 829 320", ["o1", "o2"]), ("73282932000074", ["o1"]), ("62 300", ["o1"]),
        ("62300", ["o1"]), ("z.temoin@exemple.org", ["p1"]), ("@exemple.org", ["p1"]), ("exemple.org", ["p1"]),
        ("garage-exemple.fr", ["o1"]), ("http://www.garage-exemple.fr", ["o1"]), ("salon", ["o1"]),
    ],
)  # fmt: skip
def test_numbers_and_addresses_are_found_whatever_their_spelling(
    reached: Store, text: str, expected: list[str]
) -> None:
    assert found(reached, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("newsletter", ["e2"]), ("lettre d'information", ["e2"]), ("lettre d’information", ["e2"]),
        ("réclamation", ["f1"]), ("mission locale", ["o2"]), ("service public de l’emploi", ["o2"]),
        ("validé", ["m1"]), ("en cours", ["a1"]), ("cap elec", ["g1"]), ("RNCP 38401", ["g1"]), ("rncp38401", ["g1"]),
        ("comité bâtiment", ["c1"]), ("conseil de perfectionnement", ["c1"]), ("calendrier", ["d1"]),
        ("stage app-12", ["s1"]), ("Mme Zoé Témoin", ["p1"]), ("envoyé le numéro", ["e2"]),
    ],
)  # fmt: skip
def test_words_of_closed_lists_are_searched_as_people_read_them(reached: Store, text: str, expected: list[str]) -> None:
    assert found(reached, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("garge exemple", ["o1"]), ("garagge exemple", ["o1"]), ("gaarge", ["o1"]), ("garane", ["o1"]),
        ("temon", ["p1"]), ("zoe temoim", ["p1"]), ("garagexemple", []), ("garageexemple", ["o1"]),
        ("electricen", ["g1"]), ("grge", []), ("zo temoon", ["p1"]), ("03 21 00 00 03", []), ("62301", []),
    ],
)  # fmt: skip
def test_one_letter_wrong_in_a_word_is_put_up_with(reached: Store, text: str, expected: list[str]) -> None:
    assert found(reached, text) == expected


def test_a_letter_wrong_may_be_refused(store: Store) -> None:
    save(store, organisation("o1", "Atelier Dupont"))
    assert [each.id for each in store.read(lambda tx: tx.search("dupont", misspelt=False))] == ["o1"]
    assert store.read(lambda tx: tx.search("dupons", misspelt=False)) == []


def test_what_is_there_as_written_hides_what_is_only_near(store: Store) -> None:
    save(store, organisation("o1", "Atelier Dupont"), organisation("o2", "Atelier Dupond"))
    assert found(store, "dupont") == ["o1"]
    assert found(store, "dupons") == ["o1", "o2"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 11), letter=st.sampled_from("abgz"), act=st.sampled_from(["less", "more", "other", "swap"]))
def test_any_single_slip_in_a_name_still_finds_it(reached: Store, at: int, letter: str, act: str) -> None:
    name = "electroguide"
    save(reached, organisation("slip", "Electroguide"))
    slips = {
        "less": name[:at] + name[at + 1 :],
        "more": name[:at] + letter + name[at:],
        "other": name[:at] + letter + name[at + 1 :],
        "swap": name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    }
    assert "slip" in found(reached, slips[act])


@pytest.mark.parametrize(("name", "aliases"), [("Garage", []), ("Auto Fictif", ["Garage"])])
def test_who_bears_the_text_as_a_name_comes_first_behind_any_number_like_it(
    store: Store, name: str, aliases: list[str]
) -> None:
    save(store, *(organisation(f"o{n:03}", f"Garage Garage {n}", aliases=["Garage de ville"]) for n in range(620)))
    save(store, organisation("the-one", name, aliases=aliases))
    first = store.read(lambda tx: tx.search("garage", limit=1))
    assert [r.id for r in first] == ["the-one"]


def test_what_is_dated_comes_newest_first(store: Store) -> None:
    days = {"e1": "2025-12-31", "e2": "2026-02-01", "e3": "2026-01-15", "e4": "2024-06-30"}
    save(store, organisation("o1", "Appel"), *(exchange(id, day, subject="Appel") for id, day in days.items()))
    assert [r.id for r in store.read(lambda tx: tx.search("appel"))] == ["o1", "e2", "e3", "e1", "e4"]


def test_a_limit_for_each_type_leaves_none_out(store: Store) -> None:
    save(store, *(exchange(f"e{n:03}", "2026-01-01", subject="Lens") for n in range(620)))
    save(store, *(organisation(f"o{n}", f"Atelier de Lens {n}") for n in range(5)), person("p1", "Lens"))
    several = store.read(lambda tx: tx.search("lens", ["Exchange", "Organisation", "Person"], limit=3, each=True))
    assert Counter(r.type for r in several) == {"Exchange": 3, "Organisation": 3, "Person": 1}


def test_a_caption_finds_its_record_whatever_its_type(store: Store) -> None:
    records = [
        organisation("o1", "L'Œuvre d'Exemple"), person("p1", "Fictif", given_name="Anne-Marie", civility="m"),
        exchange("e1", "2026-01-01", subject="Visite d'atelier"),
        NodeRecord("s1", "Placement", 1, {"kind": "alternance", "learner": "APP 7", "starts_on": "2026-01-05"}),
        NodeRecord("a1", "Agreement", 1, {"subject": "Accueil d'apprentis", "number": "C-12", "kind": "accueil"}),
        NodeRecord("d1", "Decision", 1, {"text": "Deux accueils de plus", "number": "3"}),
        NodeRecord("f1", "Feedback", 1, {"on": "2026-01-03", "kind": "evaluation", "text": "Très bien"}),
    ]  # fmt: skip
    save(store, *records)
    for record in records:
        caption = SCHEMA.nodes[record.type].caption(record.values)
        assert store.read(partial(_first, caption)) == [record]


def _first(text: str, tx: ReadTransaction) -> list[NodeRecord]:
    return tx.search(text, limit=1)


def test_a_store_filled_by_other_rules_is_gone_through_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "BATCH", 3)
    with monkeypatch.context() as older:
        older.setattr(NodeType, "search_text", lambda type, values: fold(str(values.get("name", ""))))
        save(store, *(organisation(f"o{n}", f"Garage {n}", phone=f"03 21 00 00 0{n}") for n in range(8)))
        store.write(lambda tx: tx.set_derivation("older"))
    assert found(store, "03 21 00 00 07") == []
    assert store.write(refreshing._next)  # one batch, then the process ends
    assert (found(store, "03 21 00 00 00"), found(store, "03 21 00 00 07")) == (["o0"], [])
    before = store.read(lambda tx: tx.get([f"o{n}" for n in range(8)]))
    refreshing.refresh(store)
    assert (found(store, "03 21 00 00 00"), found(store, "03 21 00 00 07")) == (["o0"], ["o7"])
    assert store.read(lambda tx: tx.get([f"o{n}" for n in range(8)])) == before
    assert store.read(lambda tx: tx.derivation()) == SCHEMA.derivation
    assert store.read(lambda tx: tx.head().number) == 0


def test_texts_searched_together_find_what_each_finds(reached: Store) -> None:
    save(reached, *(organisation(f"x{n:03}", f"Garage numéro {n}") for n in range(60)))
    texts = ["garage", "?", "garge", "03 21 00", "garage", "", *(f"garage {n}" for n in range(60))]
    for each in (True, False):
        together = reached.read(partial(_together, texts, each))
        assert list(together) == list(dict.fromkeys(texts))
        for text, records in together.items():
            assert records == reached.read(partial(_alone, text, each)), text
    assert together["garge"] == together["?"] == []
    assert len(together["garage"]) == 7
    assert reached.read(lambda tx: tx.searches(["garage"], [])) == {"garage": []}


def _together(texts: list[str], each: bool, tx: ReadTransaction) -> dict[str, list[NodeRecord]]:
    return tx.searches(texts, ["Person", "Organisation"], 7, each)


def _alone(text: str, each: bool, tx: ReadTransaction) -> list[NodeRecord]:
    return tx.search(text, ["Person", "Organisation"], 7, each, misspelt=False)


def test_all_that_is_asked_for_is_found(store: Store) -> None:
    save(store, *(organisation(f"o{n:04}", f"Garage {n}") for n in range(1200)))
    assert len(found(store, "garage", ["Organisation"], limit=5_000)) == 1200
