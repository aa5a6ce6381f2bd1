"""The journal: one chain, read in any way that people need."""

from dataclasses import replace

import pytest

from crm.errors import ConflictError
from crm.store.journal import emptied_token
from crm.store.protocol import Store, WriteTransaction
from graph_schema.records import GENESIS, Change, Head, LinkRecord, NodeRecord
from tests.contract.samples import append, commit_after, creation, link, organisation, person, save


def changed(position: int, id: str, action: str, revision: int, state: str) -> Change:
    """A change of an organisation."""
    before, after = {"name": "Avant"}, {"name": "Après", "tags": ["é'\"", "🤝"], "closed": False, "latitude": -0.5}
    return Change(
        position, action, id, "Organisation", None, None, revision,  # type: ignore[arg-type]
        before, None if action == "delete" else after, state, "salt", "digest",  # type: ignore[arg-type]
    )  # fmt: skip


def journalled(store: Store, *changes: Change, run: str | None = None) -> None:
    """Append one commit with these changes."""

    def work(tx: WriteTransaction) -> None:
        tx.append(commit_after(tx.head(), len(changes), run=run), changes)

    store.write(work)


def test_a_new_journal_begins_at_genesis(store: Store) -> None:
    assert store.read(lambda tx: tx.head()) == Head(0, GENESIS)
    assert store.read(lambda tx: (tx.commits(), list(tx.changes(0, 9)), tx.history("o1"))) == ([], [], [])
    assert store.read(lambda tx: list(tx.told())) == []


def test_a_commit_comes_back_whole_and_is_the_head(store: Store) -> None:
    commit = append(store, organisation("o1"), run="import-1")
    assert store.read(lambda tx: tx.commits()) == [commit]
    assert store.read(lambda tx: tx.head()) == Head(1, commit.digest)
    assert store.read(lambda tx: tx.info().head) == Head(1, commit.digest)
    detail = store.read(lambda tx: dict(tx.commits()[0].detail))
    assert detail == {"file": "liste d'été.csv", "rows": 3, "whole": True}
    assert type(detail["whole"]) is bool


def test_changes_come_back_whole_and_in_order(store: Store) -> None:
    records: list[NodeRecord | LinkRecord] = [
        organisation("o1"),
        person("p1"),
        link("l1", "WorksFor", "p1", "o1", role="DRH"),
    ]
    append(store, *records)
    journalled(store, changed(0, "o1", "update", 2, "s2"), changed(1, "o9", "delete", 3, ""))
    found = store.read(lambda tx: list(tx.changes(1, 2)))
    assert found == [
        *((1, creation(i, r)) for i, r in enumerate(records)),
        (2, changed(0, "o1", "update", 2, "s2")),
        (2, changed(1, "o9", "delete", 3, "")),
    ]
    assert store.read(lambda tx: [n for n, _ in tx.changes(2, 2)]) == [2, 2]
    assert store.read(lambda tx: list(tx.changes(3, 9))) == []


def test_positions_beyond_nine_stay_in_order(store: Store) -> None:
    append(store, *(organisation(f"o{n}") for n in range(120)))
    assert store.read(lambda tx: [c.position for _, c in tx.changes(1, 1)]) == list(range(120))


def test_a_redacted_change_has_no_content(store: Store) -> None:
    bare = Change(0, "update", "o1", "Organisation", None, None, 2, None, None, "state", "", "digest")
    journalled(store, bare)
    assert store.read(lambda tx: list(tx.changes(1, 1))) == [(1, bare)]


def test_what_was_deleted_is_told_as_it_was_last(store: Store) -> None:
    save(store, organisation("o1"), person("p1"))
    journalled(store, changed(0, "o8", "delete", 2, ""), changed(1, "o1", "delete", 2, ""))
    journalled(store, changed(0, "o8", "create", 3, "s3"))
    later = changed(0, "o8", "delete", 4, "")._replace(before={"name": "La dernière fois"})
    bare = changed(1, "o9", "delete", 2, "")._replace(before=None, salt="")
    journalled(store, later, bare)
    found = store.read(lambda tx: tx.deleted("Organisation"))
    assert found == [NodeRecord("o8", "Organisation", 4, {"name": "La dernière fois"})]  # o1 is there
    assert store.read(lambda tx: tx.deleted("Person")) == []
    with pytest.raises(KeyError):
        store.read(lambda tx: tx.deleted("Inconnu"))


