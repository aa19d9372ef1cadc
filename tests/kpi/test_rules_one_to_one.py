import datetime as dt

from kpi.rules import one_to_one as rule

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


def test_a_talk_has_taken_place_within_a_year():
    assert rule.is_day_of_talk(TODAY, TODAY)
    assert rule.is_day_of_talk(TODAY - 366 * DAY, TODAY)
    assert not rule.is_day_of_talk(TODAY + DAY, TODAY)
    assert not rule.is_day_of_talk(TODAY - 367 * DAY, TODAY)


def test_a_talk_says_something():
    assert rule.says_something(" a ", []) and rule.says_something("", ["b"])
    assert not rule.says_something(" ", ["", " "])


def test_a_period_has_begun_and_is_not_endless():
    assert rule.is_period(TODAY, TODAY, TODAY)
    assert rule.is_period(TODAY - 700 * DAY, TODAY + 30 * DAY, TODAY)
    assert not rule.is_period(TODAY, TODAY - DAY, TODAY)
    assert not rule.is_period(TODAY + DAY, TODAY + 2 * DAY, TODAY)
    assert not rule.is_period(TODAY - 733 * DAY, TODAY, TODAY)


def test_points_are_lines_without_bullets():
    assert rule.points_of("- a\n\n • b\n* c-d\n") == ["a", "b", "c-d"]
