"""Thirty nights of a month in which everything happens leave what one night makes of its end.

Record of the past by design, and left out: which tier was in force when (TierSpan, KeySpan,
PortfolioDay), the course of health (HealthDay, the ceiling it sets, warnings of its slope),
answered and ended warnings, first readings of days that were over, the quarter's back-test. What is
told of one night alone, the evidence of a warning's first sight and the record of a quarter, is
what a night from nothing on the same day tells.
"""

import datetime as dt

import pytest
from django.db import transaction
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
from tests.kpi.whole import KEPT, LEARNT, plain
from tests.stories.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
LAST = month.BEGIN + (month.NIGHTS - 1) * month.DAY
EARLY, JUDGED = dt.date(2026, 1, 20), dt.date(2026, 4, 1)  # a first night, and a quarter's record
ALL, WHOLE = readings.MONTHS, (3, 17, month.NIGHTS - 1)
SCORED = (Scoring, AccountScore, TierSpan, KeySpan, PortfolioDay, DirtyAccount)
EVENING, NIGHT = dt.time(18), dt.time(23)
HAPPENED = {
    "late", "corrected", "credited", "undone", "talked", "reassigned", "merged", "parted",
    "planned", "answered", "judged",
}  # fmt: skip


def test_thirty_nights_equal_one(monkeypatch):
    with at(EARLY, EVENING):
        company = month.found_company()
    night(EARLY)
    first_sights = 0
    for number in range(month.NIGHTS):
        day = month.BEGIN + number * month.DAY
        with at(day, EVENING):
            month.live(company, day)
        # Of month-ends two are read on most nights, all on some and on the last.
        monkeypatch.setattr(readings, "MONTHS", ALL if number in WHOLE else 2)
        night(day)
        first_sights += assert_told_of(day)
    assert company.done.keys() >= HAPPENED
    assert first_sights > 5
    slid, kept = {"scores": facts.scores(), **shown()}, scored()
    assert len(slid["open"]) > 3
    assert len({day for _name, day, *_figures in slid["readings"]}) > 24
    assert len(kept) > 10
    begin_anew(Health, HealthDay, HealthRecord, Reading, ReadingDay, *KEPT)
    Alert.objects.filter(answers=None).delete()
    night(LAST)
    assert_same(slid, shown())
    assert kept <= scored()
    begin_anew(*SCORED)
    night(LAST)
    assert_same(slid, {"scores": facts.scores()})


def assert_told_of(day: dt.date) -> int:
    """A night from nothing tells the same of what was told that night first: how much it was."""
    told = told_on(day)
    if told:
        with transaction.atomic():
            begin_anew(*SCORED, *KEPT)
            Alert.objects.filter(answers=None).delete()
            if day == JUDGED:
                HealthRecord.objects.all().delete()
            night(day)
            anew = told_on(day)
            transaction.set_rollback(True)
        assert told <= anew, day
    return len(told)


def told_on(day: dt.date) -> set[str]:
    """The evidence of warnings that were seen first, and the record of the quarter."""
    parts = ("account", "cause", "since", "raised_on", "red_on", "level", "stake", "data")
    told = set(map(plain, Alert.objects.filter(seen_on=day).values_list(*parts)))
    if day == JUDGED:
        (record,) = HealthRecord.objects.values_list("day", "leads", "red", "amber", "version")
        told.add(plain(record))
    return told


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
    parts = ("account", "mean", "known", "confidence", "cap", "weights")
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
    """Of the days that a night reads; how many customers were being talked with is known of each
    night by itself."""
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
