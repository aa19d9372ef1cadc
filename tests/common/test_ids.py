import pytest

from common.ids import row_id


@pytest.mark.parametrize(("text", "number"), [
    ("7", 7), ("0", 0), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5000, None), ("²", None),
    ("٣", None), ("-1", None), ("1.5", None), (" 1", None), ("\x00", None), ("", None),
    (None, None),
])  # fmt: skip
def test_only_plain_digits_name_a_row(text, number):
    assert row_id(text) == number
