"""What warns on a day, and how it is said."""

import datetime as dt

import pytest

from accounts.models import AccountScore
from kpi.choices import AlertCause, AnswerVerb
from kpi.models import Alert, AlertAnswer
from kpi.queries.warnings import findings, signals, words
from kpi.queries.warnings.excuses import around, same_weeks
from tests.cast import make_account, make_company
from tests.kpi.facts import make_day
from tests.kpi.warned import DAY, days

pytestmark = pytest.mark.django_db


def warned(cause: str, **fields) -> Alert:
    values = {"level": "amber", "since": DAY - days(40), "raised_on": DAY, "seen_on": DAY}
    return Alert.objects.create(account=make_account("Nord"), cause=cause, **{**values, **fields})


@pytest.mark.parametrize(
    ("cause", "data", "said"),
    [
        ("rhythm", {}, "Nord has been silent for 40 days."),
        ("chance", {"p": 12}, "Nord orders within 90 days with a chance of 12 % only."),
        ("cadence", {}, "Nobody has spoken with Nord for 40 days."),
        ("slope", {"then": 700, "now": 550}, "The health of Nord fell by 15 points in 30 days."),
        ("sponsor", {}, "Nord has had no sponsor since"),
        ("lines", {"now": 2, "peak": 5}, "Nord buys fewer service lines: 2 in"),
    ],
)
def test_each_cause_has_its_sentence(cause, data, said):
    sentence = words.sentence(warned(cause, data=data), DAY).replace("\u202f", " ")
    assert said.split("%")[0].strip() in sentence.replace("\xa0", " ")


def test_an_answered_signal_keeps_its_day_and_so_is_not_raised_again():
    open_one = warned("slope")
    answered = warned("slope", cleared_on=DAY - days(5), why="answered")
    warned("slope", cleared_on=DAY - days(5), why="untrue")
    assert signals._begun(AlertCause.SLOPE, DAY) == {
        open_one.account_id: open_one.since, answered.account_id: answered.since,
    }  # fmt: skip


def test_a_signal_is_about_accounts_that_stand_alone_and_are_active():
    parent, child = make_account(), make_account()
    AccountScore.objects.create(account=parent, as_of=DAY)
    AccountScore.objects.create(account=child, as_of=DAY, counts_with=parent)
    data = {parent.pk: {}, child.pk: {}}
    found = signals._found(AlertCause.LINES, data, {}, DAY)
    assert [row.account for row, _score in found] == [parent.pk]


def test_the_same_weeks_of_last_year_are_ninety_days_after_its_date():
    account = make_account()
    year = dt.date(2025, 3, 31)
    for shift, net in ((0, 1), (1, 10), (90, 100), (91, 1000)):
        make_day(account, year + days(shift), net)
    assert same_weeks([account.pk], DAY) == {account.pk: 110 * 10_000}


def test_orders_around_last_years_day_are_those_of_the_whole_group(account):
    child, other = make_account(parent=account), make_account()
    for one, head in ((account, None), (child, account), (other, None)):
        AccountScore.objects.create(account=one, as_of=DAY, counts_with=head)
    year = dt.timedelta(days=365)
    for one, shift, net in (
        (account, -9, 10), (child, -3, 10), (child, 4, 10), (account, 8, 10), (other, -1, -5),
        (other, 400, 10),
    ):  # fmt: skip
        make_day(one, DAY - year + dt.timedelta(days=shift), net)
    found = around({account.pk, other.pk}, DAY - year)
    assert found == {
        account.pk: (DAY - year - dt.timedelta(days=3), DAY - year + dt.timedelta(days=4))
    }
    assert around({child.pk}, DAY - year) == {child.pk: found[account.pk]}


def test_lost_is_said_on_the_day_of_the_company(cast):
    make_company(time_zone="Europe/Moscow")
    alert = warned("rhythm")
    late = dt.datetime(2026, 3, 30, 22, 30, tzinfo=dt.UTC)  # half past one of the next day there
    AlertAnswer.objects.create(alert=alert, verb=AnswerVerb.LOST, actor=cast.dora, at=late)
    assert findings._lost() == {alert.account_id: dt.date(2026, 3, 31)}
