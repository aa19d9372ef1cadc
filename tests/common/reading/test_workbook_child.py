import datetime as dt

import pytest

from common.reading.workbook_child import cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("text", "text"), ("\x1fn5", "n5"), (17850.0, "\x1fn17850"), (0.1 + 0.2, "\x1fn0.3"),
        (1e-7, "\x1fn0.0000001"), (1e15, "\x1fn1000000000000000"), (-2.5, "\x1fn-2.5"),
        (True, "\x1fb1"), (dt.date(2024, 2, 29), "\x1fd2024-02-29"),
        (dt.datetime(2024, 2, 29, 10, 30), "\x1fd2024-02-29T10:30:00"),
        (dt.time(10, 30), "10:30:00"), (None, ""), (float("nan"), "nan"),
    ],
)  # fmt: skip
def test_cells_keep_their_type_as_text(value, text):
    assert cell_text(value) == text
