import datetime as dt

import pytest

from hiring.rules.show import (
    BOOKED,
    CONFIRMED_TODAY,
    EARLIER,
    LESS_THAN_DAY,
    MORE_THAN_THREE_DAYS,
    ONE_TO_THREE_DAYS,
    SILENT,
    Seen,
    Share,
    notice,
    part,
    reply_at,
    share_of,
    whole,
)

START = dt.datetime(2026, 12, 2, 10, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def before(hours: float) -> dt.datetime:
    return START - hours * HOUR


def seen(**fields) -> Seen:
    return Seen(**{"starts": START, "invited": before(120), **fields})


@pytest.mark.parametrize(
    ("fields", "hours", "reply"),
    [
        ({}, 48, SILENT),
        ({}, 130, None),
        ({"booked": before(100)}, 48, BOOKED),
        ({"booked": before(20)}, 48, SILENT),
        ({"booked": before(100), "confirmed": before(70)}, 48, EARLIER),
        ({"booked": before(100), "confirmed": before(5)}, 48, BOOKED),
        ({"booked": before(100), "confirmed": before(5)}, 1, CONFIRMED_TODAY),
        ({"gone": before(60)}, 48, None),
        ({"gone": before(20), "booked": before(100)}, 48, BOOKED),
    ],
)
def test_what_somebody_had_answered_at_a_moment(fields, hours, reply):
    assert reply_at(seen(**fields), before(hours)) == reply


@pytest.mark.parametrize(
    ("hours", "kind"),
    [(5, LESS_THAN_DAY), (23.9, LESS_THAN_DAY), (24, ONE_TO_THREE_DAYS),
     (72, ONE_TO_THREE_DAYS), (73, MORE_THAN_THREE_DAYS)],
)  # fmt: skip
def test_notice_is_short_fair_or_long(hours, kind):
    assert notice(hours * HOUR) == kind


def rows(came: int, missed: int, **fields) -> list[Seen]:
    return [seen(came=True, **fields)] * came + [seen(**fields)] * missed


def test_nine_of_twenty_four_on_the_weak_start():
    assert whole(rows(9, 15), 2, 3) == Share(11, 18, 9, 24)


def test_a_part_borrows_ten_people_of_the_whole():
    all_of_them = whole(rows(9, 15), 2, 3)
    found = part(rows(4, 1), all_of_them)
    assert found.came == pytest.approx(10 * 11 / 29 + 4)
    assert found.missed == pytest.approx(10 * 18 / 29 + 1)
    assert (found.hits, found.tries) == (4, 5)


@pytest.mark.parametrize("some", [[], rows(9, 15)])
def test_a_part_that_says_nothing_new_is_the_whole(some):
    all_of_them = whole(rows(9, 15), 2, 3)
    found = part(some, all_of_them)
    assert (found.came, found.missed) == (11, 18)


def test_no_part_lends_more_than_is_known():
    found = part(rows(1, 0), Share(2, 3, 0, 4))
    assert found.came + found.missed == 6


def test_narrower_and_narrower():
    letters = rows(6, 2, source="form") + rows(1, 7, source="agency")
    all_of_them = whole(letters, 2, 3)
    by_form = share_of(letters, all_of_them, lambda row: row.source == "form")
    by_agency = share_of(letters, all_of_them, lambda row: row.source == "agency")
    assert by_form.rate > all_of_them.rate > by_agency.rate
    nobody = share_of(letters, all_of_them, lambda row: row.source == "hh", lambda row: True)
    assert nobody.rate == all_of_them.rate
