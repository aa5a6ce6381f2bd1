"""Records come back as they went in, by id and by value, and nothing is kept by halves."""

import pytest

from crm.errors import ConflictError, DuplicateKey, InputError, NotFound
from crm.store.protocol import Store
from graph_schema.records import NodeRecord, Value
from tests.contract.samples import link, organisation, person, remove, save


def test_a_saved_node_comes_back_by_its_id(store: Store) -> None:
    saved = organisation("o1", "L'Œuvre du Nord", city="Lens")
    save(store, saved)
    assert store.read(lambda tx: tx.get(["o1", "absent"])) == {"o1": saved}


def test_a_saved_link_comes_back_by_its_id_with_its_ends(store: Store) -> None:
    saved = link("l1", "WorksFor", "p1", "o1", role="Directrice", main=True, valid_from="2025-01-01")
    save(store, organisation("o1"), person("p1"), saved)
    assert store.read(lambda tx: tx.get_links(["l1", "o1", "absent"])) == {"l1": saved}


def test_fields_come_in_the_order_of_their_names_however_they_were_given(store: Store) -> None:
    for id, given in (("p1", ["phone", "family_name", "email"]), ("p2", ["email", "phone", "family_name"])):
        save(store, NodeRecord(id, "Person", 1, dict.fromkeys(given, "x")))
        save(store, NodeRecord(id, "Person", 2, {"given_name": "x", **dict.fromkeys(given, "x")}))
    save(store, link("l1", "Knows", "p1", "p2", valid_to="2026-01-01", valid_from="2025-01-01"))
    nodes = store.read(lambda tx: tx.get(["p1", "p2"]))
    links = store.read(lambda tx: tx.get_links(["l1"]))
    for values in [nodes[id].values for id in ("p1", "p2")] + [links["l1"].values]:
        assert list(values) == sorted(values)


def test_asking_for_nothing_gives_nothing(store: Store) -> None:
    save(store, organisation("o1"))
    assert store.read(lambda tx: (tx.get([]), tx.get_links([]), tx.lookup("Organisation", "siret", []))) == ({}, {}, {})


def test_saving_again_replaces_the_whole_content(store: Store) -> None:
    save(store, organisation("o1", "Ancien nom", city="Lens", tags=["ami"]))
    newer = organisation("o1", "Nouveau nom", revision=2)
    save(store, newer)
    assert store.read(lambda tx: tx.get(["o1"])) == {"o1": newer}


def test_saving_a_link_again_may_move_its_ends(store: Store) -> None:
    save(store, organisation("o1"), organisation("o2"), person("p1"), link("l1", "WorksFor", "p1", "o1", role="DRH"))
    moved = link("l1", "WorksFor", "p1", "o2", revision=2)
    save(store, moved)
    assert store.read(lambda tx: tx.get_links(["l1"])) == {"l1": moved}
    assert store.read(lambda tx: tx.links_of(["o1"])) == []


@pytest.mark.parametrize(
    "values",
    [
        {"note": 'Deux lignes\net une tabulation\t, des "guillemets", l\'apostrophe, un \\ et un % ; -- $x {y}'},
        {"note": "émoji 🤝🏽, œuvre, ﬁn, İstanbul, ‮rtl, \u2028, e\u0301"},
        {"note": "' OR 1=1; DROP TABLE node; MATCH (n) DETACH DELETE n //"},
        {"note": "x" * 20_000},
        {"latitude": -0.1, "longitude": 2.8312345678901234},
        {"latitude": 50.0, "longitude": -1e-12},
        {"closed": True, "masked": False},
        {"tags": ["b", "a", "b", "é'\""], "aliases": ["un seul"]},
    ],
)
def test_values_of_every_shape_survive(store: Store, values: dict[str, Value]) -> None:
    saved = NodeRecord("o1", "Organisation", 1, {"name": "Atelier Exemple", "kind": "entreprise", **values})
    save(store, saved)
    found = store.read(lambda tx: tx.get(["o1"])["o1"])
    assert found == saved
    assert [type(v) for v in found.values.values()] == [type(saved.values[k]) for k in found.values]


def test_integers_survive_whatever_their_sign_and_size(store: Store) -> None:
    sizes = {"e1": 0, "e2": 2**53 + 1, "e3": -7, "e4": 2**63 - 1}
    saved = {i: NodeRecord(i, "Evidence", 1, {"title": "T", "kind": "echange", "size": n}) for i, n in sizes.items()}
    save(store, *saved.values())
    assert store.read(lambda tx: tx.get(sizes)) == saved


@pytest.mark.parametrize("text", ["avant\0après", "demi-paire \ud800"])
def test_a_text_that_no_store_can_keep_is_refused_and_named(store: Store, text: str) -> None:
    with pytest.raises(InputError) as refused:
        save(store, organisation("o1", note=text))
    assert refused.value.field == "note"
    assert store.read(lambda tx: tx.get(["o1"])) == {}


def test_a_text_that_cannot_be_kept_is_refused_by_the_label_of_its_field(store: Store) -> None:
    save(store, organisation("o1"), person("p1"))
    for refused, label in (
        (organisation("o2", "Garage\0"), "Nom"),
        (link("l1", "WorksFor", "p1", "o1", role="\0"), "Rôle"),
    ):
        with pytest.raises(InputError, match=f"« {label} »") as caught:
            save(store, refused)
        assert caught.value.field in ("name", "role")