def test_an_empty_content_is_not_an_absent_one(store: Store) -> None:
    emptied = Change(0, "update", "o1", "Organisation", None, None, 2, {"note": "x"}, {}, "state", "salt", "digest")
    journalled(store, emptied)
    assert store.read(lambda tx: list(tx.changes(1, 1))) == [(1, emptied)]


@pytest.mark.parametrize("number", [0, 1, 3, 7])
def test_a_commit_of_the_wrong_number_is_refused(store: Store, number: int) -> None:
    first = append(store, organisation("o1"))
    wrong = commit_after(Head(number - 1, first.digest))
    with pytest.raises(ConflictError):
        store.write(lambda tx: tx.append(wrong, []))
    assert store.read(lambda tx: tx.commits()) == [first]


def test_a_commit_that_follows_another_digest_is_refused(store: Store) -> None:
    append(store, organisation("o1"))
    fork = commit_after(Head(1, "f" * 64), 1)
    with pytest.raises(ConflictError):
        store.write(lambda tx: tx.append(fork, [creation(0, organisation("o2"))]))
    assert store.read(lambda tx: (tx.head().number, len(list(tx.changes(1, 2))))) == (1, 1)


def test_one_transaction_may_append_several_commits(store: Store) -> None:
    def work(tx: WriteTransaction) -> None:
        for n in range(3):
            tx.append(commit_after(tx.head(), 1), [creation(0, organisation(f"o{n}"))])

    store.write(work)
    assert store.read(lambda tx: [c.number for c in tx.commits()]) == [1, 2, 3]


def test_commits_page_forwards_and_backwards(store: Store) -> None:
    for n in range(7):
        append(store, organisation(f"o{n}"))

    def numbers(**asked: int | bool) -> list[int]:
        return store.read(lambda tx: [c.number for c in tx.commits(**asked)])  # type: ignore[arg-type]

    assert numbers(limit=3) == [1, 2, 3]
    assert numbers(after=3, limit=3) == [4, 5, 6]
    assert numbers(after=6, limit=3) == [7]
    assert numbers(after=7) == []
    assert numbers(newest_first=True, limit=3) == [7, 6, 5]
    assert numbers(newest_first=True, after=5, limit=3) == [4, 3, 2]
    assert numbers(newest_first=True, after=1) == []


def test_the_commits_of_a_run(store: Store) -> None:
    for n, run in enumerate(["a", None, "b", "a"]):
        append(store, organisation(f"o{n}"), run=run)
    assert store.read(lambda tx: [c.number for c in tx.commits(run="a")]) == [1, 4]
    assert store.read(lambda tx: [c.number for c in tx.commits(run="a", after=1)]) == [4]
    assert store.read(lambda tx: [c.number for c in tx.commits(run="a", newest_first=True)]) == [4, 1]
    assert store.read(lambda tx: [c.run for c in tx.commits()]) == ["a", None, "b", "a"]
    assert store.read(lambda tx: tx.commits(run="nowhere")) == []


def test_a_commit_is_known_by_its_token(store: Store) -> None:
    commit = append(store, organisation("o1"))
    assert store.read(lambda tx: tx.commit_by_token(commit.token)) == commit
    assert store.read(lambda tx: tx.commit_by_token("token-unknown")) is None


def test_a_token_serves_once(store: Store) -> None:
    first = append(store, organisation("o1"))

    def again(tx: WriteTransaction) -> None:
        second = commit_after(tx.head())
        tx.append(type(second)(**{f: getattr(second, f) for f in second.__slots__} | {"token": first.token}), [])

    with pytest.raises(ConflictError):
        store.write(again)


def test_the_history_of_a_record_is_newest_first(store: Store) -> None:
    first = append(store, organisation("o1"), organisation("o2"))
    journalled(store, changed(0, "o2", "update", 2, "x"), changed(1, "o1", "update", 2, "y"))
    journalled(store, changed(0, "o1", "delete", 3, ""))
    found = store.read(lambda tx: tx.history("o1"))
    assert [(c.number, change.action, change.revision) for c, change in found] == [
        (3, "delete", 3),
        (2, "update", 2),
        (1, "create", 1),
    ]
    assert found[-1] == (first, creation(0, organisation("o1")))
    assert store.read(lambda tx: [c.number for c, _ in tx.history("o1", limit=2)]) == [3, 2]


