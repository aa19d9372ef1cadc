"""The whole night, of all its parts: killed, started twice or missed, it ends the same."""

import re
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import AccountScore, DirtyAccount
from common.choices import JobState
from common.jobs import enqueue, run_now
from kpi.commands import readings
from kpi.models import Alert, Backtest, Health, Reading
from tests.kpi import whole
from tests.kpi.crashes import counting, crash_at
from tests.kpi.warned import days
from tests.kpi.whole import (
    FIRST,
    SECOND,
    assert_same,
    before_first,
    before_second,
    digest,
    night,
)

pytestmark = pytest.mark.django_db(transaction=True)
NIGHTS = {"first": (before_first, FIRST), "second": (before_second, SECOND)}
PARTS = {
    "first": {"accountscore", "health", "healthday", "alert", "reading", "backtest"},
    "second": {"accountscore", "health", "alert", "reading", "tierspan"},
}
SAMPLE = 40  # kills of each night: about every second write or commit
WRITES = re.compile(r'(?:INTO|UPDATE|DELETE FROM) "?(?:accounts|kpi)_(\w+)')


@pytest.fixture
def accounts(monkeypatch):
    monkeypatch.setattr(readings, "MONTHS", 2)  # of month-ends read: each is read the same way
    return whole.make_book()


def writes(day) -> tuple[list[int], set[str]]:
    """Run the night; the numbers of what writes or commits, of all it says, and the tables."""
    numbers, tables, seen = [], set(), 0

    def note(sql: str) -> None:
        nonlocal seen
        seen += 1
        match = WRITES.search(sql)
        if match:
            tables.add(match[1])
        if match or (sql == "COMMIT" and tables):
            numbers.append(seen)

    with counting(note):
        night(day)
    return numbers, tables


@pytest.mark.heavy
@pytest.mark.parametrize("which", NIGHTS)
def test_killed_at_any_write_the_night_ends_the_same(accounts, which):
    """Before a statement that writes or after a commit: every so manieth of them, evenly."""
    prepare, day = NIGHTS[which]
    prepare(accounts)
    night(day)  # what is asked once per process has been asked now: a child says the same
    prepare(accounts)
    found, tables = writes(day)
    clean = digest()
    assert PARTS[which] <= tables
    points = found[:: -(-len(found) // SAMPLE)]
    killed = 0
    for number in points:
        prepare(accounts)
        killed += crash_at(number, partial(night, day))
        night(day)
        assert_same(clean, f"killed at statement {number}")
        assert not DirtyAccount.objects.exists()
    print(f"killed {killed} of {len(points)}, of {len(found)} writes and commits")
    assert killed == len(points)


def test_every_part_of_the_night_writes(accounts):
    before_second(accounts)
    night(SECOND)
    assert AccountScore.objects.exclude(p_order=None).count() > 3
    assert Alert.objects.filter(cleared_on=SECOND, why="ordered").exists()
    assert Alert.objects.open().exists()
    assert Health.objects.filter(as_of=SECOND).exists()
    assert Reading.objects.filter(is_restated=True).exists()
    assert Backtest.objects.count() == 1


@pytest.mark.heavy
def test_a_night_that_is_repeated_changes_nothing(accounts):
    before_second(accounts)
    night(SECOND)
    once = digest()
    night(SECOND)
    assert_same(once, "done again")


def test_delivered_twice_the_work_is_done_once(accounts):
    before_second(accounts)
    row = enqueue("kpi.jobs.recompute", as_of=SECOND.isoformat())
    assert run_now(row.pk).state == JobState.DONE
    once, made = digest(), Health.objects.get(account=accounts[5])
    again = run_now(row.pk)
    assert (again is None or again.attempts == 1, digest() == once) == (True, True)
    assert Health.objects.get(account=accounts[5]).was_mean == made.was_mean


@pytest.mark.heavy
def test_nights_that_overlap_end_like_one(accounts):
    before_second(accounts)
    night(SECOND)
    clean = digest()
    before_second(accounts)
    together, ended = Barrier(5), []

    def start() -> None:
        together.wait()
        ended.append(night(SECOND))
        connection.close()

    threads = [Thread(target=start) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ended) == 5
    assert sum(one["changed"] > 0 for one in ended) == 1
    assert_same(clean, "five at once")


@pytest.mark.heavy
def test_three_missed_nights_are_made_up_by_the_next(accounts):
    """Figures and warnings end like those of a house that was never away; a warning is dated by
    the day on which it became true, whichever night saw it."""
    last = SECOND + days(3)
    names = ("account", "cause", "level", "since", "raised_on", "red_on", "cleared_on")
    ends = []
    for nights in ((SECOND, SECOND + days(1), SECOND + days(2), last), (last,)):
        before_second(accounts)
        for day in nights:
            night(day)
        now = Alert.objects.open().order_by("account", "cause").values_list(*names)
        readings = Reading.objects.filter(day=last).values_list("code", "scope", "key", "value")
        ends.append((digest()["scores"], list(now), sorted(map(str, readings))))
    assert ends[0] == ends[1]
