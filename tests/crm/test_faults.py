"""Faults are told one by one up to a bound, and counted beyond it."""

from crm.faults import Fault, bounded, how_many


def faults(many: int) -> list[Fault]:
    """So many faults."""
    return [Fault("code", str(n), f"Défaut {n}.") for n in range(many)]


def test_up_to_the_bound_each_is_told() -> None:
    assert bounded(faults(3), 3) == faults(3)
    assert bounded([], 3) == []


def test_beyond_the_bound_the_rest_is_counted_in_a_sentence() -> None:
    found = bounded(faults(5), 3)
    assert found[:3] == faults(3)
    assert found[3].message == "Et 2 autres défauts."
    assert how_many(found) == 5


def test_what_is_only_counted_is_counted_again() -> None:
    found = bounded([*bounded(faults(5), 3), *faults(2)], 2)
    assert [fault.message for fault in found] == ["Défaut 0.", "Défaut 1.", "Et 5 autres défauts."]
    assert how_many(found) == 7
