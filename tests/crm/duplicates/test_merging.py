"""Two records of one partner made one lose nothing; split, they are as they were, and what came since is told."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.documents.whole import around
from crm.duplicates.comparing import compare
from crm.duplicates.merging import Merged, beside, merge, merges, split
from crm.errors import ConflictError, Forbidden, InputError, NotFound, StaleRevision
from crm.ledger.undo import undo_commit
from crm.ledger.verify import verify
from crm.measures.introductions import introductions
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.redirects import all_followed, followed
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records import exchanges, organisations, people
from crm.records.sheet import sheet
from crm.store import open_store
from graph_schema.records import LinkRecord, NodeRecord, Record
from importers import run
from tests.importers.files import write_csv

ADMIN = Actor("C. Exemple", Role.ADMIN)
SIRET = "00000001600016"
DAY = date(2026, 3, 3)


def _content(network: Network) -> dict[str, tuple[object, ...]]:
    """Everything that a network says, revisions apart."""

    def without_revision(record: Record) -> tuple[object, ...]:
        ends = (record.source, record.target) if isinstance(record, LinkRecord) else ()
        return (record.type, ends, sorted(record.values.items()))

    return network.read(lambda tx: {r.id: without_revision(r) for r in tx.records()})


def _links(network: Network, id: str, type: str) -> list[dict[str, Any]]:
    return network.read(lambda tx: [dict(link.values) for link in tx.links_of([id], [type])])


def _record(network: Network, id: str) -> NodeRecord:
    return network.read(lambda tx: tx.get([id])[id])


def _act(network: Network, work: Any) -> Any:
    return network.commit("Essai", work).value


@pytest.fixture
def pair(either: Network) -> tuple[str, str]:
    """« Garage Fictif » twice, each with its own people, roles, exchanges and identifiers."""
    network = either
    kept = organisations.create(network, {"name": "Garage Fictif", "city": "Lens", "tags": ["auto"]}).value
    given = {"name": "Garage Fictif SARL", "siret": SIRET, "tags": ["auto", "btp"], "phone": "+33321000000"}
    other = organisations.create(network, given).value
    lea = people.add(network, other, {"family_name": "Exemple", "given_name": "Léa"}, {"role": "RH"}).value
    luc = people.add(network, other, {"family_name": "Fictif"}, {"role": "Gérant", "valid_from": "2024-01-01"}).value
    people.join(network, luc, kept, {"role": "Tuteur", "valid_from": "2020-01-01", "valid_to": "2023-12-31"})
    people.join(network, lea, kept, {"role": "RH", "main": True})
    exchanges.log(network, [kept, other], on=DAY, subject="Deux places")
    exchanges.log(network, [other, lea], on=DAY, subject="Une place")
    _act(network, lambda unit: unit.connect("WorksWith", kept, other))
    return kept, other


def test_what_the_other_says_goes_over_and_twin_links_are_one(either: Network, pair: tuple[str, str]) -> None:
    kept, other = pair
    done = merge(either, kept, other)
    assert done.value == Merged(kept, other, moved=2, folded=2, dropped=1)
    values = _record(either, kept).values
    assert (values["name"], values["aliases"], values["siret"]) == ("Garage Fictif", ["Garage Fictif SARL"], SIRET)
    assert (values["tags"], values["phone"], values["city"]) == (["auto", "btp"], "+33321000000", "Lens")
    roles = sorted((str(each["role"]), each.get("valid_from")) for each in _links(either, kept, "WorksFor"))
    assert roles == [("Gérant", "2024-01-01"), ("RH", None), ("Tuteur", "2020-01-01")]
    assert [each.get("main") for each in _links(either, kept, "WorksFor") if each["role"] == "RH"] == [True]
    assert len(sheet(either, kept, DAY).exchanges) == 2
    assert either.read(lambda tx: tx.get([other])) == {}
    assert done.commit is not None
    assert done.commit.reason == "Deux fiches du même partenaire fusionnées"
    assert verify(either) == []


def test_what_knew_the_other_finds_the_one_that_stays(either: Network, pair: tuple[str, str]) -> None:
    kept, other = pair
    third = organisations.create(either, {"name": "Garage Fictif Lens"}).value
    merge(either, kept, other)
    merge(either, third, kept)
    assert either.read(lambda tx: [followed(tx, id) for id in (other, kept, third, "rien")]) == [third] * 3 + ["rien"]
    assert either.read(lambda tx: all_followed(tx, [other, third, "rien"])) == {other: third}
    assert sheet(either, other, DAY).record.id == third
    view = views.save(either, "Avant", CanvasState(starts=(other,), hidden=frozenset({kept})), {}).value
    opened = views.open_view(either, view)
    assert (opened.state.starts, opened.state.hidden) == ((third,), frozenset({third}))
    assert introductions(either, other, DAY).name == "Garage Fictif Lens"
    assert around(either, measures(either, DAY), other, 1).nodes
    organisations.delete(either, third)
    assert either.read(lambda tx: followed(tx, other)) == other
    with pytest.raises(NotFound):
        sheet(either, other, DAY)


def test_a_split_gives_back_what_was_there(either: Network, pair: tuple[str, str]) -> None:
    before = _content(either)
    merge(either, *pair, taken=["name"])
    done = split(either, pair[1])
    assert (done.since, done.kept, done.other) == ((), *pair)
    assert _content(either) == before
    assert verify(either) == []
    merge(either, pair[1], pair[0])
    assert split(either, pair[1]).other == pair[0]
    assert _content(either) == before


def test_a_split_keeps_what_was_done_since_and_says_it(either: Network, pair: tuple[str, str]) -> None:
    kept, other = pair
    commit = merge(either, kept, other).commit
    assert commit is not None
    organisations.edit(either, kept, {"phone": "+33321111111"}, _record(either, kept).revision)
    exchanges.log(either, [kept], on=DAY, subject="Depuis")
    told = split(either, str(commit.number)).since
    assert sorted(each.reason for each in told) == [
        "modifiée depuis (Téléphone)",
        "reliée depuis : ce lien reste sur la fiche gardée",
    ]
    assert (_record(either, kept).values["phone"], _record(either, other).values["phone"]) == (
        "+33321111111",
        "+33321000000",
    )
    assert len(sheet(either, kept, DAY).exchanges) == 2


def test_a_merge_is_split_once_and_the_last_one_first(either: Network, pair: tuple[str, str]) -> None:
    kept, other = pair
    third = organisations.create(either, {"name": "Garage Fictif Lens"}).value
    first = merge(either, kept, other).commit
    assert first is not None
    merge(either, third, kept)
    with pytest.raises(ConflictError, match="elle-même été fusionnée"):
        split(either, str(first.number))
    assert split(either, third).other == kept
    assert split(either, kept).other == other
    with pytest.raises(ConflictError, match="déjà été défaite"):
        split(either, kept)
    with pytest.raises(NotFound, match="Aucune fusion"):
        split(either, "rien")
    assert len(either.read(merges)) == 2


def test_a_merge_undone_as_any_act_is_a_split(either: Network, pair: tuple[str, str]) -> None:
    before = _content(either)
    commit = merge(either, *pair).commit
    assert commit is not None
    assert undo_commit(either, commit).kept == []
    assert _content(either) == before


def test_the_value_that_is_chosen_stays_and_no_name_is_lost(network: Network) -> None:
    one = organisations.create(network, {"name": "Garage Fictif", "owner": "C. Exemple", "note": "Un"}).value
    two = organisations.create(network, {"name": "Fictif Auto", "owner": "D. Exemple", "note": "Deux"}).value
    assert [pair.field.name for pair in beside(network, one, two).differing] == ["name", "owner", "note"]
    merge(network, one, two, taken=["name", "note"])
    values = _record(network, one).values
    assert [values[name] for name in ("name", "aliases", "owner", "note")] == [
        "Fictif Auto", ["Garage Fictif"], "C. Exemple", "Deux",
    ]  # fmt: skip


def test_two_people_are_made_one_and_an_opposition_is_kept(network: Network) -> None:
    at = organisations.create(network, {"name": "Garage Fictif"}).value
    one = people.add(network, at, {"family_name": "Exemple", "given_name": "Léa"}).value
    two = people.add(network, at, {"family_name": "EXEMPLE", "opposed_on": "2026-03-03"}, {"role": "RH"}).value
    merge(network, one, two)
    assert _record(network, one).values["opposed_on"] == "2026-03-03"
    assert _links(network, one, "WorksFor") == [{"role": "RH"}]


def test_what_cannot_be_one_is_refused_in_one_sentence(network: Network) -> None:
    at = organisations.create(network, {"name": "Garage Fictif"}).value
    who = people.add(network, at, {"family_name": "Exemple"}).value
    two = organisations.create(network, {"name": "Fictif"}).value
    for pair, words in (((at, at), "deux fois la même"), ((at, who), "du même type"), ((at, "rien"), "n'existe pas")):
        with pytest.raises(InputError, match=words):
            merge(network, *pair)
    with pytest.raises(InputError, match="ne diffèrent pas"):
        merge(network, at, two, taken=["phone"])
    with pytest.raises(StaleRevision):
        merge(network, at, two, seen=(1, 2))
    reader = Network(network.store, Actor("L. Exemple", Role.READER))
    for refused in (lambda: merge(reader, at, two), lambda: split(reader, at)):
        with pytest.raises(Forbidden):
            refused()
    assert beside(reader, at, two).kept.id == at


def test_a_file_that_names_the_one_that_went_means_the_one_that_stayed(network: Network, tmp_path: Path) -> None:
    kept = organisations.create(network, {"name": "Garage Fictif"}).value
    other = organisations.create(network, {"name": "Fictif Auto"}).value
    merge(network, kept, other)
    file = write_csv(tmp_path / "a.csv", f"Action · Quoi;Donne suite à\nRappeler;{other}\n")
    assert run(network, [file]).tally.codes.total() == 0
    assert len(_links(network, kept, "FollowsUp")) == 1


FIELDS = st.fixed_dictionaries(
    {"name": st.sampled_from(["Garage Fictif", "GARAGE FICTIF", "Fictif Auto"])},
    optional={
        "city": st.sampled_from(["Lens", "Arras"]),
        "siret": st.just(SIRET),
        "tags": st.lists(st.sampled_from(["auto", "btp", "été"]), unique=True),
        "aliases": st.lists(st.sampled_from(["Fictif Auto", "GF"]), unique=True),
        "note": st.sampled_from(["Un", "Deux"]),
        "closed": st.just(True),
    },
)
ROLES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.booleans(),
        st.fixed_dictionaries(
            {},
            optional={
                "role": st.sampled_from(["RH", "rh", "Gérant"]),
                "main": st.just(True),
                "valid_from": st.sampled_from(["2020-01-01", "2024-01-01"]),
                "valid_to": st.just("2025-06-30"),
                "evidence": st.lists(st.sampled_from(["p1", "p2"]), min_size=1, unique=True),
            },
        ),
    ),
    max_size=6,
)


@settings(max_examples=60)
@given(one=FIELDS, two=FIELDS, roles=ROLES, tied=st.booleans(), data=st.data())
def test_merge_then_split_is_nothing_and_a_merge_loses_nothing(
    one: dict[str, Any], two: dict[str, Any], roles: list[tuple[int, bool, dict[str, Any]]], tied: bool, data: Any
) -> None:
    if "siret" in one:
        two.pop("siret", None)
    with TemporaryDirectory() as folder:
        network = Network(open_store(str(Path(folder) / "r.db")), ADMIN)

        def fill(unit: UnitOfWork) -> None:
            unit.create("Organisation", one, id="one")
            unit.create("Organisation", two, id="two")
            for who in range(3):
                unit.create("Person", {"family_name": f"Exemple {who}"}, id=f"p-{who}")
            for who, second, role in roles:
                unit.connect("WorksFor", f"p-{who}", "two" if second else "one", role)
            if tied:
                unit.connect("PartOf", "one", "two")

        network.commit("Avant", fill)
        before, links = _content(network), network.read(lambda tx: tx.links_of(["one", "two"], ["WorksFor"]))
        differing = [pair.field.name for pair in compare(_record(network, "one"), _record(network, "two")).differing]
        taken = data.draw(st.lists(st.sampled_from(differing), unique=True)) if differing else []
        merge(network, "one", "two", taken)
        kept = network.read(lambda tx: tx.links_of(["one"], ["WorksFor"]))
        assert all(any(_holds(link, old) for link in kept) for old in links)
        values: dict[str, Any] = dict(_record(network, "one").values)
        assert {*one.get("tags", []), *two.get("tags", [])} <= {*values.get("tags", [])}
        assert all(name in values for name in {**one, **two} if {**one, **two}[name] != [])
        assert verify(network) == []
        assert split(network, "two").since == ()
        assert _content(network) == before
        network.store.close()


def _holds(link: LinkRecord, old: LinkRecord) -> bool:
    """Whether a role of after says all that a role of before said."""
    if link.source != old.source or any(link.values.get(d) != old.values.get(d) for d in ("valid_from", "valid_to")):
        return False
    role = str(old.values.get("role", "")).lower()
    return (
        (not role or str(link.values.get("role", "")).lower() == role)
        and bool(link.values.get("main")) >= bool(old.values.get("main"))
        and {*_many(old)} <= {*_many(link)}
    )


def _many(link: LinkRecord) -> list[str]:
    proofs = link.values.get("evidence")
    return proofs if isinstance(proofs, list) else []
