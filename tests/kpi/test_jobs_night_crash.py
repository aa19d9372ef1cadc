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
from tests.kpi.crashes import crash_at
from tests.kpi.warned import days
from tests.kpi.whole import FIRST, SECOND, before_first, before_second, digest, night

pytestmark = pytest.mark.django_db(transaction=True)
NIGHTS = {"first": (before_first, FIRST), "second": (before_second, SECOND)}
PARTS = {
    "first": {"accountscore", "health", "healthday", "alert", "reading", "backtest"},
    "second": {"accountscore", "health", "alert", "reading", "tierspan"},
}
WRITES = re.compile(r'(?:INTO|UPDATE|DELETE FROM) "?(?:accounts|kpi)_(\w+)')


@pytest.fixture
def accounts(monkeypatch):
    monkeypatch.setattr(readings, "MONTHS", 2)  # of month-ends read: each is read the same way
    return whole.make_book()


def statements(day) -> dict[str, list[int]]:
    """Run the night; of each table the numbers of the statements that write it, in order."""
    found: dict[str, list[int]] = {}
    seen = 0

    def note(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if match := WRITES.search(str(sql)):
            found.setdefault(match[1], []).append(seen)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        night(day)
    return found


@pytest.mark.heavy
@pytest.mark.parametrize("which", NIGHTS)
def test_killed_in_any_of_its_parts_the_night_ends_the_same(accounts, which):
    """Where it begins to write to each of its tables."""
    prepare, day = NIGHTS[which]
    prepare(accounts)
    written = statements(day)
    clean = digest()
    assert PARTS[which] <= written.keys()
    points = sorted({numbers[0] for numbers in written.values()})
    killed = 0
    for number in points:
        prepare(accounts)
        killed += crash_at(number, partial(night, day))
        night(day)
        assert_same(clean, f"killed at statement {number}")
        assert not DirtyAccount.objects.exists()
    assert killed >= len(PARTS[which])  # a child that finds more in caches has fewer statements


def assert_same(clean: dict, when: str) -> None:
    found = digest()
    for name, rows in clean.items():
        assert found[name] == rows, f"{name}, {when}"


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
    together, ended = Barrier(3), []

    def start() -> None:
        together.wait()
        ended.append(night(SECOND))
        connection.close()

    threads = [Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ended) == 3
    assert sum(one["changed"] > 0 for one in ended) == 1
    assert_same(clean, "three at once")


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
