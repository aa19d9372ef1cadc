import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.reading.dates import Days, OrderEvidence, order_of
from common.reading.errors import REASONS, Rejected

DAY = dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("", "2024-02-29"),
        ("", "2024-02-29 10:30:00"),
        ("", "2024-02-29T23:59:59.123Z"),
        ("", "2024-02-29T00:00:00+03:00"),
        ("", "2024/2/29"),
        ("", "20240229"),
        ("", "29 Feb 2024"),
        ("", "29-Feb-2024"),
        ("", "February 29, 2024"),
        ("", "29 февраля 2024 г."),
        ("", "29 de febrero de 2024"),
        ("", "29 febbraio 2024"),
        ("dmy", "29.02.2024"),
        ("dmy", "29. 2. 2024"),
        ("dmy", "29/02/24"),
        ("dmy", "29.02.2024 08:26"),
        ("mdy", "2/29/2024 8:26 AM"),
        ("mdy", "02-29-2024"),
        ("serial", "45351"),
        ("serial", "45351.75"),
        ("serial", "\x1fn45351"),
        ("", "\x1fd2024-02-29T10:30:00"),
    ],
)
def test_days_are_read_as_written(order, text):
    assert Days(order)[text] == DAY


@pytest.mark.parametrize(
    ("order", "text", "code"),
    [
        ("", "", "missing"),
        ("", "03/04/2024", "ambiguous_date"),
        ("dmy", "31.02.2024", "no_such_day"),
        ("mdy", "13/01/2024", "no_such_day"),
        ("", "2023-02-29", "no_such_day"),
        ("", "1024-02-29", "date_out_of_range"),
        ("", "2999-01-01", "date_out_of_range"),
        ("", "45351", "not_a_date"),
        ("serial", "1", "not_a_date"),
        ("", "tomorrow", "not_a_date"),
        ("", "29 Foo 2024", "not_a_date"),
        ("", "#N/A", "error_cell"),
        ("", "٢٠٢٤-٠٢-٢٩", "not_a_date"),
        ("", "\x1fn45351", "not_a_date"),
        ("", "\x1fb1", "not_a_date"),
    ],
)
def test_what_is_no_day_is_named(order, text, code):
    with pytest.raises(Rejected) as rejected:
        Days(order, latest=dt.date(2026, 1, 1))[text]
    assert rejected.value.code == code


@given(st.text(max_size=30), st.sampled_from(["", "dmy", "mdy", "ymd", "serial"]))
def test_any_text_gives_a_day_or_a_reason(text, order):
    try:
        assert Days(order)[text] >= dt.date(1970, 1, 1)
    except Rejected as rejected:
        assert rejected.code in REASONS


def evidence(*texts):
    found = OrderEvidence()
    for text in texts:
        found.add(text)
    return found


@pytest.mark.parametrize(
    ("texts", "order", "ambiguous"),
    [
        (["01.02.2024", "13.02.2024"], "dmy", False),
        (["01/02/2024", "02/13/2024"], "mdy", False),
        (["01/02/2024", "03/04/2024"], "", True),
        (["13/02/2024", "02/13/2024"], "", True),
        (["2024-02-01", "2024-02-13"], "ymd", False),
        (["2024-02-01", "6/4/2024"], "", True),
        (["45351", "45352"], "serial", False),
        (["\x1fd2024-02-29", "\x1fn45351"], "ymd", False),
        (["05.05.2024"], "ymd", False),
    ],
)
def test_a_day_above_twelve_anywhere_settles_a_column(texts, order, ambiguous):
    found = evidence(*texts)
    assert (found.order, found.is_ambiguous) == (order, ambiguous)


@given(st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), min_size=1, max_size=40))
def test_a_settled_column_is_read_back(days):
    texts = [f"{day:%d.%m.%Y}" for day in days]
    found = evidence(*texts)
    if found.order == "dmy":
        assert [Days("dmy")[text] for text in texts] == days
    else:
        assert found.order != "mdy" or any(day.day > 12 for day in days) is False
        assert all(day.day <= 12 for day in days)


@pytest.mark.parametrize(
    ("said", "order"),
    [("%d.%m.%Y", "dmy"), ("dd/mm/yyyy", "dmy"), ("mm/dd/yyyy hh:mm", "mdy"), ("dmy", "dmy"),
     ("%Y-%m-%d %H:%M:%S", "ymd"), ("дд.мм.гггг", "dmy"), ("gg/mm/aaaa", None),
     ("serial", "serial"), ("what", None)],
)  # fmt: skip
def test_a_person_says_the_order_in_many_ways(said, order):
    if order:
        assert order_of(said) == order
    else:
        with pytest.raises(ValueError):
            order_of(said)
