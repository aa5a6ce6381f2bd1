"""Folding by table and folding by Unicode’s rules are one; words do not depend on what stands beside them."""

from hypothesis import given
from hypothesis import strategies as st

from graph_schema.search_words import words
from graph_schema.text import _folded, fold

FRENCH = st.text("aàéêçœŒæßÉ²½™…’·\u00ad\u0301 -_Z09")


@given(st.text() | FRENCH)
def test_whatever_is_folded_by_the_table_is_folded_by_the_rules(text: str) -> None:
    assert fold(text) == _folded(text)


def test_each_letter_between_two_others_is_folded_by_the_rules() -> None:
    texts = [f"a{chr(code)}b" for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert [text for text in texts if fold(text) != _folded(text)] == []


NUMBERS = st.text("0123+ .()/-\u00a0") | st.from_regex(r"(00|0|\+33)[1-9][0-9 ]{8,16}", fullmatch=True)


@given(st.text() | FRENCH | NUMBERS, st.text() | NUMBERS)
def test_the_words_of_two_values_are_those_of_the_one_then_of_the_other(first: str, second: str) -> None:
    """So that a number alone, which is not searched for others, gives the words that it gives in a longer text."""
    assert words(f"{first}\n{second}\n!").split() == [*words(first).split(), *words(second).split()]