def test_links_have_a_history_too(store: Store) -> None:
    append(store, organisation("o1"), person("p1"), link("l1", "WorksFor", "p1", "o1"))
    ((_, change),) = store.read(lambda tx: tx.history("l1"))
    assert (change.type, change.source, change.target) == ("WorksFor", "p1", "o1")


def test_records_are_told_beside_their_newest_change(store: Store) -> None:
    append(store, organisation("o1"), organisation("o2"), organisation("o3"), organisation("o4"), person("p1"))
    journalled(store, changed(0, "o1", "update", 2, "s2"), changed(1, "o3", "delete", 2, ""))
    journalled(store, *(changed(n, "o1", "update", n + 3, f"s{n + 3}") for n in range(12)))
    save(store, organisation("o1"), organisation("o4", "Autre"), person("p1"), person("p2"), organisation("o5"))
    save(store, link("l1", "WorksFor", "p1", "o1"))
    found = {
        (told.record and told.record.id, told.latest and told.latest.id): told.latest and told.latest[1:4]
        for told in store.read(lambda tx: list(tx.told()))
    }
    assert found.pop(("p1", "p1"), (1, "create", 1)) == (1, "create", 1)  # alike: a store may say so, or not
    assert found == {
        ("o1", "o1"): (3, "update", 14),
        ("o4", "o4"): (1, "create", 1),
        ("o5", None): None,
        ("p2", None): None,
        ("l1", None): None,
        (None, "o2"): (1, "create", 1),
    }


def test_the_texts_that_are_digested_are_what_is_kept(store: Store) -> None:
    commit = append(store, organisation("o1", "Été", tags=["b", "a"], latitude=50.5))
    save(store, organisation("o1", "Été", tags=["b", "a"], latitude=50.5), person("p1"))
    save(store, organisation("a0", "Été", tags=["b", "a"], latitude=50.5))
    save(store, link("l1", "WorksFor", "p1", "o1"))
    values = '{"kind":"entreprise","latitude":50.5,"name":"Été","tags":["b","a"],"tier":"C"}'
    (change,) = store.read(lambda tx: list(tx.change_texts()))
    assert (change.number, change.before, change.after) == (1, None, values)
    (kept,) = store.read(lambda tx: list(tx.commit_texts()))
    assert kept.detail == """{"file":"liste d'été.csv","rows":3,"whole":true}"""
    assert (kept.digest, kept.version, kept.salt, kept.private) == (commit.digest, 1, "", "")
    records = {told.record.id: told.record for told in store.read(lambda tx: list(tx.told())) if told.record}
    assert records["l1"][:5] == ("l1", "WorksFor", "p1", "o1", 1)
    assert records["a0"][2:] == (None, None, 1, values)


def test_redacting_empties_one_change_and_nothing_else(store: Store) -> None:
    append(store, organisation("o1"), organisation("o2"))
    store.write(lambda tx: tx.redact(1, 1))
    first, second = store.read(lambda tx: [change for _, change in tx.changes(1, 1)])
    whole = creation(1, organisation("o2"))
    assert first == creation(0, organisation("o1"))
    assert second == whole._replace(before=None, after=None, salt="")


def test_redacting_a_commit_empties_its_second_part(store: Store) -> None:
    def work(tx: WriteTransaction) -> None:
        for number, version in ((1, 1), (2, 2)):
            said = replace(commit_after(tx.head(), run="r"), version=version, salt="s" * (version - 1))
            tx.append(said, [])
            tx.redact(number, None)

    store.write(work)
    first, second = store.read(lambda tx: tx.commits())
    assert (first.reason, first.detail, first.run, first.token) == ("", {}, "r", "token-1")
    assert (second.reason, second.detail, second.run, second.salt) == ("", {}, None, "")
    assert second.token == emptied_token(2)


def test_a_long_journal_keeps_its_order(store: Store) -> None:
    for n in range(12):
        append(store, organisation(f"o{n}"))
    numbers = store.read(lambda tx: [number for number, _ in tx.changes(1, 12)])
    assert numbers == list(range(1, 13))
    assert store.read(lambda tx: tx.head().number) == 12
