"""The layouts are compared: on a small picture, and nothing is said of times."""

import numpy as np

from benchmarks.layout import METHODS, OURS, compare, measured_as
from tests.crm.canvas.scenes import scene, star


def test_every_method_draws_the_same_picture_and_ours_overlaps_nothing() -> None:
    found = compare(star(12))
    assert set(found) == set(METHODS)
    assert found[OURS].overlaps == 0
    assert found[OURS].crossed == 0
    assert all(picture.unevenness >= 0 for picture in found.values())


def test_a_picture_is_judged_by_what_can_be_seen() -> None:
    square = scene("abcd", [("a", "c"), ("b", "d")])
    corners = np.array([(0.0, 0.0), (900.0, 0.0), (900.0, 900.0), (0.0, 900.0)])
    crossed, uneven, overlapping = measured_as(square, corners)
    assert (crossed, overlapping) == (1, 0)
    assert uneven < 1e-9
    assert measured_as(square, corners / 100)[2] == 6
