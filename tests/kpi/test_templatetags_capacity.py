import pytest

from kpi.rules.forecast import Band
from kpi.templatetags.capacity import count_band, span, spare, spare_span


def band(low, middle, high):
    return Band(middle, low, high, low - 1, high + 1, float(middle))


@pytest.mark.parametrize(
    ("found", "width", "words"),
    [
        (band(13, 14, 16), 50, "13–16"),
        (band(13, 14, 16), 80, "12–17"),
        (band(12, 12, 12), 50, "12"),
        (band(-1, 0, 2), 50, "-1 … 2"),
    ],
)
def test_a_band_is_told_by_its_ends(found, width, words):
    assert span(found, width).replace("\u2212", "-") == words


def test_a_band_is_drawn_within_its_line():
    drawn = count_band(band(2, 4, 6), 0, 8)
    assert 'x="34.0"' in drawn and 'width="68.0"' in drawn and 'x1="68.0"' in drawn
    assert 'x1="136.0"' in count_band(band(9, 12, 15), 0, 8)


@pytest.mark.parametrize(
    ("found", "words"),
    [(band(-3, -2, -1), "1–3"), (band(-2, -2, -2), "2"), (band(-2, -1, 0), "0–2")],
)
def test_fewer_than_none_missing_are_to_spare(found, words):
    assert spare_span(found, 50) == words
    assert spare(-2) == "2"
