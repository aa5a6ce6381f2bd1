"""Bars are as long as what they show, and say it to whoever listens."""

from ui import bars
from ui.bars import PictureColumn, Slice


def test_a_bar_is_as_long_as_its_share_and_never_longer_than_its_room() -> None:
    assert "width:25.0%" in bars.bar(0.25)
    assert "width:100.0%" in bars.bar(7)
    assert "width:0.0%" in bars.bar(-1)


def test_a_divided_bar_shows_the_first_parts_and_says_them() -> None:
    drawn = bars.shared([Slice(f"Part <{n}>", 0.1) for n in range(8)], "Accueils")
    assert drawn.count('class="part') == 5
    assert 'aria-label="Accueils\u00a0: Part &lt;0&gt;, Part &lt;1&gt;' in drawn


def test_the_highest_column_fills_the_picture_even_when_all_are_zero() -> None:
    drawn = bars.columns([PictureColumn(1, "mai : 1"), PictureColumn(4, "juin : 4")], "Échanges", ("05", "06"))
    assert "height:25.0%" in drawn
    assert "height:100.0%" in drawn
    assert bars.columns([PictureColumn(0, "mai : 0")], "Échanges", ("05", "05")).count("height:0.0%") == 1
