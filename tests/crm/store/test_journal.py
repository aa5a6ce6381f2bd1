"""The arithmetic of the journal."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crm.store.journal import Intent, change_between, change_digest, commit_digest, follow, state_digest
from graph_schema.records import GENESIS, Head, NodeRecord

VALUES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=3),
        "tags": st.lists(st.text(max_size=3), max_size=2),
        "latitude": st.floats(-90, 90),
        "closed": st.booleans(),
    },
)


@given(before=VALUES, after=VALUES)
def test_a_change_tells_exactly_the_fields_that_differ(before: dict, after: dict) -> None:  # type: ignore[type-arg]
    change = change_between(0, NodeRecord("a", "Organisation", 1, before), NodeRecord("a", "Organisation", 2, after))
    if change is None:
        assert before == after
        return
    rest = {k: v for k, v in before.items() if k not in (change.before or {}) and k not in (change.after or {})}
    assert {**rest, **(change.after or {})} == after
    assert {**rest, **(change.before or {})} == before
    assert change_digest(change) == change.digest


def test_two_equal_changes_have_different_digests() -> None:
    record = NodeRecord("a", "Person", 1, {"family_name": "Exemple"})
    one, other = change_between(0, None, record), change_between(0, None, record)
    assert one is not None
    assert other is not None
    assert one.digest != other.digest


def test_the_digest_of_a_state_does_not_depend_on_the_order_of_fields_nor_on_the_revision() -> None:
    one = NodeRecord("a", "Organisation", 1, {"name": "A", "city": "Lens"})
    other = NodeRecord("a", "Organisation", 3, {"city": "Lens", "name": "A"})
    assert state_digest(one) == state_digest(other)


def test_a_commit_follows_the_head_and_its_digest_covers_the_one_before() -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    first = follow(Head(0, GENESIS), Intent("A", "Essai", "test"), "t1", at, [])
    second = follow(Head(1, first.digest), Intent("A", "Essai", "test"), "t2", at, [])
    elsewhere = follow(Head(1, GENESIS), Intent("A", "Essai", "test"), "t2", at, [])
    assert (first.number, second.number, second.previous) == (1, 2, first.digest)
    assert second.digest != elsewhere.digest
    assert commit_digest(second, []) == second.digest
