import datetime as dt

import pytest

from accounts.models import AccountScore
from accounts.queries.silence import BAR, TICK, silence_of, silence_why

LAST = dt.date(2026, 9, 20)
KNOWN = {
    "last_order": LAST,
    "usual_gap": 28,
    "amber_day": LAST + dt.timedelta(days=40),
    "alarm_day": LAST + dt.timedelta(days=45),
    "order_days": 24,
}


def score(**fields) -> AccountScore:
    return AccountScore(**{**KNOWN, **fields})


def after(days: int, **fields):
    return silence_of(score(**fields), LAST + dt.timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "level"),
    [(0, "usual"), (39, "usual"), (40, "unusual"), (44, "unusual"), (45, "alarm")],
)
def test_the_level_follows_the_days(days, level):
    found = after(days)
    assert (found.days, found.level, found.is_alarm) == (days, level, level == "alarm")
    assert found.is_unusual == (days >= 40)


def test_the_bar_reaches_its_tick_on_the_day_of_the_alarm():
    assert [after(days).bar for days in (0, 45, 61, 500)] == [0, TICK, 115, BAR]


def test_too_early_is_said_and_nothing_drawn():
    found = after(300, usual_gap=None, amber_day=None, alarm_day=None)
    assert (found.level, found.usual, found.alarm_at, found.bar, found.times) == (
        "", None, None, 0, 0.0,
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["score", "order", "night"])
def test_before_the_first_order_or_night_there_is_no_silence(missing):
    none = {
        "score": (None, LAST),
        "order": (score(last_order=None), LAST),
        "night": (score(), None),
    }
    assert silence_of(*none[missing]) is None
    assert silence_why(None, None) is None


def test_why_tells_the_rhythm_and_the_chance():
    why = silence_why(after(61), score())
    assert "it orders every 28 days." in why.sentence
    assert "is silent for 45 days or longer 1 time in 20." in why.sentence
    assert [value for _label, value in why.inputs][0] == "24"


def test_why_it_is_too_early():
    early = {"usual_gap": None, "amber_day": None, "alarm_day": None, "order_days": 2}
    assert "three days with an order" in silence_why(after(9, **early), score(**early)).sentence
