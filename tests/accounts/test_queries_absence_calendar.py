"""The calendar file: whole days, folded lines, nothing about why."""

import pytest

from accounts.queries.absence_calendar import ics
from tests.care import in_days, make_absence

pytestmark = pytest.mark.django_db


def test_an_absence_is_whole_days_under_a_neutral_title(cast):
    make_absence(cast.karl, 3, 5, kind="illness", note="Secret")
    text = ics(cast.karl)
    assert f"DTSTART;VALUE=DATE:{in_days(3):%Y%m%d}\r\n" in text
    assert f"DTEND;VALUE=DATE:{in_days(5):%Y%m%d}\r\n" in text
    assert "SUMMARY:Away: Karl\r\n" in text
    assert "Secret" not in text and "illness" not in text


def test_long_and_odd_names_are_escaped_and_folded(cast):
    cast.karl.name = "Карл; " + "Ж" * 60
    cast.karl.save()
    make_absence(cast.karl, 3, 5)
    lines = ics(cast.karl).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "Карл\\; " in "".join(line.lstrip() if line.startswith(" ") else line for line in lines)


def test_of_others_one_knows_the_team_only(cast):
    for user in (cast.karl, cast.lena, cast.kim):
        make_absence(user)
    assert ics(cast.karl).count("BEGIN:VEVENT") == 2
    assert ics(cast.dora).count("BEGIN:VEVENT") == 3
    assert ics(cast.anna).count("BEGIN:VEVENT") == 0
