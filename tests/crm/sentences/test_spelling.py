"""One letter wrong does not hide a word of contacts, and no other word becomes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.sentences.lexicon import TABLE
from crm.sentences.spelling import spelt

LONG = sorted(phrase[0] for phrase in TABLE if len(phrase) == 1 and len(phrase[0]) >= 8 and phrase[0].isalpha())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("courier", "courrier"),
        ("confimer", "confirmer"),
        ("anulee", "annulee"),
        ("rdvs", "rdvs"),
        ("telehpone", "telephone"),
        ("notre", "notre"),
        ("referent", "referent"),
        ("savoir", "savoir"),
        ("change", "change"),
        ("devait", "devait"),
        ("preuve", "preuve"),
        ("organisme", "organisme"),
        ("directrice", "directrice"),
    ],
)
def test_a_word_is_taken_as_it_was_meant(written: str, meant: str) -> None:
    assert spelt(written) == meant


@given(st.sampled_from(LONG))
def test_a_word_that_is_known_stays(word: str) -> None:
    assert spelt(word) == word


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=12))
def test_any_word_becomes_itself_or_a_known_one(word: str) -> None:
    found = spelt(word)
    assert found == word or (found,) in TABLE
