"""Days that people may mean are read, others are as if not said."""

from datetime import date

import pytest

from crm import days
from crm.network import Network
from crm.validation import InvalidRecord


@pytest.mark.parametrize("day", [days.FIRST, date(2026, 11, 20), days.LAST])
def test_a_day_that_one_may_mean_is_read(day: date) -> None:
    assert days.read(day.isoformat()) == day


@pytest.mark.parametrize("text", ["", "hier", "2026-02-30", "0001-01-01", "1899-12-31"])
def test_what_is_no_day_or_comes_too_early_is_none(text: str) -> None:
    assert days.read(text) is None


@pytest.mark.parametrize("day", ["0026-11-28", "2126-11-28"])
def test_a_record_refuses_a_day_that_nobody_means(either: Network, day: str) -> None:
    with pytest.raises(InvalidRecord, match="trop loin, donnez un jour de 1900 à 2100"):
        either.commit("Essai", lambda unit: unit.create("Exchange", {"on": day}))
