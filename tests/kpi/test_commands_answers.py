"""Answers to warnings, their refusals, and taking them back."""

import datetime as dt

import pytest

from accounts.models import Task
from common.errors import RuleBroken
from kpi.choices import AlertEnd
from kpi.commands import answers
from kpi.commands.warnings import raise_alerts
from kpi.models import AgreedPause, Alert, AlertAnswer
from people.models import Event, company_day
from tests.cast import make_cast
from tests.kpi.facts import make_day
from tests.kpi.warned import DAY, days, make_warned, night

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def alert(cast):
    return make_warned(cast.karl)


def tomorrow() -> dt.date:
    return company_day() + days(1)


def test_a_planned_call_is_a_task_of_the_owner(cast, alert):
    answer = answers.plan_call(actor=cast.dora, alert_id=alert.pk, on=tomorrow())
    assert (answer.task.owner, answer.task.due) == (cast.karl, tomorrow())
    alert.refresh_from_db()
    assert alert.cleared_on is None
    assert Event.objects.filter(verb="alert.planned", target_id=alert.account_id).exists()


def test_a_pause_silences_it_and_undo_brings_it_back(cast, alert):
    answer = answers.know_pause(
        actor=cast.karl, alert_id=alert.pk, day=DAY, until=DAY + days(30), reason="Rebuilding"
    )
    alert.refresh_from_db()
    assert alert.why == AlertEnd.PAUSED
    answers.undo_answer(actor=cast.karl, answer_id=answer.pk)
    alert.refresh_from_db()
    assert alert.cleared_on is None
    assert AgreedPause.objects.get().undone_at is not None


def test_lost_ends_every_warning_and_the_next_night_raises_none(cast, alert):
    answers.call_lost(actor=cast.karl, alert_id=alert.pk, day=DAY, reason="price")
    raise_alerts(day=DAY)
    assert not Alert.objects.open().filter(account=alert.account).exists()


def test_wrong_is_not_raised_again_before_the_next_silence(cast, alert):
    answers.call_wrong(actor=cast.karl, alert_id=alert.pk, day=DAY, reason="rarer")
    raise_alerts(day=DAY)
    assert not Alert.objects.open().filter(account=alert.account).exists()
    make_day(alert.account, DAY + days(1), 100)
    night(DAY + days(120))
    assert Alert.objects.open().filter(account=alert.account, cause="rhythm").exists()


def test_undo_of_a_call_drops_its_task(cast, alert):
    answer = answers.plan_call(actor=cast.karl, alert_id=alert.pk, on=tomorrow())
    answers.undo_answer(actor=cast.karl, answer_id=answer.pk)
    assert Task.objects.get().state == "dropped"


def test_the_second_of_two_is_told_what_the_first_did(cast, alert):
    answers.plan_call(actor=cast.karl, alert_id=alert.pk, on=tomorrow())
    with pytest.raises(RuleBroken, match="Karl has planned a call"):
        answers.call_lost(actor=cast.dora, alert_id=alert.pk, day=DAY, reason="price")
    assert AlertAnswer.objects.count() == 1


def test_who_has_seen_the_first_answer_may_say_more(cast, alert):
    first = answers.plan_call(actor=cast.karl, alert_id=alert.pk, on=tomorrow())
    answers.call_lost(actor=cast.dora, alert_id=alert.pk, day=DAY, reason="price", seen=first.pk)
    assert AlertAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        (answers.plan_call, {"on": dt.date(2020, 1, 1)}),
        (answers.know_pause, {"day": DAY, "until": DAY, "reason": "x"}),
        (answers.know_pause, {"day": DAY, "until": DAY + days(400), "reason": "x"}),
        (answers.know_pause, {"day": DAY, "until": DAY + days(4), "reason": "  "}),
        (answers.call_lost, {"day": DAY, "reason": "nothing known"}),
        (answers.call_wrong, {"day": DAY, "reason": "nothing known"}),
        (answers.call_wrong, {"day": DAY, "reason": "other", "note": " "}),
    ],
)
def test_a_refusal_leaves_everything_as_it_was(cast, alert, command, fields):
    events = Event.objects.count()
    with pytest.raises(RuleBroken):
        command(actor=cast.karl, alert_id=alert.pk, **fields)
    alert.refresh_from_db()
    assert alert.cleared_on is None
    assert not AlertAnswer.objects.exists()
    assert Event.objects.count() == events


def test_a_warning_that_has_ended_takes_no_answer(cast, alert):
    Alert.objects.filter(pk=alert.pk).update(cleared_on=DAY, why="ordered")
    with pytest.raises(RuleBroken, match="ordered again"):
        answers.plan_call(actor=cast.karl, alert_id=alert.pk, on=tomorrow())


def test_others_answer_nothing(cast, alert):
    for stranger in (cast.kim, cast.lena, cast.rita):
        with pytest.raises(Alert.DoesNotExist):
            answers.plan_call(actor=stranger, alert_id=alert.pk, on=tomorrow())


def test_an_answer_is_taken_back_once_and_by_who_gave_it_or_a_director(cast, alert):
    answer = answers.call_lost(actor=cast.dora, alert_id=alert.pk, day=DAY, reason="own")
    with pytest.raises(RuleBroken, match="Only who answered"):
        answers.undo_answer(actor=cast.karl, answer_id=answer.pk)
    answers.undo_answer(actor=cast.dora, answer_id=answer.pk)
    with pytest.raises(RuleBroken, match="already"):
        answers.undo_answer(actor=cast.dora, answer_id=answer.pk)
    with pytest.raises(AlertAnswer.DoesNotExist):
        answers.undo_answer(actor=cast.kim, answer_id=answer.pk)
