"""A state as JSON: it comes back as it was, and whatever else comes in is left out and said."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm import days
from crm.analytics.freshness import State
from crm.canvas.families import FAMILIES, LINKS
from crm.canvas.state import DEEPEST, CanvasState, Colour, SizeMeaning, read
from graph_schema.vocabularies import Function
from graph_schema.wording import NBSP

_IDS = st.text("abc-0189", min_size=1, max_size=6)
_SETS = st.frozensets(_IDS, max_size=4)
STATES = st.builds(
    CanvasState,
    starts=st.lists(_IDS, unique=True, max_size=4).map(tuple),
    search=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    depth=st.integers(0, DEEPEST),
    expanded=_SETS,
    collapsed=_SETS,
    hidden=_SETS,
    pinned=_SETS,
    links_out=st.frozensets(st.sampled_from(LINKS)),
    families_out=st.frozensets(st.sampled_from(list(FAMILIES))),
    states_out=st.frozensets(st.sampled_from(State)),
    functions_out=st.frozensets(st.sampled_from(Function)),
    colour=st.sampled_from(Colour),
    size=st.sampled_from(SizeMeaning),
    path=st.none() | st.tuples(_IDS, _IDS),
    introduce=_IDS | st.just(""),
    loss=_IDS | st.just(""),
    compare=st.none() | st.dates(days.FIRST),
)
_TEXT = st.text(st.characters())  # halves of surrogate pairs as well: JSON can spell them
_NAMES = st.sampled_from(["depth", "starts", "path", "search", "colour"])
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT | _NAMES, inner),
    max_leaves=12,
)


@given(STATES)
def test_a_state_comes_back_from_its_json_as_it_was(state: CanvasState) -> None:
    assert read(json.dumps(state.to_json())) == (state, "")


@given(_JSON)
def test_any_json_at_all_gives_a_state_that_can_be_written_again(content: object) -> None:
    state, notice = read(content)
    assert read(state.to_json()).state == state
    assert json.dumps([state.to_json(), notice], ensure_ascii=False).encode()


def test_what_a_state_does_not_know_is_left_out_and_said() -> None:
    found = read({"colour": "humeur", "starts": ["org-1"], "links_out": ["Epouse", "Knows"], "vitesse": 3})
    assert found.state == CanvasState(starts=("org-1",), links_out=frozenset({"Knows"}))
    words = "3 réglages inconnus de cette vue, laissés de côté : « humeur », « Epouse » et « vitesse »."
    assert found.notice.replace(NBSP, " ") == words


def test_text_that_is_not_a_state_opens_an_empty_one_and_says_so() -> None:
    for text in ("", "{", "[1]", "null", "[" * 100_000):
        assert read(text) == (CanvasState(), "Cette vue est illisible : elle s'ouvre vide.")