def test_a_text_that_only_speaks_of_the_nul_character_is_kept(store: Store) -> None:
    saved = organisation("o1", note="\\u0000 et null")
    save(store, saved)
    assert store.read(lambda tx: tx.get(["o1"])) == {"o1": saved}


@pytest.mark.parametrize("id", ["avant\0après", "demi-paire \ud800", "o1\0", ""])
def test_an_impossible_id_is_merely_absent(store: Store, id: str) -> None:
    save(store, organisation("o1"))
    assert store.read(lambda tx: (tx.get([id]), tx.get_links([id]), tx.links_of([id]), tx.history(id))) == (
        {},
        {},
        [],
        [],
    )


def test_lookup_groups_nodes_by_value(store: Store) -> None:
    first, twin = organisation("o1", siren="000000001"), organisation("o2", siren="000000001")
    other = organisation("o3", siren="000000002")
    save(store, twin, first, other, organisation("o4"), person("p1"))
    found = store.read(lambda tx: tx.lookup("Organisation", "siren", ["000000001", "000000002", "absent"]))
    assert {value: sorted(records) for value, records in found.items()} == {
        "000000001": [first, twin],
        "000000002": [other],
    }


def test_lookup_serves_fields_without_an_index_too(store: Store) -> None:
    save(store, organisation("o1", city="Lens"), organisation("o2", city="lens"))
    assert set(store.read(lambda tx: tx.lookup("Organisation", "city", {"lens"}))) == {"lens"}


def test_names_from_elsewhere_than_the_registry_are_refused(store: Store) -> None:
    for work in (
        lambda tx: tx.lookup("Organisation", "name' --", ["x"]),
        lambda tx: tx.lookup("Nowhere", "name", ["x"]),
        lambda tx: list(tx.rows("Organisation", ["id) FROM x"])),
        lambda tx: list(tx.link_rows("Organisation")),
        lambda tx: tx.links_of(["o1"], types=["Nowhere"]),
        lambda tx: tx.search("lens", types=["Nowhere"]),
        lambda tx: tx.count("Works`For"),
    ):
        with pytest.raises(KeyError):
            store.read(work)


def test_a_unique_value_belongs_to_one_record_only(store: Store) -> None:
    save(store, organisation("o1", "Atelier Premier", siret="00000000000018"))
    with pytest.raises(DuplicateKey, match="SIRET") as refused:
        save(store, organisation("o0"), organisation("o2", siret="00000000000018"))
    assert (refused.value.field, refused.value.existing) == ("siret", "o1")
    assert store.read(lambda tx: list(tx.get(["o0", "o1", "o2"]))) == ["o1"]


def test_a_unique_value_may_not_come_twice_in_one_save(store: Store) -> None:
    with pytest.raises(DuplicateKey):
        save(store, organisation("o1", siret="00000000000018"), organisation("o2", siret="00000000000018"))
    assert store.read(lambda tx: tx.count("Organisation")) == 0


def test_a_record_keeps_its_own_unique_value_and_gives_it_up(store: Store) -> None:
    save(store, organisation("o1", siret="00000000000018"))
    save(store, organisation("o1", siret="00000000000018", city="Lens", revision=2))
    save(store, organisation("o1", revision=3))
    save(store, organisation("o2", siret="00000000000018"), organisation("o3"), organisation("o4"))
    assert store.read(lambda tx: tx.count("Organisation")) == 4


def test_a_link_needs_both_its_ends(store: Store) -> None:
    save(store, person("p1"))
    for ends in (("p1", "absent"), ("absent", "p1")):
        with pytest.raises(NotFound):
            save(store, person("p2"), link("l1", "WorksFor", *ends))
    assert store.read(lambda tx: (list(tx.get(["p2"])), tx.get_links(["l1"]))) == ([], {})


def test_a_node_may_not_leave_a_link_without_its_end(store: Store) -> None:
    save(store, organisation("o1"), person("p1"), link("l1", "WorksFor", "p1", "o1"))
    for id in ("o1", "p1"):
        with pytest.raises(ConflictError):
            remove(store, nodes=[id])
    assert store.read(lambda tx: (len(tx.get(["o1", "p1"])), len(tx.get_links(["l1"])))) == (2, 1)


def test_nodes_and_their_links_go_together(store: Store) -> None:
    save(store, organisation("o1"), person("p1"), link("l1", "WorksFor", "p1", "o1"))
    remove(store, nodes=["o1", "absent"], links=["l1", "absent"])
    assert store.read(lambda tx: (list(tx.get(["o1", "p1"])), tx.get_links(["l1"]))) == (["p1"], {})


def test_a_removed_id_may_come_back(store: Store) -> None:
    save(store, organisation("o1", "Avant"))
    remove(store, nodes=["o1"])
    back = organisation("o1", "Après", revision=3)
    save(store, back)
    assert store.read(lambda tx: tx.get(["o1"])) == {"o1": back}


def test_two_links_of_one_type_may_join_the_same_ends(store: Store) -> None:
    first, second = (link(f"l{n}", "WorksFor", "p1", "o1", role=f"Rôle {n}") for n in (1, 2))
    save(store, organisation("o1"), person("p1"), first, second)
    assert store.read(lambda tx: tx.links_of(["p1"])) == [first, second]
