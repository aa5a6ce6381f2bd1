"""What nobody says of a training action follows from its category."""

import pytest
from pydantic import ValidationError

from graph_schema.programmes import NOT_AT_WORK, ProgrammeCategory
from graph_schema.registry import SCHEMA

CLEAN = SCHEMA.nodes["Programme"].clean


@pytest.mark.parametrize("category", NOT_AT_WORK)
def test_a_vae_or_a_bilan_has_no_period_at_work_and_says_why(category: ProgrammeCategory) -> None:
    kept = CLEAN({"title": "Essai", "category": category})
    assert (kept["at_work"], kept["not_applicable_reason"]) == (False, NOT_AT_WORK[category])
    assert CLEAN({"title": "Essai", "category": category.value}) == kept
    assert CLEAN({**kept, "at_work": None}) == kept


def test_a_category_that_is_none_is_a_fault_like_any_other() -> None:
    with pytest.raises(ValidationError):
        CLEAN({"title": "Essai", "category": ["vae"]})


def test_a_reason_that_was_given_is_kept() -> None:
    said = {"title": "Essai", "category": ProgrammeCategory.VAE, "not_applicable_reason": "VAE entièrement à distance."}
    assert CLEAN(said)["not_applicable_reason"] == "VAE entièrement à distance."


@pytest.mark.parametrize("category", [None, ProgrammeCategory.TRAINING, ProgrammeCategory.APPRENTICESHIP])
def test_any_other_action_has_one_unless_someone_says_otherwise(category: ProgrammeCategory | None) -> None:
    kept = CLEAN({"title": "Essai", "category": category})
    assert kept["at_work"] is True
    assert "not_applicable_reason" not in kept
    assert CLEAN({**kept, "at_work": False})["at_work"] is False
