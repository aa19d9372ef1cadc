import datetime as dt
import re
from decimal import Decimal
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models import AccountScore, Scoring
from common.choices import JobState
from common.dbops import exclusive
from common.jobs import enqueue, run_now
from common.models import Job
from kpi.choices import NightPart
from kpi.commands.night import LOCK
from kpi.jobs import tick
from kpi.models import Backtest, Health
from kpi.queries.runs import counts
from kpi.rules.nights import PARTS
from tests.cast import make_account, make_company
from tests.kpi.crashes import counting
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)


@pytest.fixture
def account():
    make_company(set_up_at=timezone.now(), night_hour=0)
    account = make_account()
    make_day(account, DAY, Decimal(5))
    return account


def test_the_tick_starts_the_night_once_a_date(account, run_jobs):
    assert tick() is True
    assert tick() is False
    run, tidying = run_jobs()
    assert run.key == f"night:{timezone.now().date()}"
    assert tidying.name == "accounts.jobs.tidy_files"
    assert run.result["accounts"] == 1
    assert tick() is False


def test_the_tick_waits_for_set_up():
    make_company(night_hour=0)
    assert tick() is False
    assert not Job.objects.exists()


def test_the_job_takes_its_day_as_text_and_reports(account, run_jobs):
    enqueue("kpi.jobs.recompute", as_of="2026-03-31")
    (run,) = run_jobs()
    assert run.result["as_of"] == "2026-03-31"
    assert run.result["changed"] == 1
    assert AccountScore.objects.get().tier == "A"
    asked = set(PARTS) - {NightPart.DEPENDENCE}  # of a day in the past nobody asks
    assert asked - {NightPart.WARNINGS} <= set(run.result["parts"]) <= asked


def test_a_stopped_run_is_shown_as_stopped_and_mended_by_the_next(account):
    row = enqueue("kpi.jobs.recompute", as_of="2026-03-31")
    Job.objects.filter(pk=row.pk).update(cancel_asked=True)
    assert run_now(row.pk).state == JobState.CANCELLED
    call_command("recompute", as_of=DAY, stdout=StringIO())
    assert Scoring.current().whole


def test_the_command_is_seen_as_a_run(account):
    out = StringIO()
    call_command("recompute", as_of=DAY, stdout=out)
    assert out.getvalue().startswith("as of 2026-03-31: 1 accounts, 1 rows changed")
    assert Job.objects.get().state == JobState.DONE


def test_the_command_says_what_failed(account):
    with pytest.raises(CommandError, match="date value out of range"):
        call_command("recompute", as_of=dt.date(1, 1, 1), stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_a_second_run_at_the_same_time_does_nothing(account):
    said = []

    def second():
        out = StringIO()
        call_command("recompute", as_of=DAY, stdout=out)
        said.append(out.getvalue())
        connection.close()

    with exclusive(LOCK) as free:
        assert free
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert said == ["already running elsewhere; nothing was done here\n"]
    assert not AccountScore.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_run_that_was_asked_for_meanwhile_waits_its_turn(account):
    row = enqueue("kpi.jobs.recompute", as_of="2026-03-31")
    ended = []

    def second():
        ended.append(run_now(row.pk))
        connection.close()

    with exclusive(LOCK):
        thread = Thread(target=second)
        thread.start()
        thread.join(0.3)
        assert not ended
    thread.join()
    assert ended[0].result["changed"] == 1


def test_the_night_puts_under_control_what_became_key_in_hands_that_may_not(cast, run_jobs):
    account = make_account("Hansa", owner=cast.karl)
    make_day(account, DAY, Decimal(5))
    account.pins.create(kind="key", reason="large", valid_from=DAY)
    enqueue("kpi.jobs.recompute", as_of=DAY.isoformat())
    runs = run_jobs()
    account.refresh_from_db()
    assert (account.score.is_key, account.owner) == (True, cast.dora)
    assert runs[0].result["controlled"] == 1
    assert "1 key account came under a director's control" in counts(runs[0].result)
    again = enqueue("kpi.jobs.recompute", as_of=DAY.isoformat())
    assert "controlled" not in run_now(again.pk).result


def test_the_forecast_is_tried_anew_by_a_job_of_its_own(account, run_jobs):
    call_command("recompute", as_of=DAY, stdout=StringIO())
    made = Backtest.objects.get()
    enqueue("kpi.jobs.backtest")
    (run,) = run_jobs()
    assert run.result == {"chances": 0}
    assert Backtest.objects.get().made_at > made.made_at


def test_before_the_first_night_there_is_nothing_to_try(run_jobs):
    make_company()
    enqueue("kpi.jobs.backtest")
    (run,) = run_jobs()
    assert (run.result, Backtest.objects.exists()) == ({}, False)


def test_the_night_scores_the_health_of_accounts_too(account, run_jobs):
    enqueue("kpi.jobs.recompute", as_of="2026-03-31")
    (run,) = run_jobs()
    assert run.result["health"] == 1
    enqueue("kpi.jobs.refresh_health")
    (again,) = run_jobs()
    assert set(again.result) == {"changed"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("table", "part"), [("kpi_health", NightPart.HEALTH), ("kpi_reading", NightPart.MEASURES)]
)
def test_a_part_that_fails_is_named_and_the_next_night_does_it_all(account, table, part):
    make_day(account, DAY - dt.timedelta(days=800), Decimal(5))

    def fail(said: str) -> None:
        if re.match(f'(INSERT INTO|UPDATE) "?{table}"? ', said):
            raise DatabaseError("disk full")

    row = enqueue("kpi.jobs.recompute", as_of=DAY.isoformat())
    with counting(fail):
        ended = run_now(row.pk)
    assert (ended.state, ended.error) == (JobState.FAILED, "DatabaseError: disk full")
    assert ended.result["at"] == [part]
    assert set(ended.result["parts"]) >= {NightPart.SCORES}
    again = run_now(enqueue("kpi.jobs.recompute", as_of=DAY.isoformat()).pk)
    assert again.state == JobState.DONE
    assert Health.objects.filter(account=account).exists()


@pytest.mark.django_db(transaction=True)
def test_a_night_that_is_stopped_stops_in_all_it_does(account):
    row = enqueue("kpi.jobs.recompute", as_of=DAY.isoformat())

    def stop(said: str) -> None:
        if "kpi_health" in said:
            Job.objects.filter(pk=row.pk).update(cancel_asked=True)

    with counting(stop):
        ended = run_now(row.pk)
    assert ended.state == JobState.CANCELLED
    assert NightPart.SCORES in ended.result["parts"]
    assert NightPart.WARNINGS not in ended.result["parts"]
