"""What warns on a day, and how it is said."""

import datetime as dt

import numpy as np
import pytest

from accounts.models import Account, AccountRhythm, AccountScore, Cadence, FieldSettings
from kpi.choices import AlertCause, AnswerVerb
from kpi.models import Alert, AlertAnswer
from kpi.queries.warnings import columns, excuses, findings, signals, words
from kpi.rules.warning_changes import Finding, found, standing
from kpi.rules.warnings import AMBER, NOT_TOLD, RED
from tests.accounts.lines import Ledger
from tests.cast import make_account, make_company
from tests.kpi.facts import make_day
from tests.kpi.warned import DAY, days

pytestmark = pytest.mark.django_db


def warned(cause: str, **fields) -> Alert:
    values = {"level": "amber", "since": DAY - days(40), "raised_on": DAY, "seen_on": DAY}
    values["account"] = fields.pop("account", None) or make_account("Nord")
    return Alert.objects.create(cause=cause, **{**values, **fields})


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
    """What stands is given, what a person ended is looked up."""
    new, answered = make_account(), warned("slope", cleared_on=DAY - days(5), why="answered")
    warned("slope", account=new, cleared_on=DAY - days(5), why="untrue")
    stands = np.concatenate([
        standing(1, account=77, cause=columns.number(cause), since=since, is_open=1)
        for cause, since in (("slope", 739_000), ("lines", 739_005))
    ])  # fmt: skip
    accounts = np.array([77, answered.account_id, new.pk])
    day = dt.date.fromordinal(739_100)
    assert signals.begun(AlertCause.SLOPE, accounts, stands, day).tolist()[0] == 739_000
    assert signals.begun(AlertCause.SLOPE, accounts, stands, DAY).tolist() == [
        0, answered.since.toordinal(), 0,
    ]  # fmt: skip


def buys_fewer(lines: int, most_lines: int, **fields) -> Account:
    account = make_account(**fields.pop("of", {}))
    AccountScore.objects.create(
        account=account, as_of=DAY, lines=lines, most_lines=most_lines, **fields
    )
    return account


def test_half_of_its_lines_or_fewer_are_told_of_active_accounts_that_stand_alone():
    half = buys_fewer(2, 4)
    buys_fewer(2, 3)
    buys_fewer(0, 4)
    buys_fewer(1, 4, counts_with=half)
    buys_fewer(1, 4, of={"status": "closed"})
    make_day(half, DAY, 10)
    found = findings.findings(DAY, standing(0), {}).found
    assert found[["account", "since", "now", "peak", "level"]].tolist() == [
        (half.pk, DAY.toordinal(), 2, 4, AMBER)
    ]


def group(*accounts) -> excuses.Groups:
    ids = np.array([account.pk for account in accounts], dtype=np.int64)
    return excuses.groups(ids, excuses.links())


def test_the_same_weeks_of_last_year_are_ninety_days_after_its_date():
    account = make_account()
    year = dt.date(2025, 3, 31)
    for shift, net in ((0, 1), (1, 10), (90, 100), (91, 1000)):
        make_day(account, year + days(shift), net)
    assert excuses.same_weeks(group(account), DAY) == {account.pk: 110 * 10_000}


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
    before, after = excuses.around(group(account, other), DAY - year)
    back = (DAY - year).toordinal()
    assert (before.tolist(), after.tolist()) == ([back - 3, 0], [back + 4, 0])
    before, after = excuses.around(group(child), DAY - year)
    assert (before.tolist(), after.tolist()) == ([back - 3], [back + 4])


def test_an_order_of_a_child_that_is_not_invoiced_yet_is_one_of_its_head(account):
    child, other = make_account(parent=account), make_account()
    for one, head in ((account, None), (child, account), (other, None)):
        AccountScore.objects.create(account=one, as_of=DAY, counts_with=head)
    ledger = Ledger()
    ledger.line(child, DAY, 10, status="open")
    ledger.line(other, DAY - excuses.FRESH, 10, status="open")
    assert excuses.open_orders(group(account, other), DAY) == {account.pk}


def contacts() -> np.ndarray:
    return findings._contacts(findings._told(DAY), DAY)


@pytest.mark.parametrize(
    ("tier", "last", "fields", "level"),
    [
        ("A", 15, {}, AMBER),  # by the company's own figures
        ("A", 14, {}, None),
        ("", 400, {}, None),
        ("C", 400, {}, None),
        ("C", 31, {"days": 30}, AMBER),
        ("C", 61, {"days": 30}, RED),
        ("A", 400, {"days": None}, None),  # it was agreed that none is wanted
        ("A", 15, {"days": 30, "valid_to": DAY}, AMBER),  # what was agreed is over
    ],
)
def test_contact_warns_by_what_was_agreed_else_by_the_tier(account, tier, last, fields, level):
    FieldSettings.objects.create(
        pk=1, cadence_days={"A": 14, "B": 30, "C": None, "D": None, "N": None}
    )
    AccountScore.objects.create(account=account, as_of=DAY, is_key=True, tier=tier)
    AccountRhythm.objects.create(account=account, last_two_way_on=DAY - days(last))
    if fields:
        Cadence.objects.create(account=account, valid_from=DAY - days(500), **fields)
    found = contacts()
    assert found["level"].tolist() == ([] if level is None else [level])


def test_no_contact_warns_while_a_meeting_is_planned(account):
    AccountScore.objects.create(account=account, as_of=DAY, is_key=True, tier="A")
    rhythm = AccountRhythm.objects.create(account=account, last_two_way_on=DAY - days(400))
    assert len(contacts()) == 1
    AccountRhythm.objects.filter(pk=rhythm.pk).update(next_on=DAY)
    assert len(contacts()) == 0


@pytest.mark.parametrize("cause", AlertCause.values)
def test_the_evidence_of_every_cause_can_be_said(cause):
    row = found(1, cause=columns.number(cause), p=NOT_TOLD, amber=5, alarm=9, expected=70)[0]
    data = columns.evidence(Finding._make(row.item()))
    assert (data["expected"], data["basis"], data.get("p")) == (70, "year", None)
    assert words.sentence(warned(cause, data=data), DAY)


def test_lost_is_said_on_the_day_of_the_company(cast):
    make_company(time_zone="Europe/Moscow")
    alert = warned("rhythm")
    late = dt.datetime(2026, 3, 30, 22, 30, tzinfo=dt.UTC)  # half past one of the next day there
    AlertAnswer.objects.create(alert=alert, verb=AnswerVerb.LOST, actor=cast.dora, at=late)
    assert findings._lost() == {alert.account_id: dt.date(2026, 3, 31)}
