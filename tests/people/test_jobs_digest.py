"""The letter of news: at the reader's hour, once a day, by the rights of that moment."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from common.choices import JobState
from common.models import Job
from people import commands, jobs, rules
from people.models import Notification, User
from tests.cast import make_account, make_cast, make_company
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 23, 7, 5, tzinfo=dt.UTC)  # a Monday


@pytest.fixture
def cast():
    made = make_cast()
    make_company(set_up_at=timezone.now())
    User.objects.exclude(pk=made.karl.pk).update(digest="never")
    return made


@pytest.fixture
def account(cast):
    account = make_account("Hansa", owner=cast.karl)
    commands.tell(user=cast.karl, kind="account_given", target=account, cause="a")
    return account


def sent_at(moment, run_jobs):
    with time_machine.travel(moment, tick=False):
        jobs.digest_tick()
        run_jobs()
    return mail.outbox


@pytest.mark.parametrize(
    ("local", "how_often", "hour", "expected"),
    [
        ("2026-11-23T06:59", "daily", 7, False),
        ("2026-11-23T07:00", "daily", 7, True),
        ("2026-11-23T10:59", "daily", 7, True),
        ("2026-11-23T11:00", "daily", 7, False),
        ("2026-11-23T07:00", "weekly", 7, True),
        ("2026-11-24T07:00", "weekly", 7, False),
        ("2026-11-23T07:00", "never", 7, False),
    ],
)
def test_a_digest_is_due_at_its_hour(local, how_often, hour, expected):
    at = dt.datetime.fromisoformat(local)
    assert rules.digest_date(at, how_often=how_often, hour=hour) == (
        at.date() if expected else None
    )


def test_the_letter_says_what_is_new_and_names_no_customer_in_its_subject(cast, account, run_jobs):
    (letter,) = sent_at(MORNING, run_jobs)
    assert letter.to == [cast.karl.email]
    assert "Hansa" not in letter.subject
    assert "Hansa was assigned to you" in letter.body
    assert f"/accounts/{account.pk}/" in letter.body
    assert "Hansa was assigned to you" in letter.alternatives[0][0]
    assert Notification.objects.get().mailed_at


def test_it_comes_once_a_day_however_often_it_is_started(cast, account, run_jobs):
    sent_at(MORNING, run_jobs)
    sent_at(MORNING + dt.timedelta(minutes=5), run_jobs)
    job = Job.objects.get(name="people.jobs.mail_digest")
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    Notification.objects.update(mailed_at=None)
    assert len(sent_at(MORNING, run_jobs)) == 1
    assert len(sent_at(MORNING + dt.timedelta(days=1), run_jobs)) == 2


def test_an_account_given_away_before_sending_is_not_told_of(cast, account, run_jobs):
    make_task("Ask Hansa", owner=cast.karl, account=account, due=MORNING.date())
    with time_machine.travel(MORNING, tick=False):
        jobs.digest_tick()
        account.assignments.update(valid_to=dt.date(2021, 1, 1))
        run_jobs()
    assert mail.outbox == []


def test_no_letter_is_sent_when_there_is_nothing_and_none_to_who_has_left(cast, account, run_jobs):
    Notification.objects.all().delete()
    assert sent_at(MORNING, run_jobs) == []
    commands.tell(user=cast.karl, kind="account_given", target=account, cause="b")
    tomorrow = MORNING + dt.timedelta(days=1)
    with time_machine.travel(tomorrow, tick=False):
        jobs.digest_tick()
        User.objects.filter(pk=cast.karl.pk).update(is_active=False)
        run_jobs()
    assert mail.outbox == []


def test_each_reader_is_written_to_at_their_hour_and_in_their_language(cast, account, run_jobs):
    User.objects.filter(pk=cast.karl.pk).update(
        time_zone="Asia/Novosibirsk", digest_hour=9, language="ru"
    )
    assert sent_at(MORNING, run_jobs) == []
    assert len(sent_at(dt.datetime(2026, 11, 23, 2, 1, tzinfo=dt.UTC), run_jobs)) == 1
    assert 'lang="ru"' in mail.outbox[0].alternatives[0][0]


def test_a_letter_that_did_not_leave_can_be_sent_again(cast, account, run_jobs, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("no mail today")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    with time_machine.travel(MORNING, tick=False):
        jobs.digest_tick()
        run_jobs(failures=True)
    assert User.objects.get(pk=cast.karl.pk).digest_on is None
    assert Notification.objects.get().mailed_at is None
