"""Whatever a field may hold comes back as it went in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.errors import InputError
from crm.store import open_store
from crm.store.protocol import Condition, Op, Query, Store
from graph_schema.records import NodeRecord, Values
from graph_schema.text import fold

texts = st.text(st.characters(exclude_characters="\0", codec="utf-8"))
values = st.fixed_dictionaries(
    {"name": texts},
    optional={
        "note": texts,
        "aliases": st.lists(texts, min_size=1),
        "latitude": st.floats(allow_nan=False, allow_infinity=False),
        "longitude": st.integers(-(2**63), 2**63 - 1),
        "closed": st.booleans(),
    },
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all examples."""
    path: Path = tmp_path_factory.mktemp("values") / "essai.db"
    opened = open_store(str(path))
    yield opened
    opened.close()


@given(values)
def test_contents_survive_in_records_and_in_rows(store: Store, content: Values) -> None:
    record = NodeRecord("o1", "Organisation", 1, content)
    fields = ["name", "note", "aliases", "latitude", "longitude", "closed"]
    store.write(lambda tx: tx.save([record]))
    assert store.read(lambda tx: tx.get(["o1"])) == {"o1": record}
    (row,) = store.read(lambda tx: list(tx.rows("Organisation", fields)))
    assert row == ("o1", *(content.get(field) for field in fields))
    assert [type(v) for v in row[1:]] == [type(content.get(field)) for field in fields]


@given(texts)
def test_any_text_is_found_by_equality_and_by_its_words(store: Store, name: str) -> None:
    store.write(lambda tx: tx.save([NodeRecord("o1", "Organisation", 1, {"name": name})]))
    query = Query("Organisation", (Condition("name", Op.EQ, name), Condition("name", Op.IN, (name,))))
    assert store.read(lambda tx: [r.id for r in tx.find(query).items]) == ["o1"]
    assert bool(store.read(lambda tx: tx.search(name))) is bool(fold(name))


@given(st.text())
def test_no_search_text_is_an_error(store: Store, text: str) -> None:
    assert isinstance(store.read(lambda tx: tx.search(text)), list)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**64, "\0", "\udc80"])
def test_what_cannot_come_back_is_refused(store: Store, value: float | str) -> None:
    with pytest.raises(InputError):
        store.write(lambda tx: tx.save([NodeRecord("o1", "Organisation", 1, {"name": "x", "latitude": value})]))
