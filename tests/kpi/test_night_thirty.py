"""Thirty nights of a month in which everything happens leave what one night makes of its end.

Record of the past by design, and left out: which tier was in force when (TierSpan, KeySpan,
PortfolioDay), the course of health (HealthDay, the ceiling it sets, warnings of its slope),
answered and ended warnings, the day and the evidence of first sight of those that stand, first
readings of days that were over, the quarter's back-test.
"""

import datetime as dt

import pytest
from django.db.models import Q

from accounts.models import AccountScore, DirtyAccount, KeySpan, Scoring, TierSpan
from common.jobs import silent
from kpi import jobs
from kpi.choices import AlertCause
from kpi.commands import readings
from kpi.models import (
    Alert,
    Backtest,
    Health,
    HealthDay,
    HealthRecord,
    PortfolioDay,
    Reading,
    ReadingDay,
)
from kpi.queries.measures.stored import paired
from kpi.queries.warnings.findings import SILENCES
from tests.kpi import facts, month
from tests.kpi.whole import LEARNT, plain
from tests.stories.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
LAST = month.BEGIN + (month.NIGHTS - 1) * month.DAY
EVENING, NIGHT = dt.time(18), dt.time(23)
HAPPENED = {
    "late", "corrected", "credited", "undone", "talked", "reassigned", "merged", "parted",
    "planned", "answered", "judged",
}  # fmt: skip


def test_thirty_nights_equal_one(monkeypatch):
    monkeypatch.setattr(readings, "MONTHS", 2)  # of month-ends read: each is read the same way
    with at(month.BEGIN - month.DAY, EVENING):
        company = month.found_company()
    for number in range(month.NIGHTS):
        day = month.BEGIN + number * month.DAY
        with at(day, EVENING):
            month.live(company, day)
        night(day)
    assert company.done.keys() >= HAPPENED
    slid, kept = {"scores": facts.scores(), **shown()}, scored()
    assert len(slid["open"]) > 3
    assert len(slid["readings"]) > 200
    assert len(kept) > 10
    begin_anew(Health, HealthDay, HealthRecord, Reading, ReadingDay)
    Alert.objects.filter(answers=None).delete()
    night(LAST)
    assert_same(slid, shown())
    assert kept <= scored()
    begin_anew(Scoring, AccountScore, TierSpan, KeySpan, PortfolioDay, DirtyAccount)
    night(LAST)
    assert_same(slid, {"scores": facts.scores()})


def night(day: dt.date) -> None:
    """A chance is told throughout, as after a quarter that allowed it."""
    Backtest.objects.update(shown="logistic", reason="shown", learnt={"logistic": LEARNT})
    with at(day, NIGHT):
        jobs.recompute(silent)
    assert not DirtyAccount.objects.exists()
    assert Scoring.current().as_of == day


def begin_anew(*models: type) -> None:
    for model in models:
        model.objects.all().delete()


def assert_same(slid: dict, anew: dict) -> None:
    for name, rows in anew.items():
        assert set(map(plain, rows)) ^ set(map(plain, slid[name])) == set(), name


def shown() -> dict[str, list]:
    parts = ("account", "kept", "digest", "known", "confidence", "weights", "version")
    open_ones = Alert.objects.open().exclude(cause=AlertCause.SLOPE)  # the course of health
    dated = open_ones.filter(cause__in=(*SILENCES, AlertCause.CADENCE))
    return {
        "health": list(Health.objects.filter(account__merged_into=None).values_list(*parts)),
        "open": list(open_ones.values_list("account", "cause", "level", "stake")),
        "dated": list(dated.values_list("account", "cause", "since")),
        "readings": known_now(),
    }


def scored() -> set[tuple]:
    """Who has never lost a part that was known: nothing of the past limits their score."""
    whole = Health.objects.filter(missing=0).exclude(score=None)
    return set(whole.values_list("account", "score", "mean", "cap"))


def known_now() -> list[tuple]:
    """Of the days that a night still reads; an older month-end stays as it was then, and how
    many customers were being talked with is known of each night by itself."""
    found = []
    wanted = Reading.objects.filter(day__in=readings.wanted(LAST)).exclude(
        Q(code="coverage") & ~Q(day=LAST)
    )
    for name, days in paired(wanted).items():
        for day, known in days.items():
            row = known.now
            if says(row):
                found.append((name, day, row.numerator, row.denominator, row.value, row.inputs))
    return found


def says(row: Reading) -> bool:
    """A figure that is gone is kept as nought, beside what was first known of it."""
    return bool(row.numerator or row.denominator)
